/** Messages of an engine: to the requests that wait for them, and to listeners. */

import { SuperColliderError } from '../errors.js';
import { decodePacket, messagesOf } from '../osc/decode.js';
import type { ReceivedMessage } from '../osc/message.js';
import { checkFunction, checkText } from './checks.js';
import { PrintedLines } from './printedLines.js';
import { Requests } from './requests.js';

export type ReplyListener = (message: ReceivedMessage) => void;

export class Incoming {
  readonly requests: Requests;
  readonly #listeners = new Map<string, Set<ReplyListener>>();
  readonly #printed = new PrintedLines();
  #malformed = 0;
  #lastHeard: number | undefined;

  constructor() {
    this.requests = new Requests(
      () => (this.#lastHeard === undefined ? undefined : (performance.now() - this.#lastHeard) / 1000),
      (last) => this.#printed.since(last),
    );
  }

  /** Number of received packets that were invalid OSC. */
  get malformed(): number {
    return this.#malformed;
  }

  /** Calls with every message of an address; `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: ReplyListener): () => void {
    checkText('Address to listen for', address);
    checkFunction('What listens for it', listener);
    const listeners = this.#listeners.get(address) ?? new Set();
    this.#listeners.set(address, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The engine printed a line. */
  hearLine(line: string): void {
    const missing = /^node not found: (-?\d+)/.exec(line);
    if (missing) this.requests.nodeNotFound(Number(missing[1]));
    this.#printed.add(line);
  }

  /** A packet came from the engine. */
  receive(bytes: Uint8Array): void {
    this.#lastHeard = performance.now();
    try {
      for (const message of messagesOf(decodePacket(bytes))) this.deliver(message);
    } catch (error) {
      if (!(error instanceof SuperColliderError && error.code === 'invalid-osc')) throw error;
      this.#malformed += 1;
      this.deliver({ address: '/malformed', args: [error.message] });
    }
  }

  /** Hands a message to the request that waits for it, and to listeners. */
  deliver(message: ReceivedMessage): void {
    const answered = this.requests.receive(message);
    // A failure that rejected its own request is not reported to listeners again.
    if (answered && message.address === '/fail') return;
    for (const listener of [...(this.#listeners.get(message.address) ?? [])]) listener(message);
    for (const listener of [...(this.#listeners.get('*') ?? [])]) listener(message);
  }
}

/** The way to an engine and back: commands, requests with their replies, and messages that come unasked. */

import { type Command, toOsc } from '../commands/index.js';
import type { Engine } from '../engine/engine.js';
import type { Message, ReceivedMessage } from '../osc/message.js';
import type { Seconds } from '../units.js';
import { checkSeconds } from './checks.js';
import { Incoming } from './incoming.js';
import type { Lifecycle, ServerState } from './lifecycle.js';
import { Outgoing } from './outgoing.js';

/** The time limit of one request. */
export interface RequestOptions {
  /** Seconds to wait for the answer. @default the server's `timeout`, 5 */
  readonly timeout?: Seconds | undefined;
}

/** Milliseconds after which an unanswered `/sync` is sent again. */
const REPEAT_MS = 1000;

export class Connection {
  readonly outgoing = new Outgoing(this);
  readonly incoming = new Incoming();
  readonly #lifecycle: Lifecycle;
  readonly #timeout: Seconds;

  /** @param engine - The first engine; a reboot sets another one. */
  constructor(
    public engine: Engine,
    lifecycle: Lifecycle,
    timeout: Seconds,
  ) {
    this.#lifecycle = lifecycle;
    this.#timeout = timeout;
  }

  get state(): ServerState {
    return this.#lifecycle.state;
  }

  /** Sends a command that is answered, or collects it inside of `at` and `bind`, and gives the answer. */
  request(command: Command, { timeout = this.#timeout }: RequestOptions = {}): Promise<ReceivedMessage> {
    const { requests } = this.incoming;
    const { collector } = this.outgoing;
    try {
      checkSeconds('timeout', timeout);
      if (!collector) this.outgoing.transmit(toOsc(command));
    } catch (error) {
      return Promise.reject(error);
    }
    if (!collector) {
      const answer = requests.expect(command, timeout);
      return command.type === '/sync' ? this.#repeatUntil(answer, toOsc(command)) : answer;
    }
    collector.add([command]);
    const answer = new Promise<ReceivedMessage>((resolve, reject) => {
      const sent = () => void requests.expect(command, timeout).then(resolve, reject);
      const dropped = (error: Error) => {
        // The caller of `at` or `bind` gets the error; nobody may be awaiting this reply.
        answer.catch(() => {});
        reject(error);
      };
      collector.expect({ sent, dropped });
    });
    return answer;
  }

  /** Waits for the next message of an address. */
  next(
    address: string,
    matches: (message: ReceivedMessage) => boolean,
    { timeout = this.#timeout }: RequestOptions,
  ): Promise<ReceivedMessage> {
    return this.incoming.requests.expectMessage(address, matches, timeout);
  }

  /**
   * Asks again each second: a datagram may be lost, and an answer that comes twice does no harm where its number is
   * like no other.
   */
  async #repeatUntil(answer: Promise<ReceivedMessage>, question: Message): Promise<ReceivedMessage> {
    const repeat = setInterval(() => {
      if (this.state !== 'offline') this.outgoing.transmit(question);
    }, REPEAT_MS);
    try {
      return await answer;
    } finally {
      clearInterval(repeat);
    }
  }
}

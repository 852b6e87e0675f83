/** A page that sends whatever it likes, as no browser would let one. */

import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { BridgeEvent } from '../../src/bridge/index.js';
import { decodePacket } from '../../src/osc/decode.js';
import { encodePacket } from '../../src/osc/encode.js';
import type { Message, Packet, ReceivedMessage } from '../../src/osc/message.js';
import type { BridgeWord } from '../../src/transport/bridgeProtocol.js';

export const ORIGIN = 'http://localhost:5173';

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export class RawPage {
  readonly words: BridgeWord[] = [];
  readonly messages: ReceivedMessage[] = [];
  readonly closed: Promise<Closed>;
  readonly #waiting = new Set<() => void>();

  constructor(readonly socket: WebSocket) {
    socket.on('error', () => {});
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.messages.push(decodePacket(data) as ReceivedMessage);
      else this.words.push(JSON.parse(data.toString()) as BridgeWord);
      for (const wake of [...this.#waiting]) wake();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  send(...message: Message): void {
    this.sendPacket(message);
  }

  sendPacket(packet: Packet): void {
    this.socket.send(encodePacket(packet));
  }

  /** The first message that fits and was not taken yet. */
  async next(matches: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage> {
    for (;;) {
      const index = this.messages.findIndex(matches);
      if (index >= 0) return this.messages.splice(index, 1)[0]!;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Everything before has been seen by the server, and answered. */
  async sync(id: number): Promise<void> {
    this.send('/sync', id);
    await this.next(({ address, args }) => address === '/synced' && args[0] === id);
  }

  /** Registers; resolves with the client id. */
  async register(): Promise<number> {
    this.send('/notify', 1);
    const { args } = await this.next(({ address, args }) => address === '/done' && args[0] === '/notify');
    return args[1] as number;
  }

  /** What the bridge says of a packet that it refuses. */
  async refusal(): Promise<{ readonly address: unknown; readonly reason: unknown }> {
    const { args } = await this.next(({ address }) => address === '/fail');
    return { address: args[0], reason: String(args[1]).trim() };
  }
}

/** Opens a connection; it may be closed again at once. */
export async function openPage(url: string, options: ClientOptions = { origin: ORIGIN }): Promise<RawPage> {
  const socket = new WebSocket(url, options);
  const page = new RawPage(socket);
  await once(socket, 'open');
  return page;
}

/** A page that is closed at the end of the test. */
export async function pageForTest(url: string, options?: ClientOptions): Promise<RawPage> {
  const page = await openPage(url, options);
  onTestFinished(async () => {
    page.socket.close();
    await page.closed;
  });
  return page;
}

/** What a bridge tells, kept and to be waited for. */
export class Events {
  readonly all: BridgeEvent[] = [];
  readonly #waiting = new Set<() => void>();

  readonly listen = (event: BridgeEvent): void => {
    this.all.push(event);
    for (const wake of [...this.#waiting]) wake();
  };

  async next<Type extends BridgeEvent['type']>(
    type: Type,
    from = 0,
  ): Promise<Extract<BridgeEvent, { readonly type: Type }>> {
    for (;;) {
      const found = this.all.slice(from).find((event) => event.type === type);
      if (found) return found as Extract<BridgeEvent, { readonly type: Type }>;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }
}

/**
 * OSC that comes in: from controllers, sensors and other programs, by UDP.
 */

import { decodePacket, messagesOf } from '../osc/decode.js';
import type { ReceivedMessage } from '../osc/message.js';
import { listenUdp } from './listenUdp.js';

/** Port and address of an OSC input. */
export interface OscInputOptions {
  /** 0 = a free one. */
  readonly port: number;
  /** Address to listen on: '0.0.0.0' lets other machines in. @default '127.0.0.1' */
  readonly host?: string | undefined;
}

/** An open UDP port that receives OSC messages of any program. */
export interface OscInput extends AsyncDisposable {
  /** The UDP port. */
  readonly port: number;
  /** Number of received datagrams that were invalid OSC; they are left out. */
  readonly malformedPackets: number;
  /** Every message of an address, `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void;
  /** Closes the port. */
  close(): Promise<void>;
}

/**
 * Listens for OSC. Bundles are taken apart; their timetags are not waited for.
 *
 * @throws SuperColliderError `port-in-use` when another program has the port.
 */
export async function openOscInput({ port, host = '127.0.0.1' }: OscInputOptions): Promise<OscInput> {
  const socket = await listenUdp('OSC', port, host);
  const listeners = new Map<string, Set<(message: ReceivedMessage) => void>>();
  let malformed = 0;
  const receive = (packet: Uint8Array): void => {
    let messages: readonly ReceivedMessage[];
    try {
      messages = messagesOf(decodePacket(packet));
    } catch {
      malformed += 1;
      return;
    }
    for (const message of messages) {
      for (const address of [message.address, '*']) {
        for (const listener of [...(listeners.get(address) ?? [])]) listener(message);
      }
    }
  };
  socket.on('message', receive);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => socket.close(resolve));
    return closed;
  };
  return {
    port: socket.address().port,
    get malformedPackets() {
      return malformed;
    },
    on(address, listener) {
      const all = listeners.get(address) ?? new Set();
      listeners.set(address, all.add(listener));
      return () => all.delete(listener);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

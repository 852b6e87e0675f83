import { decodePacket, messagesOf } from '../osc/decode.js';
import { encodePacket } from '../osc/encode.js';
import type { Message, ReceivedMessage } from '../osc/message.js';
import type { Transport } from '../transport/transport.js';

/** A program that is no server and speaks OSC, such as sclang: messages to it, and what it says. */
export class OscPeer implements AsyncDisposable {
  readonly #listeners = new Map<string, Set<(message: ReceivedMessage) => void>>();

  constructor(readonly transport: Transport) {
    transport.listen({
      onPacket: (bytes) => this.#receive(bytes),
      onError: (error) => this.#tell({ address: '/transport-error', args: [error.message] }),
      onClose: () => {},
    });
  }

  /** Sends one OSC message. */
  send(...message: Message): void {
    this.transport.send(encodePacket(message));
  }

  /** Every message of an address that it sends; `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void {
    const listeners = this.#listeners.get(address) ?? new Set();
    this.#listeners.set(address, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Closes the connection. */
  close(): Promise<void> {
    return this.transport.close();
  }

  /** Closes the connection at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #receive(bytes: Uint8Array): void {
    try {
      for (const message of messagesOf(decodePacket(bytes))) this.#tell(message);
    } catch (error) {
      this.#tell({ address: '/malformed', args: [(error as Error).message] });
    }
  }

  #tell(message: ReceivedMessage): void {
    for (const address of [message.address, '*'])
      for (const listener of [...(this.#listeners.get(address) ?? [])]) listener(message);
  }
}

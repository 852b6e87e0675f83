/**
 * Packets through a MessagePort: to the embedded engine in a worker thread, or in an AudioWorklet.
 *
 * Each packet is an ArrayBuffer of its own that changes hands, so nothing is copied on the way.
 */

import { SuperColliderError } from '../errors.js';
import { checkPacket } from './checkPacket.js';
import { Counts } from './counts.js';
import type { Transport, TransportEvents } from './transport.js';

/** What a browser's MessagePort and the one of Node's worker threads have in common. */
export interface PacketPort {
  postMessage(message: ArrayBuffer, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  start?(): void;
  close(): void;
}

export interface WorkletTransportOptions {
  /** For people. @default 'worklet' */
  readonly description?: string;
  /** Largest packet in bytes. @default 1048576 */
  readonly maxPacketSize?: number;
}

const ONE_MEBIBYTE = 1_048_576;

export class WorkletTransport implements Transport {
  readonly description: string;
  readonly maxPacketSize: number;
  readonly counts = new Counts();
  readonly #port: PacketPort;
  #events: TransportEvents | undefined;
  #closed: string | undefined;
  /** What arrives before anyone listens waits; a port starts when its transport is made. */
  #early: Uint8Array[] = [];

  /** @param port - The transport's own from now on; nobody else is to listen or send. */
  constructor(port: PacketPort, options: WorkletTransportOptions = {}) {
    this.#port = port;
    this.description = options.description ?? 'worklet';
    this.maxPacketSize = options.maxPacketSize ?? ONE_MEBIBYTE;
    port.addEventListener('message', (event) => this.#receive((event as MessageEvent).data));
    port.addEventListener('messageerror', () => this.#fail('a message could not be read'));
    port.addEventListener('close', () => this.#end('the other end closed the port'));
    port.start?.();
  }

  send(packet: Uint8Array): void {
    checkPacket(this, packet, this.#closed);
    const copy = new Uint8Array(packet).buffer;
    this.#port.postMessage(copy, [copy]);
    this.counts.sent(packet.length);
  }

  listen(events: TransportEvents): void {
    this.#events = events;
    const early = this.#early;
    this.#early = [];
    for (const packet of early) events.onPacket(packet);
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = 'by us';
    this.#early = [];
    this.#port.close();
  }

  #receive(data: unknown): void {
    if (this.#closed !== undefined) return;
    if (!(data instanceof ArrayBuffer)) {
      this.#fail(`what arrived is no packet but ${data === null ? 'null' : `of type ${typeof data}`}`);
      return;
    }
    const packet = new Uint8Array(data);
    this.counts.received(packet.length);
    if (this.#events) this.#events.onPacket(packet);
    else this.#early.push(packet);
  }

  #fail(what: string): void {
    if (this.#closed !== undefined) return;
    this.counts.errors += 1;
    this.#events?.onError(new SuperColliderError('bad-osc', `${this.description}: ${what}.`));
  }

  #end(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#events?.onClose(reason);
  }
}

/**
 * Packets through a MessagePort: to the embedded engine in a worker thread, or in an AudioWorklet.
 *
 * Each packet is an ArrayBuffer of its own that changes hands, so nothing is copied on the way. Where memory
 * may be shared, packets go out through a ring instead, which the other thread reads by itself. It then
 * unpacks no messages between two blocks of sound.
 */

import { SuperColliderError } from '../errors.js';
import { checkPacket } from './checkPacket.js';
import { Counts } from './counts.js';
import type { PacketRing } from './packetRing.js';
import type { Transport, TransportEvents } from './transport.js';

/** The common methods of a browser's MessagePort and the one of Node's worker threads. */
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
  /** The ring that packets go out through. @default the port */
  readonly ring?: PacketRing | undefined;
  /** Tells if the other thread must be woken to read the ring. @default never */
  readonly mustBeWoken?: (() => boolean) | undefined;
}

const ONE_MEBIBYTE = 1_048_576;
/** Milliseconds after which a ring that was full is written to again. */
const RING_FULL_MS = 5;

export class WorkletTransport implements Transport {
  readonly description: string;
  readonly maxPacketSize: number;
  readonly counts = new Counts();
  readonly #port: PacketPort;
  #events: TransportEvents | undefined;
  #closed: string | undefined;
  /** Packets that arrive before there is a listener; a port starts when its transport is made. */
  #early: Uint8Array[] = [];
  readonly #ring: PacketRing | undefined;
  readonly #mustBeWoken: () => boolean;
  /** Packets that the ring has no room for, in order. */
  readonly #waiting: Uint8Array[] = [];
  #writeLater: ReturnType<typeof setTimeout> | undefined;

  /** @param port - The transport's own from now on; nobody else is to listen or send. */
  constructor(port: PacketPort, options: WorkletTransportOptions = {}) {
    this.#port = port;
    this.description = options.description ?? 'worklet';
    this.maxPacketSize = options.maxPacketSize ?? ONE_MEBIBYTE;
    this.#ring = options.ring;
    this.#mustBeWoken = options.mustBeWoken ?? (() => false);
    port.addEventListener('message', (event) => this.#receive((event as MessageEvent).data));
    port.addEventListener('messageerror', () => this.#fail('a message could not be read'));
    port.addEventListener('close', () => this.#end('the other end closed the port'));
    port.start?.();
  }

  send(packet: Uint8Array): void {
    checkPacket(this, packet, this.#closed);
    this.counts.sent(packet.length);
    if (this.#ring) {
      if (this.#waiting.length > 0 || !this.#ring.write(packet)) this.#wait(packet.slice());
      if (this.#mustBeWoken()) this.#wake();
      return;
    }
    const copy = new Uint8Array(packet).buffer;
    this.#port.postMessage(copy, [copy]);
  }

  /** Packets that the ring has no room for yet. */
  get backlog(): number {
    return this.#waiting.length;
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
    clearTimeout(this.#writeLater);
    this.#port.close();
  }

  /** An empty message says: look into the ring. */
  #wake(): void {
    const nothing = new ArrayBuffer(0);
    this.#port.postMessage(nothing, [nothing]);
  }

  #wait(packet: Uint8Array): void {
    this.#waiting.push(packet);
    this.#writeLater ??= setTimeout(() => {
      this.#writeLater = undefined;
      const full = this.#waiting.findIndex((each) => !this.#ring?.write(each));
      const rest = full < 0 ? [] : this.#waiting.slice(full);
      this.#waiting.length = 0;
      for (const each of rest) this.#wait(each);
      if (this.#mustBeWoken()) this.#wake();
    }, RING_FULL_MS);
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
    this.#events?.onError(new SuperColliderError('invalid-osc', `${this.description}: ${what}.`));
  }

  #end(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#events?.onClose(reason);
  }
}

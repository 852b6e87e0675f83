/**
 * A transport within the process: two ends, each of which receives what the other sends.
 *
 * Packets arrive in a later microtask, in order, as from a socket.
 */

import { checkPacket } from './checkPacket.js';
import { Counts } from './counts.js';
import type { Transport, TransportEvents } from './transport.js';

/** Two ends of a wire. */
export function memoryPair(maxPacketSize = 65_507): [MemoryTransport, MemoryTransport] {
  const near = new MemoryTransport(maxPacketSize);
  const far = new MemoryTransport(maxPacketSize);
  near.connect(far);
  far.connect(near);
  return [near, far];
}

export class MemoryTransport implements Transport {
  readonly description = 'memory';
  readonly counts = new Counts();
  #other: MemoryTransport | undefined;
  #events: TransportEvents | undefined;
  #closed: string | undefined;

  constructor(readonly maxPacketSize: number) {}

  connect(other: MemoryTransport): void {
    this.#other = other;
  }

  send(packet: Uint8Array): void {
    checkPacket(this, packet, this.#closed);
    this.counts.sent(packet.length);
    const copy = packet.slice();
    queueMicrotask(() => this.#other?.deliver(copy));
  }

  listen(events: TransportEvents): void {
    this.#events = events;
  }

  deliver(packet: Uint8Array): void {
    if (this.#closed !== undefined) return;
    this.counts.received(packet.length);
    this.#events?.onPacket(packet);
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = 'by us';
    queueMicrotask(() => this.#other?.hangUp());
  }

  /** The other end closed. */
  hangUp(): void {
    if (this.#closed !== undefined) return;
    this.#closed = 'by the other end';
    this.#events?.onClose('the other end closed');
  }
}

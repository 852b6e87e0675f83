/**
 * Packets through memory that two threads share: one writes, the other reads, and neither ever waits.
 *
 * The memory begins with two counters of bytes, one of written and one of read bytes, which overflow at 2^32.
 * The rest is a ring of records, each a packet's length and its bytes.
 */

const COUNTERS = 8;
const LENGTH = 4;
const WRITTEN = 0;
const READ = 1;

/** Bytes of a ring, a power of two: four times the largest packet. */
const RING_BYTES = 4 * 1024 * 1024;

/** Memory for a ring. It can be handed to another thread only where the page is isolated. */
export const packetRingMemory = (bytes = RING_BYTES): SharedArrayBuffer =>
  new SharedArrayBuffer(COUNTERS + bytes);

export class PacketRing {
  readonly #counters: Int32Array;
  readonly #bytes: Uint8Array;

  /** @param memory - From `packetRingMemory`; one thread writes and one reads. */
  constructor(memory: SharedArrayBuffer) {
    this.#counters = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, COUNTERS);
  }

  /** Writes a packet; false when there is no room for it until more is read. */
  write(packet: Uint8Array): boolean {
    const written = Atomics.load(this.#counters, WRITTEN);
    const used = (written - Atomics.load(this.#counters, READ)) >>> 0;
    if (LENGTH + packet.length > this.#bytes.length - used) return false;
    const { length } = packet;
    this.#put(written, Uint8Array.of(length, length >>> 8, length >>> 16, length >>> 24));
    this.#put(written + LENGTH, packet);
    // Only now can it be seen by who reads.
    Atomics.store(this.#counters, WRITTEN, (written + LENGTH + length) | 0);
    return true;
  }

  /** The packet that was written first and not read yet; `undefined` when there is none. */
  read(): Uint8Array<ArrayBuffer> | undefined {
    const read = Atomics.load(this.#counters, READ);
    if (read === Atomics.load(this.#counters, WRITTEN)) return undefined;
    const [a, b, c, d] = this.#take(read, LENGTH) as unknown as [number, number, number, number];
    const length = a | (b << 8) | (c << 16) | (d << 24);
    const packet = this.#take(read + LENGTH, length);
    Atomics.store(this.#counters, READ, (read + LENGTH + length) | 0);
    return packet;
  }

  #put(at: number, bytes: Uint8Array): void {
    const start = (at >>> 0) % this.#bytes.length;
    const first = Math.min(bytes.length, this.#bytes.length - start);
    this.#bytes.set(bytes.subarray(0, first), start);
    this.#bytes.set(bytes.subarray(first), 0);
  }

  #take(at: number, length: number): Uint8Array<ArrayBuffer> {
    const start = (at >>> 0) % this.#bytes.length;
    const first = Math.min(length, this.#bytes.length - start);
    const taken = new Uint8Array(length);
    taken.set(this.#bytes.subarray(start, start + first));
    taken.set(this.#bytes.subarray(0, length - first), first);
    return taken;
  }
}

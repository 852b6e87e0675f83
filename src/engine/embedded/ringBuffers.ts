/**
 * The engine's ring buffers in its shared memory: packets in, answers and printed text out.
 *
 * The layout is the engine's own and not documented; it is read at boot and compared with the one
 * that this file was checked with.
 */

import { SuperColliderError } from '../../errors.js';

/** Largest bundle with a time that the engine's own scheduler takes, in bytes; larger ones vanish. */
export const MAX_TIMED_BUNDLE = 1024;

/** Positions and sizes of the rings, in bytes from their base, as the engine reports them at boot. */
export interface RingLayout {
  readonly IN_BUFFER_START: number;
  readonly IN_BUFFER_SIZE: number;
  readonly OUT_BUFFER_START: number;
  readonly OUT_BUFFER_SIZE: number;
  readonly DEBUG_BUFFER_START: number;
  readonly DEBUG_BUFFER_SIZE: number;
  readonly CONTROL_START: number;
  readonly MESSAGE_MAGIC: number;
  readonly PADDING_MAGIC: number;
  readonly MESSAGE_HEADER_SIZE: number;
  readonly scheduler_slot_size: number;
}

/** The layout of the pinned version; anything else means another build. */
const EXPECTED_LAYOUT: Partial<RingLayout> = {
  IN_BUFFER_SIZE: 786_432,
  OUT_BUFFER_SIZE: 131_072,
  DEBUG_BUFFER_SIZE: 65_536,
  MESSAGE_MAGIC: 0xdeadbeef,
  PADDING_MAGIC: 0xbaddcafe,
  MESSAGE_HEADER_SIZE: 16,
  scheduler_slot_size: MAX_TIMED_BUNDLE,
};

/** The first difference to the expected layout; `undefined` for none. */
export function layoutDifference(layout: RingLayout): string | undefined {
  for (const [name, expected] of Object.entries(EXPECTED_LAYOUT)) {
    const found = layout[name as keyof RingLayout];
    if (found !== expected) return `its ${name} is ${found} instead of ${expected}`;
  }
  return undefined;
}

/** Indices into the control block, in words. */
const IN_HEAD = 0;
const IN_TAIL = 1;
const OUT_HEAD = 2;
const DEBUG_HEAD = 4;
const STATUS = 9;

const STATUS_ERROR = 4;

export class RingBuffers {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #base: number;
  readonly #layout: RingLayout;
  #sequence = 0;

  constructor(memory: ArrayBufferLike, base: number, layout: RingLayout) {
    this.#bytes = new Uint8Array(memory);
    this.#view = new DataView(memory);
    this.#base = base;
    this.#layout = layout;
  }

  /** True when the engine could not start. */
  get hasFailed(): boolean {
    return (this.#control(STATUS) & STATUS_ERROR) !== 0;
  }

  /** @throws SuperColliderError `command-failed` when the ring has no room. */
  write(packet: Uint8Array): void {
    const { IN_BUFFER_START, IN_BUFFER_SIZE, MESSAGE_MAGIC, MESSAGE_HEADER_SIZE } = this.#layout;
    const length = MESSAGE_HEADER_SIZE + packet.length;
    const head = this.#control(IN_HEAD);
    const free = (this.#control(IN_TAIL) - 1 - head + IN_BUFFER_SIZE) % IN_BUFFER_SIZE;
    if (length > free) {
      throw new SuperColliderError(
        'command-failed',
        `The embedded engine's ring buffer has ${free} bytes left, a packet needs ${length}.`,
      );
    }
    const entry = new Uint8Array(length);
    const header = new DataView(entry.buffer);
    header.setUint32(0, MESSAGE_MAGIC, true);
    header.setUint32(4, length, true);
    header.setUint32(8, this.#sequence, true);
    this.#sequence = (this.#sequence + 1) & 0x7fffffff;
    entry.set(packet, MESSAGE_HEADER_SIZE);
    const start = this.#base + IN_BUFFER_START;
    const upToEnd = Math.min(length, IN_BUFFER_SIZE - head);
    this.#bytes.set(entry.subarray(0, upToEnd), start + head);
    this.#bytes.set(entry.subarray(upToEnd), start);
    this.#setControl(IN_HEAD, (head + length) % IN_BUFFER_SIZE);
  }

  /** Hands over each reply since the last call; the bytes are the listener's own. */
  readReplies(listener: (packet: Uint8Array) => void): void {
    this.#readRing(this.#layout.OUT_BUFFER_START, this.#layout.OUT_BUFFER_SIZE, OUT_HEAD, listener);
  }

  /** Hands over the bytes of what the engine printed since the last call. */
  readOutput(listener: (text: Uint8Array) => void): void {
    this.#readRing(this.#layout.DEBUG_BUFFER_START, this.#layout.DEBUG_BUFFER_SIZE, DEBUG_HEAD, listener);
  }

  #readRing(offset: number, size: number, control: number, listener: (bytes: Uint8Array) => void): void {
    const { MESSAGE_MAGIC, MESSAGE_HEADER_SIZE } = this.#layout;
    const start = this.#base + offset;
    const head = this.#control(control);
    let tail = this.#control(control + 1);
    while (tail !== head) {
      // Messages are contiguous: a message that does not fit before the end is written at 0, after padding.
      if (size - tail < MESSAGE_HEADER_SIZE || this.#view.getUint32(start + tail, true) !== MESSAGE_MAGIC) {
        if (tail === 0) break;
        tail = 0;
        continue;
      }
      const length = this.#view.getUint32(start + tail + 4, true);
      listener(this.#bytes.slice(start + tail + MESSAGE_HEADER_SIZE, start + tail + length));
      tail = (tail + length) % size;
    }
    this.#setControl(control + 1, head);
  }

  #control(index: number): number {
    return this.#view.getInt32(this.#base + this.#layout.CONTROL_START + index * 4, true);
  }

  #setControl(index: number, value: number): void {
    this.#view.setInt32(this.#base + this.#layout.CONTROL_START + index * 4, value, true);
  }
}

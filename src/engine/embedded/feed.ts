/**
 * Feeds the engine's ring before a block, within all of the engine's silent limits.
 *
 * A block takes only 32 ring messages, so messages for now are gathered into bundles of many messages.
 * Messages for a frame go into timed bundles of at most 1,024 bytes.
 */

import type { Hertz } from '../../units.js';
import { encodeBundle, type OscBytes } from './oscBytes.js';
import { replyCost } from './replyCost.js';
import { MAX_TIMED_BUNDLE } from './ringBuffers.js';
import { splitMessage } from './splitMessage.js';
import {
  MAX_BUNDLE_MESSAGES,
  MAX_IMMEDIATE_PACKET,
  RING_MESSAGES_PER_BLOCK,
  type WasmEngine,
} from './wasmEngine.js';

const BUNDLE_HEADER = 16;
const ELEMENT_HEADER = 4;

/** Leaves room for bundle and ring headers below `MAX_IMMEDIATE_PACKET`. */
const IMMEDIATE_BUNDLE = 60_000;

/** Bytes of the ring's 768 KiB for immediate messages; the rest is for timed bundles. */
const IMMEDIATE_BYTES_PER_BLOCK = 600_000;

/** Replies that the engine's 128 KiB ring holds for one block, beside its at most 1,023 notifications. */
const REPLY_BYTES_PER_BLOCK = 60_000;

/** Ring messages kept for what is to happen now when much is to happen at a frame. */
const KEPT_FOR_IMMEDIATE = 4;

/** Bundles with a time that go into one block's ring. */
export const TIMED_PER_BLOCK = RING_MESSAGES_PER_BLOCK - KEPT_FOR_IMMEDIATE;

interface TimedMessage {
  readonly frame: number;
  readonly address: string;
  readonly message: OscBytes;
}

interface ImmediateMessage {
  readonly message: OscBytes;
  /** Most bytes of its replies. */
  readonly cost: number;
  /** True for one that reads or writes samples of buffers. */
  readonly isOfBuffers: boolean;
}

export class Feed {
  readonly #engine: WasmEngine;
  readonly #sampleRate: Hertz;
  #immediate: ImmediateMessage[] = [];
  /** Number of immediate messages that read or write samples of buffers. */
  #ofBuffers = 0;
  #timed: TimedMessage[] = [];
  /** Timed messages that had no room in their block; they go at the next block's beginning. */
  #overdue: readonly TimedMessage[] = [];
  /** True while messages with a time wait among the immediate ones: those after them wait in line. */
  #isInLine = false;
  /** The last frame that something was fed ahead for. */
  #aheadUntil = -1;
  #budget = RING_MESSAGES_PER_BLOCK;
  /** Bytes that are left for the replies to this block's messages. */
  #replyBytes = 0;

  constructor(engine: WasmEngine, sampleRate: Hertz) {
    this.#engine = engine;
    this.#sampleRate = sampleRate;
  }

  /**
   * A message for the beginning of the next block.
   *
   * @returns false when it is too large for the engine and cannot be cut.
   */
  sendNow(address: string, message: OscBytes): boolean {
    const parts = splitMessage(address, message, IMMEDIATE_BUNDLE);
    if (!parts && message.length > MAX_IMMEDIATE_PACKET - BUNDLE_HEADER) return false;
    const cost = replyCost(address, message);
    const isOfBuffers = address.startsWith('/b_') && address !== '/b_allocPtr';
    for (const part of parts ?? [message]) {
      this.#immediate.push({ message: part, cost, isOfBuffers });
      if (isOfBuffers) this.#ofBuffers++;
    }
    return true;
  }

  /** True when no message waits that reads or writes samples of buffers, so that they may be written at once. */
  get mayWriteSamples(): boolean {
    return this.#ofBuffers === 0;
  }

  /**
   * A message for a frame of the next block.
   *
   * @returns false when it is too large for the engine and cannot be cut.
   */
  sendAt(frame: number, address: string, message: OscBytes): boolean {
    const isTooLarge = message.length > MAX_IMMEDIATE_PACKET - BUNDLE_HEADER;
    if (isTooLarge && !splitMessage(address, message, IMMEDIATE_BUNDLE)) return false;
    this.#timed.push({ frame, address, message });
    return true;
  }

  /** Timed bundles of messages for one frame, or `undefined` when a message is too large for one. */
  timedBundles(
    frame: number,
    messages: readonly { address: string; message: OscBytes }[],
  ): OscBytes[] | undefined {
    const bundles: OscBytes[] = [];
    let elements: OscBytes[] = [];
    let size = BUNDLE_HEADER;
    const finish = (): void => {
      if (elements.length > 0) bundles.push(this.#timedBundle(frame, elements));
      elements = [];
      size = BUNDLE_HEADER;
    };
    for (const { address, message } of messages) {
      const parts = splitMessage(address, message, MAX_TIMED_BUNDLE - BUNDLE_HEADER - ELEMENT_HEADER);
      if (!parts) return undefined;
      for (const part of parts) {
        if (size + ELEMENT_HEADER + part.length > MAX_TIMED_BUNDLE) finish();
        elements.push(part);
        size += ELEMENT_HEADER + part.length;
      }
    }
    finish();
    return bundles;
  }

  /**
   * Writes what waits into the ring, as much as a block takes.
   *
   * @param start - The block's first frame.
   */
  flush(start: number): void {
    this.#budget = RING_MESSAGES_PER_BLOCK;
    const timed = this.#takeTimed(start);
    const kept = this.#budget - timed.length;
    this.#replyBytes = 0;
    let bytes = 0;
    for (let i = 0; i < kept && bytes < IMMEDIATE_BYTES_PER_BLOCK; i++) {
      const written = this.#writeImmediate();
      if (written === 0) break;
      bytes += written;
    }
    for (const bundle of timed) this.#write(bundle);
    if (this.#immediate.length === 0) this.#isInLine = false;
  }

  /** Writes a timed bundle ahead of its block; false when this block takes no more. */
  writeAhead(frame: number, bundle: OscBytes): boolean {
    // What is overdue goes first.
    if (this.#budget <= KEPT_FOR_IMMEDIATE || this.#isInLine || this.#overdue.length > 0) return false;
    this.#write(bundle);
    this.#aheadUntil = Math.max(this.#aheadUntil, frame);
    return true;
  }

  clear(): void {
    this.#timed = [];
    this.#overdue = [];
    this.#aheadUntil = -1;
  }

  #write(packet: OscBytes): void {
    this.#engine.write(packet);
    this.#budget--;
  }

  /** The bundles for frames of this block. What the block has no room for keeps its place in the order. */
  #takeTimed(start: number): OscBytes[] {
    const overdue = this.#overdue;
    let timed = this.#timed;
    this.#overdue = [];
    this.#timed = [];
    const isBehind = this.#aheadUntil >= start;
    this.#sendInLine(overdue);
    if (this.#isInLine && !isBehind) {
      this.#sendInLine(timed);
      return [];
    }
    let bundles: OscBytes[] = [];
    for (let from = 0; from < timed.length; ) {
      const { frame } = timed[from]!;
      let to = from + 1;
      while (to < timed.length && timed[to]!.frame === frame) to++;
      const made = this.timedBundles(frame, timed.slice(from, to));
      const isTooMuch = made !== undefined && bundles.length + made.length > TIMED_PER_BLOCK;
      if (made && !isTooMuch) {
        bundles.push(...made);
        from = to;
      } else if (isBehind) {
        // At the block's beginning it would overtake what the engine holds already: it is a block late instead.
        this.#overdue = timed.slice(from);
        return bundles;
      } else if (isTooMuch) {
        // All together at the block's beginning, at most 2.7 ms early.
        this.#sendInLine(timed);
        return [];
      } else {
        // What cannot be timed takes all before it along to the block's beginning, to keep the order.
        this.#sendInLine(timed.slice(0, to));
        timed = timed.slice(to);
        bundles = [];
        from = 0;
      }
    }
    return bundles;
  }

  #sendInLine(messages: readonly TimedMessage[]): void {
    if (messages.length > 0) this.#isInLine = true;
    for (const { address, message } of messages) this.sendNow(address, message);
  }

  /** One bundle of what waits: its size, 0 when nothing waits that this block has room for replies to. */
  #writeImmediate(): number {
    const elements: OscBytes[] = [];
    let size = BUNDLE_HEADER;
    for (const { message, cost, isOfBuffers } of this.#immediate) {
      if (elements.length === MAX_BUNDLE_MESSAGES) break;
      if (elements.length > 0 && size + ELEMENT_HEADER + message.length > IMMEDIATE_BUNDLE) break;
      if (cost > 0 && this.#replyBytes > 0 && this.#replyBytes + cost > REPLY_BYTES_PER_BLOCK) break;
      elements.push(message);
      size += ELEMENT_HEADER + message.length;
      this.#replyBytes += cost;
      if (isOfBuffers) this.#ofBuffers--;
    }
    if (elements.length === 0) return 0;
    this.#immediate =
      elements.length === this.#immediate.length ? [] : this.#immediate.slice(elements.length);
    this.#write(elements.length === 1 ? elements[0]! : encodeBundle(0, 1, elements));
    return size;
  }

  #timedBundle(frame: number, elements: readonly OscBytes[]): OscBytes {
    // A quarter of a sample late, which the engine rounds off. Exactly on a block's edge it would fire in the
    // block before, one sample early.
    const seconds = (frame + 0.25) / this.#sampleRate;
    const whole = Math.floor(seconds);
    return encodeBundle(whole, Math.floor((seconds - whole) * 2 ** 32), elements);
  }
}

/**
 * The time at which frames sound, by the system's clock.
 *
 * A browser requests blocks from an AudioWorklet in bursts, as many as the sound device takes at a time. The
 * worklet has no other clock than `Date.now()`.
 *
 * The earliest blocks determine the time of frame 0; they are the last of each burst. The clock follows by at
 * most a millisecond a second, which is inaudible. After frames stood still (a suspended context, a device
 * that skipped) it follows at once.
 */

import type { Seconds } from '../../units.js';

/** Seconds between two corrections. */
const CORRECT_EVERY: Seconds = 1;
/** `Date.now()` cuts off up to a millisecond: a difference below two says nothing. */
const DEAD_BAND: Seconds = 0.002;
const MAX_MOVE: Seconds = 0.001;
/** More than any burst of blocks: the frames stood still, or the clock was set. */
const STEP: Seconds = 0.1;

export class FrameClock {
  readonly #sampleRate: number;
  #zero: Seconds | undefined;
  #corrected: Seconds = 0;
  #earliest = Number.POSITIVE_INFINITY;
  /** After a step the burst that it was seen in may have been a late one. */
  #isSettling = true;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /**
   * The time of frame 0 in seconds since 1970, when it has changed.
   *
   * @param now - Seconds since 1970 at the request of the block that begins with `frame`.
   */
  at(now: Seconds, frame: number): Seconds | undefined {
    const zero = now - frame / this.#sampleRate;
    if (this.#zero === undefined || Math.abs(zero - this.#zero) > STEP) {
      this.#isSettling = true;
      return this.#set(zero, now);
    }
    if (this.#isSettling && zero < this.#zero) this.#zero = zero;
    this.#earliest = Math.min(this.#earliest, zero);
    if (now - this.#corrected < CORRECT_EVERY) return this.#isSettling ? this.#zero : undefined;
    const difference = this.#earliest - this.#zero;
    this.#isSettling = false;
    if (Math.abs(difference) < DEAD_BAND) return this.#set(this.#zero, now);
    return this.#set(this.#zero + Math.max(-MAX_MOVE, Math.min(MAX_MOVE, difference)), now);
  }

  #set(zero: Seconds, now: Seconds): Seconds {
    this.#zero = zero;
    this.#corrected = now;
    this.#earliest = Number.POSITIVE_INFINITY;
    return zero;
  }
}

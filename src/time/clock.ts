/**
 * The time for music: a clock that runs evenly, even when a user sets the system's clock.
 *
 * Everything musical counts on such a clock. Only timestamps that go to a server are converted to the
 * system's time, because servers carry out their bundles by that.
 */

import { clockDifference, type Seconds, type UnixTime } from '../units.js';

/** A clock that everything musical counts on; it never jumps and never goes back. */
export interface Clock {
  /** Seconds since 1970 (of a virtual clock: since the piece began). Never jumps, never goes back. */
  now(): UnixTime;
  /** The reading of the system's clock at a time of this clock. */
  toSystem(time: UnixTime): UnixTime;
}

/** The two clocks that a `SystemClock` reads; an option for tests. */
export interface ClockSources {
  /** Milliseconds since 1970 on a clock that nobody sets. */
  readonly steady: () => number;
  /** Milliseconds since 1970 as the system says it; may be whole. */
  readonly system: () => number;
}

/** Seconds between two comparisons with the system's clock. */
const COMPARE_EVERY: Seconds = 1;
/** `Date.now()` cuts off up to a millisecond, so that a difference below two says nothing. */
const DEAD_BAND: Seconds = 0.002;
/** Correction in seconds a second: 10 s of music are at most 10 ms off, and nothing is heard of it. */
const MAX_SLEW = 0.001;
/** Beyond this somebody has set the system's clock: it is followed at once. */
const STEP: Seconds = 1;

/**
 * The system's time without its jumps.
 *
 * This clock counts on the steady clock of the process. The system's clock gains on that by its drift and by
 * time synchronisation. `toSystem` follows this gain by at most a millisecond a second. It follows a clock
 * that was set by over a second at once. In both cases `now` and the distances between musical events stay as
 * they are.
 *
 * @see NTP's own slewing of 0.5 ms a second, adjtime(3)
 */
export class SystemClock implements Clock {
  readonly #sources: ClockSources;
  #compared: UnixTime;
  /** The largest difference seen since the last comparison: the least cut off. */
  #seen = Number.NEGATIVE_INFINITY;
  /** Correction at `#compared`, and how it goes on from there. */
  #correction: Seconds = 0;
  #slew = 0;
  #steps = 0;

  constructor(sources: ClockSources = processClocks) {
    this.#sources = sources;
    this.#compared = sources.steady() / 1000;
    const difference = clockDifference(sources) / 1000;
    if (Math.abs(difference) >= DEAD_BAND) this.#correction = difference;
  }

  /** The number of times that a user set the system's clock since the start. */
  get steps(): number {
    return this.#steps;
  }

  /** Seconds since 1970 on the steady clock; compares the system's clock with it from time to time. */
  now(): UnixTime {
    const now = this.#sources.steady() / 1000;
    this.#seen = Math.max(this.#seen, this.#sources.system() / 1000 - now);
    if (now - this.#compared >= COMPARE_EVERY) this.#compare(now);
    return now;
  }

  /** The system's time at a time of this clock, by the correction so far. */
  toSystem(time: UnixTime): UnixTime {
    return time + this.#correction + this.#slew * (time - this.#compared);
  }

  #compare(now: UnixTime): void {
    const correction = this.toSystem(now) - now;
    const difference = this.#seen - correction;
    this.#correction = correction;
    this.#compared = now;
    this.#seen = Number.NEGATIVE_INFINITY;
    if (Math.abs(difference) > STEP) {
      this.#correction += difference;
      this.#slew = 0;
      this.#steps += 1;
    } else if (Math.abs(difference) < DEAD_BAND) {
      this.#slew = 0;
    } else {
      this.#slew = Math.max(-MAX_SLEW, Math.min(MAX_SLEW, difference / COMPARE_EVERY));
    }
  }
}

const processClocks: ClockSources = {
  steady: () => performance.timeOrigin + performance.now(),
  system: () => Date.now(),
};

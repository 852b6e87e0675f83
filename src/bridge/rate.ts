import type { Seconds } from '../units.js';

/** An amount a second, with a burst. */
export interface Rate {
  /** The amount a second that is allowed for any length of time. */
  readonly perSecond: number;
  /** The amount that is allowed at once, after a pause. */
  readonly atOnce: number;
}

/** An allowed amount, which grows again with time. */
export class Allowance {
  readonly #rate: Rate;
  readonly #now: () => Seconds;
  #left: number;
  #asOf: Seconds;

  /** @param now - Seconds of a clock that is never set; for tests. */
  constructor(rate: Rate, now: () => Seconds = () => performance.now() / 1000) {
    this.#rate = rate;
    this.#now = now;
    this.#left = rate.atOnce;
    this.#asOf = now();
  }

  /** Takes some, also more than there is; gives the seconds until the debt is paid off, 0 when there is none. */
  take(amount: number): Seconds {
    const now = this.#now();
    const { perSecond, atOnce } = this.#rate;
    this.#left = Math.min(atOnce, this.#left + (now - this.#asOf) * perSecond) - amount;
    this.#asOf = now;
    return this.#left >= 0 ? 0 : -this.#left / perSecond;
  }
}

/** The amounts that a page may send. */
export interface PageLimits {
  /** The allowed packets. */
  readonly packets: Rate;
  /** The allowed bytes. */
  readonly bytes: Rate;
  /** The allowed refused packets; a page that sends more is disconnected. */
  readonly refusals: Rate;
}

import type { Seconds } from '../units.js';

export interface Rate {
  /** How much a second, for as long as one likes. */
  readonly perSecond: number;
  /** How much at once, after a pause. */
  readonly atOnce: number;
}

/** How much of something is allowed: so much at once, and it grows again with time. */
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

/** How much a page may send. */
export interface PageLimits {
  readonly packets: Rate;
  readonly bytes: Rate;
  /** What is refused; when it is used up the page is sent away. */
  readonly refusals: Rate;
}

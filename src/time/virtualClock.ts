import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import type { Clock } from './clock.js';

/** A clock that stands until it is moved: for rendering offline, and for tests. Counts from 0. */
export class VirtualClock implements Clock {
  #now: Seconds;

  constructor(start: Seconds = 0) {
    this.#now = start;
  }

  /** Seconds since the piece began. */
  now(): Seconds {
    return this.#now;
  }

  /** The same time: servers of a virtual clock count as it does. */
  toSystem(time: Seconds): Seconds {
    return time;
  }

  /** @throws SuperColliderError `invalid-time` for a moment before now, and for what is no time. */
  moveTo(time: Seconds): void {
    if (!(time >= this.#now && time < Number.POSITIVE_INFINITY)) {
      throw new SuperColliderError(
        'invalid-time',
        `A virtual clock that stands at ${this.#now} s cannot be moved to ${time}.`,
      );
    }
    this.#now = time;
  }
}

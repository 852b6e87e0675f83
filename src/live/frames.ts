/**
 * Calls functions at an even rate, for values that go past React.
 *
 * All functions of one rate run together, so that the values that they set share a bundle.
 */

import type { Clock } from '../time/clock.js';
import type { Scheduler } from '../time/scheduler.js';
import type { Hertz, Seconds, UnixTime } from '../units.js';

export interface FramesOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Calls a function when so many seconds of the clock are over; returns what calls it off. */
  readonly delay: (seconds: Seconds, callback: () => void) => () => void;
  /** The moment that what is set now happens at. */
  readonly now: () => UnixTime;
}

/** @param time - The frame's moment. */
type FrameListener = (time: UnixTime) => void;

interface Loop {
  readonly listeners: Set<FrameListener>;
  cancel: () => void;
}

export class Frames {
  readonly #options: FramesOptions;
  readonly #loops = new Map<string, Loop>();

  constructor(options: FramesOptions) {
    this.#options = options;
  }

  /**
   * Calls at each multiple of `1 / rate`; a frame that this thread was too busy for is left out.
   *
   * @param exact - Whether it is called the lookahead before, and what it sets is stamped with the frame's moment.
   * @returns what ends it.
   */
  add(rate: Hertz, exact: boolean, listener: FrameListener): () => void {
    const key = `${rate} ${exact}`;
    let loop = this.#loops.get(key);
    if (!loop) {
      loop = { listeners: new Set(), cancel: () => {} };
      this.#loops.set(key, loop);
      this.#follow(loop, rate, exact);
    }
    const { listeners } = loop;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.#loops.get(key) !== loop) return;
      loop.cancel();
      this.#loops.delete(key);
    };
  }

  /** Calls nothing any more. */
  close(): void {
    for (const loop of this.#loops.values()) loop.cancel();
    this.#loops.clear();
  }

  #follow(loop: Loop, rate: Hertz, exact: boolean): void {
    const { clock, scheduler, delay, now } = this.#options;
    const call = (time: UnixTime) => {
      this.#follow(loop, rate, exact);
      for (const listener of [...loop.listeners]) listener(time);
    };
    if (exact) {
      const time = (Math.floor(scheduler.horizon * rate + CLOSE) + 1) / rate;
      const scheduled = scheduler.schedule(time, () => call(time));
      loop.cancel = () => scheduled.cancel();
    } else {
      const after = clock.now();
      loop.cancel = delay((Math.floor(after * rate + CLOSE) + 1) / rate - after, () => call(now()));
    }
  }
}

/**
 * Part of a frame: timers come a little early, and the digits of a time since 1970 end at a quarter of a
 * microsecond.
 */
const CLOSE = 0.1;

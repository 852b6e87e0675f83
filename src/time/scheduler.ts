/**
 * Calls functions ahead of the moments that they are for, so that what they send is there in time.
 */

import { SuperColliderError } from '../errors.js';
import type { Seconds, UnixTime } from '../units.js';
import type { Clock } from './clock.js';
import { EventQueue, type QueuedEvent } from './eventQueue.js';
import type { Waker } from './waker.js';

/** A function that is to be called; it can be called off until it was. */
export interface Scheduled {
  /** The time that the function is for. */
  readonly time: UnixTime;
  /** Removes the function from the queue; after the call it has no effect. */
  cancel(): void;
}

/** A report of a change that came after its time, and happened at once. */
export interface Lateness {
  /** The moment that it was for. */
  readonly time: UnixTime;
  /** Seconds from that time until the callbacks ran, or until the server carried out their bundle. */
  readonly by: Seconds;
  /**
   * The number of callbacks that ran too late. It is 0 where they ran in time and the server reports a late
   * bundle.
   */
  readonly callbacks: number;
  /** The error `late-bundle` of a bundle that the server reports: the elements of the bundle, and what to do. */
  readonly error?: SuperColliderError;
}

/** Counts of a scheduler since its start. */
export interface SchedulerCounts {
  /** Moments that ran. */
  readonly moments: number;
  /** Moments that ran too late. */
  readonly late: number;
  /** The most that one was late by. */
  readonly worst: Seconds;
}

/** Options of a scheduler. */
export interface SchedulerOptions {
  /** The clock that times are read from. */
  readonly clock: Clock;
  /** Seconds by which a callback runs before its time. @default 0.1 */
  readonly lookahead?: Seconds | undefined;
  /** None for a virtual clock: somebody calls `runNext`. */
  readonly waker?: Waker | undefined;
  /** Runs all callbacks of a moment, so that what they do is stamped with it. */
  readonly perform: (time: UnixTime, callbacks: () => void) => void;
  /** Called with callbacks that ran late. */
  readonly onLate?: ((lateness: Lateness) => void) | undefined;
  /** A callback threw; the others go on. */
  readonly onError: (error: unknown) => void;
}

export const DEFAULT_LOOKAHEAD: Seconds = 0.1;

/**
 * The largest distance of two times that count as one: beats that are counted on different ways differ in the
 * last digits.
 *
 * It is a twentieth of a sample.
 */
export const SAME_MOMENT: Seconds = 1e-6;

/** More callbacks at one moment are taken for a circle of callbacks that schedule each other. */
const MAX_PER_TIMESTAMP = 100_000;

interface Event extends QueuedEvent {
  readonly callback: () => void;
}

/** Calls functions a lookahead before the times that they are for. */
export class Scheduler {
  /** Seconds by which a callback runs before its time. */
  readonly lookahead: Seconds;
  readonly #options: SchedulerOptions;
  readonly #queue = new EventQueue<Event>();
  #cancelWake: (() => void) | undefined;
  /** The wake-up that is under way is for this moment. */
  #wakesFor = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #running: UnixTime | undefined;
  #closed = false;
  #counts = { moments: 0, late: 0, worst: 0 };

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.lookahead = options.lookahead ?? (options.waker ? DEFAULT_LOOKAHEAD : 0);
    if (!(this.lookahead >= 0 && this.lookahead < 60)) {
      throw new SuperColliderError(
        'invalid-time',
        `lookahead is ${this.lookahead}. It is a number of seconds from 0 up, such as 0.1.`,
      );
    }
  }

  /** Counts of the times that ran, and of those that ran too late. */
  get counts(): SchedulerCounts {
    return { ...this.#counts };
  }

  /** The number of callbacks that wait. */
  get size(): number {
    return this.#queue.size;
  }

  /** The moment that is being run; `undefined` outside of callbacks. */
  get running(): UnixTime | undefined {
    return this.#running;
  }

  /** The last moment that was run; -Infinity before the first. */
  get last(): UnixTime {
    return this.#last;
  }

  /** The moment of the next callback. */
  get nextTime(): UnixTime | undefined {
    return this.#queue.peek()?.time;
  }

  /** The earliest moment that can still be kept to the sample: what comes before has been run. */
  get horizon(): UnixTime {
    return this.#running ?? Math.max(this.#options.clock.now() + this.lookahead, this.#last);
  }

  /**
   * Has a function called, by the lookahead before its moment. What is for a moment that has been run, or
   * is being run, is called with the next one, and before anything later.
   *
   * @throws SuperColliderError `invalid-time` for what is no time.
   */
  schedule(time: UnixTime, callback: () => void): Scheduled {
    if (!Number.isFinite(time)) {
      throw new SuperColliderError('invalid-time', `Nothing can be scheduled for ${time} s since 1970.`);
    }
    const event: Event = { time, callback, cancelled: false };
    this.#queue.add(event);
    if (this.#running === undefined) this.#wake();
    return {
      time,
      cancel: () => this.#queue.cancel(event),
    };
  }

  /**
   * Runs a function as a moment, at once; what waits for earlier moments is run before it.
   *
   * @throws SuperColliderError `invalid-time` for a moment before one that was run already, and inside of
   *   another moment: what is done there is stamped as a whole.
   */
  runAt(time: UnixTime, callback: () => void): void {
    if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) {
      throw new SuperColliderError('invalid-time', `at() needs a time in seconds since 1970, got ${time}.`);
    }
    if (this.#running !== undefined) {
      if (Math.abs(time - this.#running) <= SAME_MOMENT) {
        callback();
        return;
      }
      throw new SuperColliderError(
        'invalid-time',
        `at() for ${time} inside of the moment ${this.#running}: what happens in one callback is one commit and ` +
          'cannot be split over two moments. Schedule it instead: root.scheduler.schedule(time, fn).',
      );
    }
    if (time < this.#last - SAME_MOMENT) {
      throw new SuperColliderError(
        'invalid-time',
        `at() for ${time}, ${(this.#last - time).toFixed(3)} s before a moment that was rendered already: the tree is ` +
          'past it. Moments of one root go forward; for later ones use root.scheduler.schedule(time, fn).',
      );
    }
    for (let next = this.#queue.peek(); next && next.time < time - SAME_MOMENT; next = this.#queue.peek()) {
      this.#runMoment(Math.max(next.time, this.#last));
    }
    let failure: { readonly error: unknown } | undefined;
    this.#runMoment(Math.max(time, this.#last), () => {
      try {
        callback();
      } catch (error) {
        failure = { error };
      }
    });
    if (failure) throw failure.error;
  }

  /** Runs the next moment, whenever it is: for virtual clocks. Returns it; `undefined` when nothing waits. */
  runNext(): UnixTime | undefined {
    const next = this.#queue.peek();
    if (!next) return undefined;
    this.#runMoment(Math.max(next.time, this.#last));
    return this.#last;
  }

  /** Runs whatever is within the lookahead. */
  runDue(): void {
    for (;;) {
      const next = this.#queue.peek();
      if (this.#closed || !next || next.time > this.#options.clock.now() + this.lookahead) break;
      this.#runMoment(Math.max(next.time, this.#last));
    }
    this.#wake();
  }

  /** Calls nothing any more. */
  close(): void {
    this.#closed = true;
    this.#cancelWake?.();
  }

  #runMoment(time: UnixTime, first?: () => void): void {
    const { clock, perform, onError, onLate, waker } = this.#options;
    let callbacks = 0;
    this.#running = time;
    try {
      perform(time, () => {
        first?.();
        for (
          let next = this.#queue.peek();
          next && next.time <= time + SAME_MOMENT;
          next = this.#queue.peek()
        ) {
          this.#queue.take();
          callbacks += 1;
          if (callbacks > MAX_PER_TIMESTAMP) throw tooMany(time);
          try {
            next.callback();
          } catch (error) {
            onError(error);
          }
        }
      });
    } catch (error) {
      onError(error);
    } finally {
      this.#running = undefined;
      this.#last = time;
    }
    this.#counts.moments += 1;
    const by = clock.now() - time;
    // Only what is run in real time can be late; a virtual clock stands at the moment.
    if (!waker || by <= 0) return;
    this.#counts.late += 1;
    this.#counts.worst = Math.max(this.#counts.worst, by);
    onLate?.({ time, by, callbacks });
  }

  #wake(): void {
    const { waker, clock } = this.#options;
    if (!waker || this.#closed) return;
    const next = this.#queue.peek();
    if (!next) return;
    if (this.#cancelWake && this.#wakesFor <= next.time) return;
    this.#cancelWake?.();
    this.#wakesFor = next.time;
    this.#cancelWake = waker(next.time - this.lookahead - clock.now(), () => {
      this.#cancelWake = undefined;
      this.#wakesFor = Number.POSITIVE_INFINITY;
      this.runDue();
    });
  }
}

const tooMany = (time: UnixTime): SuperColliderError =>
  new SuperColliderError(
    'invalid-time',
    `Over ${MAX_PER_TIMESTAMP} callbacks at one moment (${time}): they seem to schedule each other without end.`,
  );

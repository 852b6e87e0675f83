import { ampdb, cpsmidi, dbamp, midicps, midiratio } from '../harmony/numbers.js';
import {
  BEGIN,
  type Begins,
  beginContext,
  type Context,
  nextOf,
  open,
  type Values,
  withSeed,
} from './context.js';
import { stepOf } from './event.js';
import { clumped, dropped, first, repeated, stuttered } from './filtered.js';
import { lift, type Numeric } from './lift.js';
import { Latest, RECIPE } from './recipe.js';

const mod = (a: number, b: number) => (b === 0 ? 0 : a - b * Math.floor(a / b));
const roundTo = (a: number, quant: number) => (quant === 0 ? a : Math.floor(a / quant + 0.5) * quant);
const clip = (a: number, low: number, high: number) => Math.max(low, Math.min(high, a));

/** Moves a number into a range by turning around at its ends. */
export function fold(value: number, low: number, high: number): number {
  const range = high - low;
  if (range === 0) return low;
  const place = mod(value - low, 2 * range);
  return low + (place > range ? 2 * range - place : place);
}

/**
 * An immutable series of values, each of which is made when it is queried.
 *
 * Each loop begins the series again. The same seed always gives the same values.
 *
 * @example
 * [...seq([0, 2, rand([4, 7])], 2).add(12)]
 */
export class Stream<T> implements Begins<T>, Iterable<T> {
  /** Begins to give values. Loops and other streams call it. */
  readonly [BEGIN]: (context: Context) => Iterator<T, void>;

  /** The parts that it was made of, by which a render that makes it again goes on. @internal */
  readonly [RECIPE]: readonly unknown[];

  /**
   * @param begin - Begins to give values.
   * @param recipe - What it was made of. Streams with the same recipe give the same values. @default the function
   */
  constructor(begin: (context: Context) => Iterator<T, void>, recipe: readonly unknown[] = [begin]) {
    this[BEGIN] = begin;
    this[RECIPE] = recipe;
  }

  /** Begins with seed 0. A beat passes from value to value, and the beats of an event from event to event. */
  *[Symbol.iterator](): Generator<T, void> {
    const context = beginContext(0);
    const values = this[BEGIN](context);
    for (let next = values.next(); !next.done; next = values.next()) {
      yield next.value;
      context.now.beat += stepOf(next.value);
    }
  }

  /** The same stream with chance by a seed of its own. */
  from(seed: number | string): Stream<T> {
    return new Stream((context) => this[BEGIN](withSeed(context, seed)), ['from', this, seed]);
  }

  /** Changes each value. */
  map<U>(change: (value: T) => U): Stream<U> {
    const begin = this[BEGIN];
    const latest = new Latest(change);
    return new Stream(
      function* (context) {
        const values = begin(context);
        for (let next = values.next(); !next.done; next = values.next()) yield latest.call(next.value);
      },
      ['map', this, latest],
    );
  }

  /** Leaves out the values that do not fit. */
  filter(fits: (value: T) => boolean): Stream<T> {
    const begin = this[BEGIN];
    const latest = new Latest(fits);
    return new Stream(
      function* (context) {
        const values = begin(context);
        for (let next = values.next(); !next.done; next = values.next())
          if (latest.call(next.value)) yield next.value;
      },
      ['filter', this, latest],
    );
  }

  /** The first values only. */
  fin(count: number): Stream<T> {
    return new Stream((context) => first(count, this, context), ['fin', this, count]);
  }

  /** Leaves out the first values. */
  drop(count: number): Stream<T> {
    return new Stream((context) => dropped(count, this, context), ['drop', this, count]);
  }

  /** Begins again after its end, for a number of passes. */
  repeat(times: number = Number.POSITIVE_INFINITY): Stream<T> {
    return new Stream((context) => repeated(this, times, context), ['repeat', this, times]);
  }

  /** Gives each value so many times. */
  stutter(times: Values<number>): Stream<T> {
    return new Stream((context) => stuttered(times, this, context), ['stutter', this, times]);
  }

  /** Gathers so many values in an array. */
  clump(size: Values<number>): Stream<T[]> {
    return new Stream((context) => clumped(size, this, context), ['clump', this, size]);
  }

  /** Adds a number, or another stream's values one by one. */
  add<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => a + b!, other);
  }

  /** Subtracts. */
  sub<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => a - b!, other);
  }

  /** Multiplies. */
  mul<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => a * b!, other);
  }

  /** Divides. */
  div<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => a / b!, other);
  }

  /** The rest of a division, with the sign of the divisor. */
  mod<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => mod(a, b!), other);
  }

  /** Raises to a power. */
  pow<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => a ** b!, other);
  }

  /** The smaller of two. */
  min<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => Math.min(a, b!), other);
  }

  /** The larger of two. */
  max<U extends Numeric>(other: Values<U>): Stream<T | U> {
    return this.#combined((a, b) => Math.max(a, b!), other);
  }

  /** Rounds to the nearest multiple. */
  round(quant: Values<number> = 1): Stream<T> {
    return this.#combined((a, b) => roundTo(a, b!), quant);
  }

  /** Keeps numbers between two others. */
  clip(low: Values<number>, high: Values<number>): Stream<T> {
    return this.#combined((a, b, c) => clip(a, b!, c!), low, high);
  }

  /** Keeps numbers between two others by turning around at the ends. */
  fold(low: Values<number>, high: Values<number>): Stream<T> {
    return this.#combined((a, b, c) => fold(a, b!, c!), low, high);
  }

  /** Keeps numbers between two others by going on at the other end: `high` is `low` again. */
  wrap(low: Values<number>, high: Values<number>): Stream<T> {
    return this.#combined((a, b, c) => b! + mod(a - b!, c! - b!), low, high);
  }

  /** Changes the sign. */
  neg(): Stream<T> {
    return this.#combined((a) => -a);
  }

  /** Drops the sign. */
  abs(): Stream<T> {
    return this.#combined(Math.abs);
  }

  /** Rounds down. */
  floor(): Stream<T> {
    return this.#combined(Math.floor);
  }

  /** Rounds up. */
  ceil(): Stream<T> {
    return this.#combined(Math.ceil);
  }

  /** Multiplies by itself. */
  squared(): Stream<T> {
    return this.#combined((a) => a * a);
  }

  /** Divides 1 by it. */
  reciprocal(): Stream<T> {
    return this.#combined((a) => 1 / a);
  }

  /** MIDI note numbers to hertz. */
  midicps(): Stream<T> {
    return this.#combined(midicps);
  }

  /** Hertz to MIDI note numbers. */
  cpsmidi(): Stream<T> {
    return this.#combined(cpsmidi);
  }

  /** Semitones to ratios of frequencies. */
  midiratio(): Stream<T> {
    return this.#combined(midiratio);
  }

  /** Decibels to factors. */
  dbamp(): Stream<T> {
    return this.#combined(dbamp);
  }

  /** Factors to decibels. */
  ampdb(): Stream<T> {
    return this.#combined(ampdb);
  }

  /** A calculation, which ends with the shortest of its streams. */
  #combined<U>(
    calculate: (a: number, b?: number, c?: number) => number,
    ...others: readonly Values<unknown>[]
  ): Stream<U> {
    const all = [this, ...others];
    return new Stream(
      function* (context) {
        const streams = all.map((each) => open(each, context));
        for (let values = nextOf(...streams); values; values = nextOf(...streams))
          yield lift(calculate, ...(values as readonly Numeric[])) as U;
      },
      [calculate, ...all],
    );
  }
}

/**
 * A stream of what a function begins, such as a generator: `stream(function* () { yield 60; })`.
 *
 * The function is called again each time the stream begins.
 */
export const stream = <T>(begin: (context: Context) => Iterable<T>): Stream<T> => {
  const latest = new Latest(begin);
  return new Stream(
    (context) => latest.call(context)[Symbol.iterator]() as Iterator<T, void>,
    ['stream', latest],
  );
};

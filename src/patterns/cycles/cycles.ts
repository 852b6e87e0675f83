/** Patterns that repeat in cycles: a function from time to events, which any other pattern is made of. */

import { MAX_COUNT, readAmount } from './amount.js';
import { chanceAt } from './chance.js';
import { atPulses } from './euclid.js';
import { begins, type CycleEvent, type Query } from './event.js';
import { Fraction, type Rational } from './fraction.js';
import { shifted, stackQueries, varied } from './join.js';
import {
  changedChunk,
  changedEvery,
  faster,
  lingering,
  repeated,
  reversed,
  rotated,
  sampled,
} from './transform.js';

/** A number, or a pattern of numbers. Texts of `mini` count as numbers: `mini('<2 3>')`. */
export type Amount = Rational | Cycles<Rational | string>;

/** A change of a pattern, such as `(pattern) => pattern.rev()`. */
export type Change<T> = (pattern: Cycles<T>) => Cycles<T>;

/** A value with its place between the left (-1) and the right (1). */
export interface Panned<T> {
  /** The value. */
  readonly value: T;
  /** The place: -1 is left, 1 is right. */
  readonly pan: number;
}

const count = (name: string) => ({ name, low: 1, high: MAX_COUNT, isWhole: true });

/**
 * An immutable pattern that has events for any span of time, counted in cycles.
 *
 * Each transform returns another pattern. The same query always has the same reply, also where chance decides.
 *
 * @example
 * mini('bd sn').fast(2).every(4, (pattern) => pattern.rev()).onsets(0, 1)
 */
export class Cycles<T> {
  readonly #query: Query<T>;

  /** @param query - Replies with the events of a span, which may have many cycles. */
  constructor(query: Query<T>) {
    this.#query = query;
  }

  /** The events within a span, by the beginning of their parts. */
  query(begin: Rational, end: Rational): CycleEvent<T>[] {
    const events = this.#query({ begin: Fraction.of(begin), end: Fraction.of(end) });
    return events.sort((a, b) => a.part.begin.compare(b.part.begin));
  }

  /** The events that begin within a span: what a player starts. */
  onsets(begin: Rational, end: Rational): CycleEvent<T>[] {
    return this.query(begin, end).filter(begins);
  }

  /** Changes each value. */
  map<U>(change: (value: T) => U): Cycles<U> {
    return new Cycles((time) => this.#query(time).map((event) => ({ ...event, value: change(event.value) })));
  }

  /** Removes the events whose value does not fit. */
  filter(fits: (value: T) => boolean): Cycles<T> {
    return new Cycles((time) => this.#query(time).filter(({ value }) => fits(value)));
  }

  /** Makes the pattern so many times as fast; 0 is silent. */
  fast(factor: Amount): Cycles<T> {
    const bounds = { name: 'fast', low: 0 };
    return this.#varied(factor, (value) => faster(this.#query, readAmount(value, bounds)));
  }

  /** Makes each cycle last so many cycles; 0 is silent. */
  slow(factor: Amount): Cycles<T> {
    return this.#varied(factor, (value) => {
      const amount = readAmount(value, { name: 'slow', low: 0 });
      return faster(this.#query, amount.equals(0) ? amount : Fraction.one.over(amount));
    });
  }

  /** Moves the pattern later, in cycles. */
  late(by: Amount): Cycles<T> {
    return this.#varied(by, (value) => shifted(this.#query, readAmount(value, { name: 'late' })));
  }

  /** Moves the pattern earlier, in cycles. */
  early(by: Amount): Cycles<T> {
    return this.#varied(by, (value) => shifted(this.#query, readAmount(value, { name: 'early' }).negated()));
  }

  /** Plays each cycle backwards. */
  rev(): Cycles<T> {
    return new Cycles(reversed(this.#query));
  }

  /** Begins one of `parts` equal parts later in itself at each cycle. */
  iter(parts: Amount): Cycles<T> {
    return this.#counted('iter', parts, (number) => rotated(this.#query, number));
  }

  /** Repeats each event so many times within its own time. */
  ply(times: Amount): Cycles<T> {
    return this.#counted('ply', times, (number) => repeated(this.#query, number));
  }

  /** Adds a changed copy that is later by so many cycles. */
  off(by: Amount, change: Change<T>): Cycles<T> {
    return new Cycles(stackQueries([this.#query, change(this.late(by)).#query]));
  }

  /** Plays the pattern on the left and a changed copy on the right. */
  jux(change: Change<T>): Cycles<Panned<T>> {
    const left = this.map((value) => ({ value, pan: -1 }));
    const right = change(this).map((value) => ({ value, pan: 1 }));
    return new Cycles(stackQueries([left.#query, right.#query]));
  }

  /**
   * Removes a share of the events at random.
   *
   * @param probability - From 0 for none to 1 for all.
   * @param seed - Another seed removes other events. @default 0
   */
  degradeBy(probability: Amount, seed: number | string = 0): Cycles<T> {
    return this.#varied(probability, (value) => {
      const share = readAmount(value, { name: 'degradeBy', low: 0, high: 1 }).valueOf();
      return (time) => this.#query(time).filter(({ whole }) => chanceAt(seed, 0, whole.begin) >= share);
    });
  }

  /** Changes one of `parts` equal parts of each cycle: the first part in cycle 0, the second in cycle 1. */
  chunk(parts: Amount, change: Change<T>): Cycles<T> {
    const changed = change(this).#query;
    return this.#counted('chunk', parts, (number) => changedChunk(this.#query, changed, number));
  }

  /** Repeats the first stretch of each cycle until the cycle ends; the last stretch for a size below 0. */
  linger(size: Amount): Cycles<T> {
    return this.#varied(size, (value) => {
      const length = readAmount(value, { name: 'linger', low: -1, high: 1 });
      const repeats = length.equals(0) ? 0 : Fraction.one.over(length.max(length.negated()));
      readAmount(repeats, { name: 'linger, repetitions a cycle', low: 1, high: MAX_COUNT });
      return lingering(this.#query, length);
    });
  }

  /** Changes the pattern slowed down, and makes the result as fast again: `inside(2, …rev())` turns each half around. */
  inside(factor: Rational, change: Change<T>): Cycles<T> {
    return change(this.slow(factor)).fast(factor);
  }

  /** Changes the cycles whose number is a multiple of `number`, 0 among them. */
  every(number: Amount, change: Change<T>): Cycles<T> {
    const changed = change(this).#query;
    return this.#counted('every', number, (value) => changedEvery(this.#query, changed, value));
  }

  /**
   * Plays each cycle at every pulse of a Euclidean rhythm: `pure('bd').euclid(3, 8)`.
   *
   * @param pulses - Below 0 for the steps between the pulses.
   * @param rotation - Steps by which the rhythm begins later in itself. @default 0
   */
  euclid(pulses: Amount, steps: Amount, rotation: Amount = 0): Cycles<T> {
    const whole = { name: 'euclid', isWhole: true, low: -MAX_COUNT, high: MAX_COUNT };
    return this.#varied(pulses, (pulse) => {
      const pulseCount = Number(readAmount(pulse, whole));
      return this.#counted('euclid', steps, (stepCount) => {
        const turned = this.#varied(rotation, (turn) =>
          atPulses(this.#query, pulseCount, stepCount, Number(readAmount(turn, whole))),
        );
        return turned.#query;
      }).#query;
    });
  }

  /** Scales numbers from 0 to 1, so that they lie between two others. */
  range(this: Cycles<number>, low: number, high: number): Cycles<number> {
    return this.map((value) => low + value * (high - low));
  }

  /** Takes so many values a cycle, each from the beginning of its time. */
  segment(number: Amount): Cycles<T> {
    return this.#varied(number, (value) => {
      const rate = readAmount(value, { name: 'segment', low: 1 / MAX_COUNT, high: MAX_COUNT });
      return sampled(this.#query, rate);
    });
  }

  #counted(name: string, amount: Amount, make: (value: number) => Query<T>): Cycles<T> {
    return this.#varied(amount, (value) => make(Number(readAmount(value, count(name)))));
  }

  #varied(amount: Amount, make: (value: Rational | string) => Query<T>): Cycles<T> {
    // A plain amount is checked at once, so that the error comes from the line that gave it.
    return new Cycles(amount instanceof Cycles ? varied(amount.#query, make) : make(amount));
  }
}

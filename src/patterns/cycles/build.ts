import { readAmount } from './amount.js';
import { Cycles } from './cycles.js';
import type { Fraction, Rational } from './fraction.js';
import { catQueries, pureQuery, silentQuery, stackQueries, timeCatQueries } from './join.js';

/** Makes a pattern with one value, which lasts a cycle. */
export const pure = <T>(value: T): Cycles<T> => new Cycles(pureQuery(value));

/** The pattern without events. */
export const silence: Cycles<never> = new Cycles(silentQuery);

/** Plays patterns at once. */
export const stack = <T>(...patterns: readonly Cycles<T>[]): Cycles<T> =>
  new Cycles(stackQueries(patterns.map(queryOf)));

/** Plays a pattern a cycle, in turn. Each one goes on with its next cycle at its next turn. */
export const cat = <T>(...patterns: readonly Cycles<T>[]): Cycles<T> =>
  new Cycles(catQueries(patterns.map(queryOf)));

/**
 * Plays patterns one after another within each cycle, each as long as its weight.
 *
 * @example
 * timeCat([3, pure('bd')], [1, pure('sn')]) // as mini('bd@3 sn')
 */
export const timeCat = <T>(
  ...steps: readonly (readonly [weight: Rational, pattern: Cycles<T>])[]
): Cycles<T> =>
  new Cycles(
    timeCatQueries(
      steps.map(([weight, pattern]) => ({
        weight: readAmount(weight, { name: 'timeCat', low: 0 }),
        query: queryOf(pattern),
      })),
    ),
  );

/**
 * Makes a pattern from a function of time, such as a slow wave. It has a value wherever it is queried.
 *
 * @example
 * signal((cycle) => Math.sin(2 * Math.PI * cycle) / 2 + 0.5).range(200, 800).segment(16)
 */
export const signal = <T>(valueAt: (cycle: number) => T): Cycles<T> =>
  new Cycles((time) =>
    time.begin.compare(time.end) < 0
      ? [{ whole: time, part: time, value: valueAt(time.begin.valueOf()) }]
      : [],
  );

const queryOf =
  <T>(pattern: Cycles<T>) =>
  ({ begin, end }: { begin: Fraction; end: Fraction }) =>
    pattern.query(begin, end);

/** Calculations with numbers, done with chords and rests too. */

import { Rest } from './rest.js';

/** A number, a rest, or a chord of them. */
export type Numeric = number | Rest | readonly Numeric[];

/** Applies a calculation to numbers. Chords are calculated note by note, and a rest stays a rest. */
export function lift(calculate: (...numbers: number[]) => number, ...given: readonly Numeric[]): Numeric {
  // Nearly all calculations are of plain numbers.
  if (given.every((each) => typeof each === 'number')) return calculate(...(given as number[]));
  const chords = given.filter((each) => Array.isArray(each)) as (readonly Numeric[])[];
  if (chords.length > 0) {
    if (chords.some(({ length }) => length === 0)) return [];
    const size = Math.max(...chords.map(({ length }) => length));
    return Array.from({ length: size }, (_, index) =>
      lift(calculate, ...given.map((each) => at(each, index))),
    );
  }
  const numbers = given as readonly (number | Rest)[];
  const result = calculate(...numbers.map((each) => (each instanceof Rest ? each.value : each)));
  return numbers.some((each) => each instanceof Rest) ? new Rest(result) : result;
}

/** A note of a chord, which repeats where another chord is larger; a single value for each note. */
export const at = <T>(given: T | readonly T[], index: number): T =>
  Array.isArray(given) ? given[index % given.length] : (given as T);

/** Patterns from several patterns: at once, one after another, or as another pattern says. */

import { byCycle, type CycleEvent, mapTime, overlap, type Query, span, wrap } from './event.js';
import { Fraction } from './fraction.js';

/** A pattern's share of a cycle. */
export interface Weighted<T> {
  /** The share, beside the weights of the other steps. */
  readonly weight: Fraction;
  /** The events; `undefined` for a rest. */
  readonly query: Query<T> | undefined;
}

/** One event a cycle. */
export const pureQuery = <T>(value: T): Query<T> =>
  byCycle((part, cycle) => [{ whole: span(Fraction.of(cycle), Fraction.of(cycle + 1n)), part, value }]);

/** No event ever. */
export const silentQuery: Query<never> = () => [];

/** All patterns at once. */
export const stackQueries =
  <T>(queries: readonly Query<T>[]): Query<T> =>
  (time) =>
    queries.flatMap((query) => query(time));

/** One pattern a cycle, in turn. Each one goes on with its next cycle at its next turn. */
export function catQueries<T>(queries: readonly Query<T>[]): Query<T> {
  if (queries.length === 0) return silentQuery;
  return byCycle((part, cycle) => {
    const index = wrap(cycle, queries.length);
    // Cycle 5 of three patterns is cycle 1 of the last one.
    const skipped = cycle - (cycle - BigInt(index)) / BigInt(queries.length);
    return shifted(queries[index]!, Fraction.of(skipped))(part);
  });
}

/** All steps within each cycle, each as long as its weight. */
export function timeCatQueries<T>(steps: readonly Weighted<T>[]): Query<T> {
  const total = steps.reduce((sum, { weight }) => sum.plus(weight), Fraction.zero);
  let begin = Fraction.zero;
  const slots = steps.flatMap(({ weight, query }) => {
    const from = begin;
    if (weight.equals(0)) return [];
    const size = weight.over(total);
    begin = begin.plus(size);
    return [{ begin: from, end: begin, size, query }];
  });
  return byCycle((part, cycle) => {
    const start = Fraction.of(cycle);
    const inCycle = span(part.begin.minus(start), part.end.minus(start));
    const events: CycleEvent<T>[] = [];
    for (let index = firstAfter(slots, inCycle.begin); index < slots.length; index++) {
      const slot = slots[index]!;
      const shared = overlap(inCycle, slot);
      if (!shared) break;
      const inside = (time: Fraction) => time.minus(slot.begin).over(slot.size).plus(start);
      const outside = (time: Fraction) => time.minus(start).times(slot.size).plus(slot.begin).plus(start);
      const found = slot.query?.(span(inside(shared.begin), inside(shared.end)));
      for (const event of found ?? []) events.push(mapTime(event, outside));
    }
    return events;
  });
}

/** The first slot that ends after a time. Slots have no gaps, so halving finds it among thousands. */
function firstAfter(slots: readonly { readonly end: Fraction }[], time: Fraction): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slots[middle]!.end.compare(time) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A pattern that another one varies: each of its values makes a pattern, which sounds for the time of the value. */
export const varied =
  <Amount, T>(amounts: Query<Amount>, make: (amount: Amount) => Query<T>): Query<T> =>
  (time) =>
    amounts(time).flatMap(({ part, value }) => make(value)(part));

/** A pattern later by so many cycles. */
export const shifted =
  <T>(query: Query<T>, by: Fraction): Query<T> =>
  ({ begin, end }) =>
    query(span(begin.minus(by), end.minus(by))).map((event) => mapTime(event, (time) => time.plus(by)));

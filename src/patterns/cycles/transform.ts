/** Other times for the events of a pattern. Amounts have been checked by the methods of `Cycles`. */

import { byCycle, type CycleEvent, mapTime, overlap, type Query, span, wrap } from './event.js';
import { Fraction } from './fraction.js';
import { shifted, silentQuery } from './join.js';

/** A pattern so many times as fast; 0 is silent. */
export function faster<T>(query: Query<T>, factor: Fraction): Query<T> {
  if (factor.equals(0)) return silentQuery;
  return ({ begin, end }) =>
    query(span(begin.times(factor), end.times(factor))).map((event) =>
      mapTime(event, (time) => time.over(factor)),
    );
}

/** A pattern with each of its cycles backwards. */
export const reversed = <T>(query: Query<T>): Query<T> =>
  byCycle((part, cycle) => {
    const both = Fraction.of(2n * cycle + 1n);
    const mirror = ({ begin, end }: { begin: Fraction; end: Fraction }) =>
      span(both.minus(end), both.minus(begin));
    return query(mirror(part)).map(({ whole, part: found, value }) => ({
      whole: mirror(whole),
      part: mirror(found),
      value,
    }));
  });

/** A pattern that begins one part later in itself at each cycle, and after `parts` cycles as at first. */
export const rotated = <T>(query: Query<T>, parts: number): Query<T> =>
  byCycle((part, cycle) => shifted(query, Fraction.ratio(BigInt(-wrap(cycle, parts)), BigInt(parts)))(part));

/** A pattern with each event so many times within its time. */
export const repeated =
  <T>(query: Query<T>, times: number): Query<T> =>
  (time) =>
    query(time).flatMap(({ whole, part, value }) => {
      const length = whole.end.minus(whole.begin).over(times);
      return Array.from({ length: times }, (_, index): CycleEvent<T> | undefined => {
        const begin = whole.begin.plus(length.times(index));
        const copy = span(begin, begin.plus(length));
        const shared = overlap(copy, part);
        return shared && { whole: copy, part: shared, value };
      }).filter((event) => event !== undefined);
    });

/** A pattern whose first stretch fills each cycle; the last stretch for a size below 0. */
export function lingering<T>(query: Query<T>, size: Fraction): Query<T> {
  const length = size.max(size.negated());
  return byCycle((part, cycle) => {
    const start = Fraction.of(cycle);
    const first = size.compare(0) < 0 ? start.plus(1).minus(length) : start;
    const source = span(first, first.plus(length));
    const events: CycleEvent<T>[] = [];
    for (let index = part.begin.minus(start).over(length).floor(); ; index += 1n) {
      const begin = start.plus(length.times(index));
      const shared = overlap(part, span(begin, begin.plus(length)));
      if (!shared) return events;
      const by = begin.minus(first);
      for (const event of query(span(shared.begin.minus(by), shared.end.minus(by)))) {
        // An event that outlasts the stretch ends with it, as the next repetition begins there.
        const whole = span(event.whole.begin, event.whole.end.min(source.end));
        events.push(mapTime({ ...event, whole }, (time) => time.plus(by)));
      }
    }
  });
}

/** So many events a cycle, each with what the pattern has at its beginning. */
export const sampled =
  <T>(query: Query<T>, count: Fraction): Query<T> =>
  (time) => {
    const events: CycleEvent<T>[] = [];
    for (let index = time.begin.times(count).floor(); ; index += 1n) {
      const whole = span(Fraction.of(index).over(count), Fraction.of(index + 1n).over(count));
      const part = overlap(whole, time);
      if (!part) return events;
      for (const event of query(whole))
        if (event.part.begin.equals(whole.begin)) events.push({ whole, part, value: event.value });
    }
  };

/** A pattern that is changed in each cycle whose number is a multiple of `count`. */
export const changedEvery = <T>(query: Query<T>, changed: Query<T>, count: number): Query<T> =>
  byCycle((part, cycle) => (wrap(cycle, count) === 0 ? changed : query)(part));

/** A pattern of which one part is changed: the first one in cycle 0, the second one in cycle 1, and so on. */
export function changedChunk<T>(query: Query<T>, changed: Query<T>, parts: number): Query<T> {
  // The beginning decides, so that an event is never half of one and half of the other.
  const isIn = ({ whole }: CycleEvent<T>) => {
    const cycle = whole.begin.floor();
    return Number(whole.begin.minus(cycle).times(parts).floor()) === wrap(cycle, parts);
  };
  return (time) => [...query(time).filter((event) => !isIn(event)), ...changed(time).filter(isIn)];
}

import { Fraction } from './fraction.js';

/** A stretch of time in cycles, without its end. */
export interface Span {
  /** The first instant. */
  readonly begin: Fraction;
  /** The first instant after it. */
  readonly end: Fraction;
}

/** A value and the time that it has in a pattern. */
export interface CycleEvent<T> {
  /** The time of the event in full, part of which may lie outside the queried span. */
  readonly whole: Span;
  /** The portion within the queried span. The event begins there only where both begin together. */
  readonly part: Span;
  /** The value. */
  readonly value: T;
}

/** The events of a pattern within a span that lies in one cycle or in many. */
export type Query<T> = (span: Span) => CycleEvent<T>[];

/** Makes a span. */
export const span = (begin: Fraction, end: Fraction): Span => ({ begin, end });

/** The time that two spans share; `undefined` where they only touch. */
export function overlap(a: Span, b: Span): Span | undefined {
  const begin = a.begin.max(b.begin);
  const end = a.end.min(b.end);
  return begin.compare(end) < 0 ? { begin, end } : undefined;
}

/** Moves both ends of a span. */
export const mapSpan = ({ begin, end }: Span, move: (time: Fraction) => Fraction): Span => ({
  begin: move(begin),
  end: move(end),
});

/** Moves an event in time. */
export const mapTime = <T>(
  { whole, part, value }: CycleEvent<T>,
  move: (time: Fraction) => Fraction,
): CycleEvent<T> => ({ whole: mapSpan(whole, move), part: mapSpan(part, move), value });

/** True where a part has the beginning of its event, which is what a player starts. */
export const begins = ({ whole, part }: CycleEvent<unknown>): boolean => whole.begin.equals(part.begin);

/**
 * A query that is answered cycle by cycle.
 *
 * @param answer - Given a span that no cycle's border divides, and the number of its cycle.
 */
export const byCycle =
  <T>(answer: (part: Span, cycle: bigint) => CycleEvent<T>[]): Query<T> =>
  ({ begin, end }) => {
    const events: CycleEvent<T>[] = [];
    for (let from = begin; from.compare(end) < 0; ) {
      const cycle = from.floor();
      const to = end.min(Fraction.of(cycle + 1n));
      for (const event of answer({ begin: from, end: to }, cycle)) events.push(event);
      from = to;
    }
    return events;
  };

/** The rest of a cycle's number, which is at least 0 in negative cycles too. */
export const wrap = (cycle: bigint, count: number): number => {
  const size = BigInt(count);
  return Number(((cycle % size) + size) % size);
};

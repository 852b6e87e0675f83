/**
 * Music from values: one after another from an array or an iterator.
 */

import { type Key, type ReactNode, useMemo, useRef } from 'react';
import { SuperColliderError } from '../errors.js';
import { refuseOthers } from '../hooks/refuseOthers.js';
import { checkLength, useTimeline } from '../hooks/useTimeline.js';
import { type Span, Spans } from '../time/spans.js';
import type { Timeline } from '../time/timeline.js';
import type { Beats } from '../units.js';
import { Open, spanOf, type TimedItem } from './timed.js';

/** A number of beats, one after another of several, or what a function gives for a value. */
export type BeatsOf<Value> = Beats | readonly Beats[] | ((value: Value, index: number) => Beats);

export interface PatternProps<Value> {
  /** An array or other iterable, or a function that begins one. Infinite ones are asked for as time goes. */
  readonly values: Iterable<Value> | (() => Iterable<Value>);
  /** Beats from one value to the next. @default 1 */
  readonly every?: BeatsOf<Value> | undefined;
  /** Beats for which a value exists. @default until the next */
  readonly length?: BeatsOf<Value> | undefined;
  /** How often the values are gone through. @default 1 */
  readonly repeat?: number | undefined;
  readonly key?: Key | null | undefined;
  /** What a value is; `null`, `undefined` and `false` among the values are rests, and are not asked for. */
  readonly children: (value: NonNullable<Value>, index: number) => ReactNode;
}

/**
 * Values one after another, each for its beats: `<Pattern values={[60, 64, 67]} every={0.5}>{(pitch) => <Note
 * def={pluck} pitch={pitch} />}</Pattern>`.
 *
 * An array that says the same in the next render need not be the same object: what has begun goes on, and what
 * is ahead is as it is said now. An iterator is asked once for each value; what it gave is kept for seeking.
 *
 * @throws SuperColliderError `bad-time` for an `every` or `length` that is not over 0, `bad-argument` for values
 *   that cannot be gone through and a child that is no function.
 */
export function Pattern<Value>({
  values,
  every = 1,
  length,
  repeat = 1,
  children,
  ...others
}: PatternProps<Value>): ReactNode {
  refuseOthers('<Pattern>', others, ['values', 'every', 'length', 'repeat', 'children']);
  checkLength('<Pattern>: repeat', repeat);
  checkValues(values);
  checkFunction(children);
  const { timeline } = useTimeline('<Pattern>');
  const render = useRef(children);
  render.current = children;
  // An iterator can be asked only once; what it gave is kept for other beats and lengths.
  const kept = useMemo(() => (Array.isArray(values) ? values : replayable(values)), [values]);
  const spans = useMemo(
    () => new Spans<TimedItem>([], spansOf(kept, { every, length, repeat }, timeline, render)),
    [kept, every, length, repeat, timeline],
  );
  return <Open spans={spans} content={children} />;
}

function checkValues(values: unknown): void {
  if (typeof values === 'function') return;
  if (Symbol.iterator in Object(values)) return;
  throw new SuperColliderError(
    'bad-argument',
    `<Pattern>: values is ${said(values)}. It is an array, another iterable, or a function that begins one.`,
  );
}

function checkFunction(children: unknown): void {
  if (typeof children === 'function') return;
  throw new SuperColliderError(
    'bad-argument',
    `<Pattern>: its child is ${said(children)}. It is a function of a value: {(pitch) => <Note def="pluck" pitch={pitch} />}.`,
  );
}

/** What was given instead, for a message. */
const said = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'another object' : String(value);

interface Rhythm<Value> {
  readonly every: BeatsOf<Value>;
  readonly length: BeatsOf<Value> | undefined;
  readonly repeat: number;
}

/** Rests after which a span of nothing is given: who looks for the next one comes back from endless rests. */
const MOST_RESTS = 1024;

function* spansOf<Value>(
  values: Iterable<Value>,
  { every, length, repeat }: Rhythm<Value>,
  timeline: Timeline,
  render: { readonly current: PatternProps<Value>['children'] },
): Generator<Span<TimedItem>> {
  let start: Beats = 0;
  let index = 0;
  let rests = 0;
  for (let pass = 0; pass < repeat; pass++) {
    const first = index;
    for (const value of values) {
      const step = beatsOf(every, value, index);
      checkLength('<Pattern>: every', step);
      if (start >= timeline.length) return;
      if (value !== null && value !== undefined && value !== false) {
        const place = index;
        const beats = length === undefined ? step : beatsOf(length, value, index);
        const node = () => render.current(value as NonNullable<Value>, place);
        yield spanOf('<Pattern>', start, beats, timeline, String(index), node);
        rests = 0;
      } else if (++rests === MOST_RESTS) {
        yield { start, end: start, item: { key: String(index), part: undefined, node: null } };
        rests = 0;
      }
      start += step;
      index += 1;
    }
    if (index === first) return; // nothing to repeat
  }
}

/** What an iterable gives, as often as one likes, though it is asked once. */
function replayable<Value>(values: Iterable<Value> | (() => Iterable<Value>)): Iterable<Value> {
  const given: Value[] = [];
  let source: Iterator<Value> | undefined;
  return {
    *[Symbol.iterator]() {
      for (let index = 0; ; index++) {
        if (index >= given.length) {
          source ??= (typeof values === 'function' ? values() : values)[Symbol.iterator]();
          const next = source.next();
          if (next.done) return;
          given.push(next.value);
        }
        yield given[index]!;
      }
    },
  };
}

function beatsOf<Value>(beats: BeatsOf<Value>, value: Value, index: number): Beats {
  if (typeof beats === 'number') return beats;
  return typeof beats === 'function' ? beats(value, index) : beats[index % beats.length]!;
}

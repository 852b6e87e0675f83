/**
 * Music from values: one after another from an array or an iterator.
 */

import { type Key, type ReactNode, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { internal } from '../hooks/internal.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { beatNow, checkLength, useTimeline } from '../hooks/useTimeline.js';
import { isStream } from '../patterns/streams/context.js';
import { isSameRecipe, takeFunctions } from '../patterns/streams/recipe.js';
import { type BeatsOf, firstGridPoint, PatternPlayer, type PatternValues } from '../time/patternPlayer.js';
import type { Beats } from '../units.js';
import { EventPattern, type EventPatternProps } from './eventPattern.js';
import { type PatternPlace, usePlaces } from './patternPlace.js';
import { Open, type TimedItem } from './timed.js';

export type { BeatsOf } from '../time/patternPlayer.js';
export type { EventPatternProps } from './eventPattern.js';
export type { PatternPlace } from './patternPlace.js';

/** Props of `<Pattern>`. */
export interface PatternProps<Value> {
  /** An array or other iterable, or a function that begins one. Infinite iterables are read as time goes. */
  readonly values: PatternValues<Value>;
  /** Beats from one value to the next. @default 1 */
  readonly every?: BeatsOf<Value> | undefined;
  /** Beats for which a value exists. @default until the next */
  readonly length?: BeatsOf<Value> | undefined;
  /** Number of passes through the values. @default 1 */
  readonly repeat?: number | undefined;
  /** A pattern that is mounted late begins at the next multiple of this, in beats. @default 1 */
  readonly quant?: Beats | undefined;
  /** React's key; another key begins the pattern again. */
  readonly key?: Key | null | undefined;
  /** Renders one value. `null`, `undefined` and `false` among the values are rests, and are not rendered. */
  readonly children: (value: NonNullable<Value>, place: PatternPlace) => ReactNode;
}

/**
 * Events with their own beats. Each note is a synth, whose controls are the keys that its definition has.
 *
 * ```tsx
 * <Pattern values={bind({ degree: seq([0, 2, 4], inf), dur: 0.5 })} def={blip} />
 * ```
 *
 * @throws SuperColliderError `invalid-argument` for events without a `def`, as a prop or as a key, and without a child.
 */
export function Pattern(props: EventPatternProps): ReactNode;
/**
 * Values one after another, each for its beats.
 *
 * ```tsx
 * <Pattern values={[60, 64, 67]} every={0.5}>{(pitch) => <Note def={pluck} pitch={pitch} />}</Pattern>
 * ```
 *
 * The first value is at the beginning of the `<At>` or `<Loop>` around it. Without one it is at beat 0, or at
 * the next multiple of `quant` when the pattern is mounted later.
 *
 * A render changes what is ahead, and nothing that has begun. `values` and `every` may be written in the
 * render: an array is read by its places. A function that begins a stream is called once per mount, or again
 * when its code was edited. Another `key` begins the pattern again.
 *
 * Played values are not cached. After a seek a stream begins again and skips its values up to there. An
 * iterator cannot begin again, and goes on with its next values.
 *
 * @throws SuperColliderError `invalid-time` for an `every`, `length` or `quant` that is not over 0.
 * @throws SuperColliderError `invalid-argument` for values that are not iterable and a child that is not a
 *   function.
 */
export function Pattern<Value>(props: PatternProps<Value>): ReactNode;
export function Pattern(props: Either): ReactNode {
  // Beats of its own, as props, make values of a stream that is no pattern of events.
  const isOfEvents =
    isStream<unknown>(props.values) && props.every === undefined && props.length === undefined;
  if (!isOfEvents) return <ValuePattern {...(props as PatternProps<unknown>)} />;
  if (props.children !== undefined) checkFunction(props.children);
  return <EventPattern {...(props as EventPatternProps)} />;
}

type Either = Omit<Partial<PatternProps<unknown>>, 'values' | 'children'> & {
  readonly values: unknown;
  readonly children?: unknown;
};

function ValuePattern<Value>({
  values,
  every = 1,
  length,
  repeat = 1,
  quant = 1,
  children,
  ...others
}: PatternProps<Value>): ReactNode {
  rejectUnknownProps('<Pattern>', others, ['values', 'every', 'length', 'repeat', 'quant', 'children']);
  checkLength('<Pattern>: repeat', repeat);
  checkLength('<Pattern>: quant', quant);
  checkValues(values);
  checkFunction(children);
  const { scene, timeline } = useTimeline('<Pattern>');
  const placeOf = usePlaces(scene);
  const [player] = useState(() => {
    const origin = timeline.isPart ? 0 : firstGridPoint(beatNow(scene, timeline), quant);
    return new PatternPlayer<Value, PatternItem<Value>>(origin, ({ index, pass, value, start, end }) => ({
      key: String(index),
      part: { start, length: end - start, name: '<Pattern>' },
      node: null,
      value,
      place: { beat: start, index, pass },
    }));
  });
  const [kept] = useState(() => ({ values }));
  // A stream that a render makes again goes on; arrays are read by their places.
  if (isStream<unknown>(values) && isSameRecipe(kept.values, values)) takeFunctions(kept.values, values);
  else kept.values = values;
  player.play({ values: kept.values, every, length, repeat, quant, end: timeline.length });
  return (
    <Open
      spans={player}
      content={children}
      nodeOf={({ value, place }) => children(value as NonNullable<Value>, placeOf(place))}
    />
  );
}

interface PatternItem<Value> extends TimedItem {
  readonly value: Value;
  readonly place: Omit<PatternPlace, 'random'>;
}

function checkValues(values: unknown): void {
  if (typeof values === 'function') return;
  if (Symbol.iterator in Object(values)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `<Pattern>: values is ${said(values)}. It is an array, another iterable, or a function that begins one.`,
  );
}

function checkFunction(children: unknown): void {
  if (typeof children === 'function') return;
  throw new SuperColliderError(
    'invalid-argument',
    `<Pattern> needs a function as its child, such as {(pitch) => <Note def="pluck" pitch={pitch} />}. ` +
      `It was given ${said(children)}.`,
  );
}

/** The given value, for a message. */
const said = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'another object' : String(value);

internal(ValuePattern, EventPattern);

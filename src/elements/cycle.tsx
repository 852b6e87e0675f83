import { type Key, type ReactNode, useMemo, useState } from 'react';
import { nearest, SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useScene } from '../hooks/useServer.js';
import { beatNow, checkLength, useRenderAt, useTimeline } from '../hooks/useTimeline.js';
import { type CycleEvent, Cycles } from '../patterns/cycles/index.js';
import { mini } from '../patterns/mini/index.js';
import type { Beats } from '../units.js';
import type { Playable } from './instrument.js';
import { Note } from './note.js';
import { At, Part } from './timed.js';

/** Props of `<Cycle>`. */
export interface CycleProps<Value = string> {
  /** The pattern: a text in mini-notation, or what `mini()` and its transforms give. */
  readonly pattern: string | Cycles<Value>;
  /** Length of a cycle in beats. @default 4 */
  readonly beats?: Beats | undefined;
  /** Definitions or instruments by the words of the pattern, for a pattern without a child: `{ bd: kick, sn: snare }`. */
  readonly sounds?: Readonly<Record<string, Playable>> | undefined;
  /** Seed of `?` and `|`. @default the root's seed */
  readonly seed?: number | string | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Renders one event of the pattern, which exists for as long as the event lasts. */
  readonly children?: ((value: Value, event: CycleEvent<Value>) => ReactNode) | undefined;
}

/**
 * A pattern that repeats in cycles, as in TidalCycles: `<Cycle pattern="bd*2 [sn cp]" sounds={{ bd: kick, … }} />`.
 *
 * Each event is mounted at its beat and removed when the event is over, so sustained sounds are as long as their steps.
 * Another pattern is heard from the next cycle. Cycles are counted from where the surroundings begin.
 *
 * @example
 * ```tsx
 * <Cycle pattern="0 <3 5> 7 ~">{(step) => <Note def={pluck} pitch={60 + Number(step)} />}</Cycle>
 * ```
 *
 * @throws SuperColliderError `invalid-argument` with the column for a text that is no mini-notation, and for a word
 *   that `sounds` does not have.
 */
export function Cycle<Value = string>({
  pattern,
  beats = 4,
  sounds,
  seed,
  children,
  ...others
}: CycleProps<Value>): ReactNode {
  rejectUnknownProps('<Cycle>', others, ['pattern', 'beats', 'sounds', 'seed', 'children']);
  checkLength('<Cycle>: beats', beats);
  const { seed: ofRoot } = useScene('<Cycle>');
  const cycles = useMemo(
    () =>
      pattern instanceof Cycles
        ? pattern
        : (mini(pattern, { seed: seed ?? ofRoot }) as unknown as Cycles<Value>),
    [pattern, seed, ofRoot],
  );
  if (children !== undefined && typeof children !== 'function') {
    throw new SuperColliderError(
      'invalid-argument',
      '<Cycle> needs a function as its child, such as {(pitch) => <Note def="pluck" pitch={pitch} />}, or sounds.',
    );
  }
  const show = children ?? ((value: Value) => <Note def={soundOf(String(value), sounds)} />);
  const { scene, timeline } = useTimeline('<Cycle>');
  const beat = beatNow(scene, timeline);
  const hasBegun = beat >= 0;
  const pass = hasBegun ? Math.floor(beat / beats) : 0;
  useRenderAt(scene, timeline, hasBegun ? (pass + 1) * beats : 0);
  if (!hasBegun) return null;
  // What began in the cycle before may last into this one.
  return [pass - 1, pass]
    .filter((each) => each >= 0)
    .map((each) => (
      <Part
        key={`${each}@${timeline.generation}`}
        outer={timeline}
        start={each * beats}
        length={2 * beats}
        name={`<Cycle beats={${beats}}>`}
      >
        <Pass cycles={cycles} pass={each} beats={beats} show={show} />
      </Part>
    ));
}

interface PassProps<Value> {
  readonly cycles: Cycles<Value>;
  readonly pass: number;
  readonly beats: Beats;
  readonly show: (value: Value, event: CycleEvent<Value>) => ReactNode;
}

/** One cycle. It keeps the pattern that it began with. */
function Pass<Value>({ cycles, pass, beats, show }: PassProps<Value>): ReactNode {
  const [events] = useState(() => cycles.onsets(pass, pass + 1));
  return events.map((event, index) => {
    const { begin, end } = event.whole;
    const start = (begin.valueOf() - pass) * beats;
    const length = Math.min(end.minus(begin).valueOf() * beats, 2 * beats - start);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: The events of a pass never change.
      <At key={index} beat={start} length={length}>
        {show(event.value, event)}
      </At>
    );
  });
}

/** The definition of a word; `bd:3` is a `bd`. */
function soundOf(word: string, sounds: CycleProps['sounds']): Playable {
  const [name = word] = word.split(':');
  const sound =
    sounds &&
    (Object.hasOwn(sounds, word) ? sounds[word] : Object.hasOwn(sounds, name) ? sounds[name] : undefined);
  if (sound !== undefined) return sound;
  const names = Object.keys(sounds ?? {});
  const near = nearest(name, names);
  throw new SuperColliderError(
    'invalid-argument',
    `<Cycle>: the pattern has "${word}", which is not among its sounds. ${near === undefined ? '' : `Did you mean "${near}"? `}` +
      (names.length === 0
        ? `Give sounds={{ ${name}: definition }}, or a function as the child.`
        : `There are: ${names.join(', ')}.`),
  );
}

/**
 * Music from events: what `bind()` and other patterns of events give.
 */

import { type Key, type ReactNode, useContext, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { KeyContext } from '../hooks/keyContext.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { beatNow, checkLength, useTimeline } from '../hooks/useTimeline.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { Begins } from '../patterns/streams/context.js';
import type { EventKeys } from '../patterns/streams/event.js';
import type { NoteEvent } from '../patterns/streams/events.js';
import { lengthOf, type Slot, type SlotNote, SlotSource } from '../patterns/streams/slots.js';
import type { ControlValue } from '../scene/props.js';
import { firstGridPoint, PatternPlayer } from '../time/patternPlayer.js';
import type { Timeline } from '../time/timeline.js';
import type { Beats } from '../units.js';
import { isInstrument, noteOf, type Playable } from './instrument.js';
import { Limited } from './limited.js';
import { Synth } from './nodes.js';
import { type PatternPlace, usePlaces } from './patternPlace.js';
import { At, Open, type TimedItem } from './timed.js';

/** Props of a `<Pattern>` of events, such as `bind()` gives. */
export interface EventPatternProps {
  /** The events, which have their own beats. A pattern that is made in a render goes on at its beat. */
  readonly values: Begins<EventKeys>;
  /** The definition of the synths, or an instrument. @default the key `def` of the events */
  readonly def?: Playable | undefined;
  /** Seed of chance. @default the root's seed */
  readonly seed?: number | string | undefined;
  /** A pattern that is mounted late begins at the next multiple of this, in beats. @default 1 */
  readonly quant?: Beats | undefined;
  /** React's key; another key begins the pattern again. */
  readonly key?: Key | null | undefined;
  /** Renders one note in place of a `<Synth>`; it exists for the note's `sustain`. */
  readonly children?: ((note: NoteEvent, place: PatternPlace) => ReactNode) | undefined;
}

/** An item of an event pattern: what begins together, or the synth of a voice. */
interface EventItem extends TimedItem {
  readonly end: Beats;
  readonly notes: readonly SlotNote[];
  readonly slot: Slot;
  readonly place: Omit<PatternPlace, 'random'>;
}

/** A `<Pattern>` of events, or of other values of a stream, a beat each. */
export function EventPattern({
  values,
  def,
  seed,
  quant = 1,
  children,
  ...others
}: EventPatternProps): ReactNode {
  rejectUnknownProps('<Pattern>', others, ['values', 'def', 'seed', 'quant', 'repeat', 'children']);
  const { repeat = 1 } = others as { readonly repeat?: number };
  checkLength('<Pattern>: repeat', repeat);
  checkLength('<Pattern>: quant', quant);
  const { scene, timeline } = useTimeline('<Pattern>');
  const placeOf = usePlaces(scene);
  const scale = useContext(KeyContext);
  const [{ player, source, spans }] = useState(() => {
    const origin = timeline.isPart ? 0 : firstGridPoint(beatNow(scene, timeline), quant);
    const player = new PatternPlayer<Slot, readonly EventItem[]>(origin, itemsOf);
    return {
      player,
      source: new SlotSource(() => bpmNow(scene, timeline)),
      spans: new EventSpans(player),
    };
  });
  const controlsOf = (own: unknown) =>
    // A child may read any key.
    children ? undefined : controlNames((own as Playable | undefined) ?? def, scene);
  player.play({
    values: source.of(values, seed ?? scene.seed, controlsOf, scale ? { scale } : {}),
    every: source.stepOf,
    length: lengthOf,
    repeat,
    quant,
    end: timeline.length,
  });
  const show: Show<NoteEvent> =
    children ?? ((note: NoteEvent) => <Limited level={note.amp}>{synthOf(note, def, scene)}</Limited>);
  return (
    <Open
      spans={spans}
      content={children ?? def}
      nodeOf={(item) => contentOf(item, placeOf, show, children as Show<unknown> | undefined)}
    />
  );
}

type Show<Value> = (value: Value, place: PatternPlace) => ReactNode;

type PlaceOf = ReturnType<typeof usePlaces>;

function contentOf(
  { notes, slot, place, part }: EventItem,
  placeOf: PlaceOf,
  show: Show<NoteEvent>,
  showValue: Show<unknown> | undefined,
): ReactNode {
  if (!slot.notes) {
    if (showValue) return showValue(slot.value, placeOf(place));
    throw new SuperColliderError(
      'invalid-argument',
      `<Pattern>: values has ${String(slot.value)}, which is no event. Make events of the stream, such as ` +
        'bind({ midinote: stream }), or give <Pattern> a function as its child.',
    );
  }
  const [only] = notes;
  // What is as long as the item needs no `<At>` of its own.
  if (notes.length === 1 && only!.start === 0 && only!.length === part?.length)
    return show(only!.note, placeOf(place));
  return notes.map(({ start, length, note }, number) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: The notes of an item never change.
    <At key={number} beat={start} length={length}>
      {show(note, placeOf(place, number))}
    </At>
  ));
}

/** The items of a slot: one for its notes, and one for each voice, whose key is the same in the next slot. */
function itemsOf({
  index,
  pass,
  value: slot,
  start,
}: {
  readonly index: number;
  readonly pass: number;
  readonly value: Slot;
  readonly start: Beats;
}): readonly EventItem[] {
  const item = (key: string, length: Beats, notes: readonly SlotNote[]): EventItem => ({
    key,
    part: { start, length, name: '<Pattern>' },
    node: null,
    end: start + length,
    notes,
    slot,
    place: { beat: start, index, pass },
  });
  if (!slot.notes) return [item(String(index), slot.step, [])];
  const own = slot.notes.filter(({ voice }) => voice === undefined);
  const voices = slot.notes.filter(({ voice }) => voice !== undefined);
  return [
    ...(own.length > 0
      ? [item(String(index), Math.max(...own.map(({ start: from, length }) => from + length)), own)]
      : []),
    ...voices.map((each) => item(`voice ${each.voice}`, each.length, [each])),
  ];
}

/** The items of the open slots. Of two with one key the later one counts: the voice has gone on. */
class EventSpans {
  readonly #player: PatternPlayer<Slot, readonly EventItem[]>;
  #open: readonly EventItem[] = [];

  constructor(player: PatternPlayer<Slot, readonly EventItem[]>) {
    this.#player = player;
  }

  openAt(beat: Beats): readonly EventItem[] {
    const items = new Map<string, EventItem>();
    for (const item of this.#player.openAt(beat).flat()) if (item.end > beat) items.set(item.key, item);
    this.#open = [...items.values()];
    return this.#open;
  }

  nextChange(): Beats | undefined {
    const next = Math.min(
      this.#player.nextChange() ?? Number.POSITIVE_INFINITY,
      ...this.#open.map(({ end }) => end),
    );
    return Number.isFinite(next) ? next : undefined;
  }
}

/** The tempo, of which a `lag` in seconds is a part. */
function bpmNow(scene: SceneContext, timeline: Timeline): number {
  const beat = Math.max(0, beatNow(scene, timeline));
  const [from, to] = [timeline.timeOf(beat), timeline.timeOf(beat + 0.01)];
  return from !== undefined && to !== undefined && to > from ? 0.6 / (to - from) : 60;
}

/** Keys of a note that say when and for whom it is: controls only where the definition has them. */
const NO_CONTROLS = new Set(['beat', 'dur', 'sustain', 'midinote', 'voice', 'def']);

/** The names of a definition's controls; `undefined` for a definition that is not known here. */
function controlNames(def: Playable | undefined, scene: SceneContext): readonly string[] | undefined {
  if (isInstrument(def)) return def.controlNames;
  const known = def === undefined ? undefined : scene.definitionNamed(def);
  return known?.description.controls.map(({ name }) => name);
}

/** A synth with the keys of a note that its definition has as controls. */
function synthOf(note: NoteEvent, given: Playable | undefined, scene: SceneContext): ReactNode {
  const def = (note.def as Playable | undefined) ?? given;
  if (def === undefined) {
    throw new SuperColliderError(
      'invalid-argument',
      '<Pattern>: its events have no definition. Give it one, such as def={pluck}, give the events a key def, ' +
        'or give it a function as its child.',
    );
  }
  if (isInstrument(def)) {
    const keys = def.controlNames.filter((name) => note[name] !== undefined);
    const controls = Object.fromEntries(keys.map((name) => [name, note[name]]));
    return noteOf(def, undefined, note.velocity as number | undefined, { ...controls, freq: note.freq });
  }
  const known = controlNames(def, scene);
  const names = known
    ? known.filter((name) => name !== 'gate' && name !== 'beat' && note[name] !== undefined)
    : Object.keys(note).filter((name) => !NO_CONTROLS.has(name));
  const controls: Record<string, ControlValue> = {};
  for (const name of names) controls[name] = note[name] as ControlValue;
  if (known?.includes('note') && !known.includes('freq')) controls.note ??= note.midinote;
  return <Synth {...controls} def={def} />;
}

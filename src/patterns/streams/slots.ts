/** Events as a player takes them: those that begin together are one, and each takes time. */

import { SuperColliderError } from '../../errors.js';
import type { Beats } from '../../units.js';
import { BEGIN, type Begins, beginContext } from './context.js';
import { type EventKeys, endsVoice, isEvent, stepOf, voiceLengthOf, voiceOf } from './event.js';
import { type ControlNames, type NoteEvent, notesOf } from './events.js';
import { isSameRecipe, takeFunctions } from './recipe.js';

/** A note of a slot; its beats are counted from the beginning of the slot. */
export interface SlotNote {
  /** The key of the synth that a `mono` goes on with; `undefined` for a synth of its own. */
  readonly voice: string | undefined;
  /** Beats after the beginning of the slot. */
  readonly start: Beats;
  /** Beats that it sounds. */
  readonly length: Beats;
  /** The note, with its beat in the pattern. */
  readonly note: NoteEvent;
}

/** The events that begin at one beat, or another value of a stream. */
export interface Slot {
  /** The beat, counted from the beginning of the pattern. */
  readonly beat: Beats;
  /** Beats to the next slot. */
  readonly step: Beats;
  /** The value, where it is no event. */
  readonly value?: unknown;
  /** The notes of events; `undefined` for another value. */
  readonly notes: readonly SlotNote[] | undefined;
}

/** Events at one beat. A pattern whose durations are 0 would never go on. */
const MAX_EVENTS_AT_ONCE = 4096;

/** The least length of a note, in beats: an element of no length is an error. */
const SHORTEST: Beats = 0.001;

/** Beats that are closer are the same: sums of durations differ by roundings. */
const TOLERANCE: Beats = 1e-6;

export interface SlotsOptions {
  readonly seed: number | string;
  /** Beats a minute at this moment. */
  readonly bpm: () => number;
  /** The names of a definition's controls. */
  readonly controlsOf: ControlNames;
  /** Keys that each event has unless it says another one. */
  readonly keys: EventKeys;
  /** The beat from which on it is played. */
  readonly from: Beats;
}

/** The slots of a pattern one by one, as they are queried. */
export function* slots(pattern: Begins<unknown>, { from, ...options }: SlotsOptions): Generator<Slot, void> {
  let isFirst = from > 0;
  for (const slot of allSlots(pattern, options)) {
    if (slot.beat < from - TOLERANCE) continue;
    if (isFirst && slot.beat > from + TOLERANCE) yield { beat: from, step: slot.beat - from, notes: [] };
    isFirst = false;
    yield slot;
  }
}

function* allSlots(
  pattern: Begins<unknown>,
  { seed, bpm, controlsOf, keys }: Omit<SlotsOptions, 'from'>,
): Generator<Slot, void> {
  const context = beginContext(seed);
  const { now } = context;
  now.event = keys;
  const playing = pattern[BEGIN](context);
  /** The last notes of each voice, which sound on while the voice has a rest. */
  const held = new Map<number, readonly NoteEvent[]>();
  let notes: SlotNote[] = [];
  let count = 0;
  for (let next = playing.next(); !next.done; next = playing.next()) {
    const { value } = next;
    const step = stepOf(value);
    if (!isEvent(value)) yield { beat: now.beat, step, value, notes: undefined };
    else {
      if (++count > MAX_EVENTS_AT_ONCE) throw endless(now.beat);
      const voice = voiceOf(value);
      const sounding = notesOf(value, now.beat, bpm(), controlsOf);
      if (voice === undefined) notes.push(...sounding.map((note) => slotNote(note, now.beat)));
      else {
        if (sounding.length > 0) held.set(voice, sounding);
        const length = voiceLengthOf(value);
        for (const [index, note] of (held.get(voice) ?? []).entries())
          notes.push({ voice: `${voice}.${index}`, start: 0, length: Math.max(length, SHORTEST), note });
        if (endsVoice(value)) held.delete(voice);
      }
      if (step > 0) {
        yield { beat: now.beat, step, notes };
        notes = [];
        count = 0;
      }
    }
    now.beat += step;
  }
  if (notes.length > 0) yield { beat: now.beat, step: 1, notes };
}

const slotNote = (note: NoteEvent, beat: Beats): SlotNote => ({
  voice: undefined,
  start: Math.max(0, note.beat - beat),
  length: Math.max(SHORTEST, note.sustain),
  note,
});

const endless = (beat: Beats) =>
  new SuperColliderError(
    'invalid-time',
    `<Pattern>: its values have over ${MAX_EVENTS_AT_ONCE} events at beat ${beat}. Durations are to be over 0.`,
  );

/** Beats until all of a slot has ended. */
export const lengthOf = ({ step, notes }: Slot): Beats =>
  notes && notes.length > 0 ? Math.max(...notes.map(({ start, length }) => start + length)) : step;

/**
 * The slots of a pattern that a render may replace.
 *
 * A pattern that was made in the same way goes on, with the functions of the latest render. Another pattern goes on at
 * the beat up to which its predecessor was played. After a seek the player begins it again.
 */
export class SlotSource {
  #pattern: Begins<unknown> | undefined;
  #seed: number | string | undefined;
  #keys: EventKeys | undefined;
  #played: Beats = 0;
  #values: Iterable<Slot> = [];
  readonly #bpm: () => number;
  #controlsOf: ControlNames = () => undefined;

  /** @param bpm - Beats a minute at this moment. */
  constructor(bpm: () => number) {
    this.#bpm = bpm;
  }

  /** The slots of a pattern: the same iterable until the pattern or the seed is another one. */
  of(
    pattern: Begins<unknown>,
    seed: number | string,
    controlsOf: ControlNames,
    keys: EventKeys,
  ): Iterable<Slot> {
    this.#controlsOf = controlsOf;
    if (seed === this.#seed && isSameRecipe(this.#keys, keys) && isSameRecipe(this.#pattern, pattern))
      takeFunctions(this.#pattern, pattern);
    else {
      this.#pattern = pattern;
      this.#seed = seed;
      this.#keys = keys;
      let from = this.#played;
      this.#values = {
        [Symbol.iterator]: () => {
          const begun = slots(pattern, {
            ...{ seed, from, keys, bpm: this.#bpm },
            controlsOf: (def) => this.#controlsOf(def),
          });
          from = 0;
          return begun;
        },
      };
    }
    return this.#values;
  }

  /** Notes that a slot is being played, and returns its beats to the next one. */
  readonly stepOf = ({ beat, step }: Slot): Beats => {
    this.#played = beat + step;
    return step;
  };
}

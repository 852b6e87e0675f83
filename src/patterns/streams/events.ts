/** Events as they sound: a pattern's keys become notes with beats, frequencies and amplitudes. */

import { SuperColliderError } from '../../errors.js';
import type { Beats } from '../../units.js';
import { dbamp } from '../harmony/numbers.js';
import { BEGIN, type Begins, beginContext } from './context.js';
import { deltaOf, type EventKeys, isSilent, voiceLengthOf, voiceOf } from './event.js';
import { at, lift, type Numeric } from './lift.js';
import { pitchOf } from './pitch.js';
import { numberOf, Rest } from './rest.js';

/** One note. Keys that say no pitch or time of their own are as they were given, such as `cutoff`. */
export interface NoteEvent {
  /** The beat at which it begins. */
  readonly beat: Beats;
  /** Beats to the next event, by the key `dur`. */
  readonly dur: Beats;
  /** Beats that it sounds. */
  readonly sustain: Beats;
  /** Frequency in hertz. */
  readonly freq: number;
  /** MIDI note number. */
  readonly midinote: number;
  /** Amplitude. */
  readonly amp: number;
  /** Place between the left and the right. */
  readonly pan: number;
  /** Number of the synth of `mono` that has the note; none for a note with a synth of its own. */
  readonly voice?: number;
  /** Any other key. */
  readonly [name: string]: unknown;
}

/** The options of `events`. */
export interface EventsOptions {
  /** The beat before which events are wanted. Needed for a pattern without an end. @default all */
  readonly beats?: Beats | undefined;
  /** Seed of chance. @default 0 */
  readonly seed?: number | string | undefined;
  /** Beats a minute, which say how many beats a `lag` in seconds has. @default 60 */
  readonly bpm?: number | undefined;
}

/** Events that are made at once: a pattern without an end would otherwise take all memory. */
const MAX_EVENTS = 100_000;

/** Keys that become others, and so are none of a note. */
const READ = new Set([
  ...['degree', 'scale', 'root', 'octave', 'mtranspose', 'gtranspose', 'ctranspose', 'harmonic', 'detune'],
  ...['note', 'midinote', 'freq', 'stepsPerOctave', 'octaveRatio', 'dur', 'delta', 'stretch', 'legato'],
  ...['sustain', 'lag', 'timingOffset', 'strum', 'strumEndsTogether', 'amp', 'db', 'type', 'beat', 'voice'],
]);

/**
 * The notes of a pattern as plain values, by their beats.
 *
 * @example
 * events(bind({ degree: seq([0, 2, 4]), dur: 0.5 })).map(({ beat, midinote }) => [beat, midinote])
 * // [[0, 60], [0.5, 64], [1, 67]]
 *
 * @throws SuperColliderError `invalid-argument` for a pattern that has 100,000 events and goes on.
 */
export function events(
  pattern: Begins<EventKeys>,
  { beats = Number.POSITIVE_INFINITY, seed = 0, bpm = 60 }: EventsOptions = {},
): NoteEvent[] {
  const notes: NoteEvent[] = [];
  let count = 0;
  const context = beginContext(seed);
  const { now } = context;
  const playing = pattern[BEGIN](context);
  for (let next = playing.next(); !next.done && now.beat < beats; next = playing.next()) {
    if (++count > MAX_EVENTS) throw endless(now.beat);
    notes.push(...notesOf(next.value, now.beat, bpm));
    now.beat += deltaOf(next.value);
  }
  return notes.sort((a, b) => a.beat - b.beat);
}

const endless = (beat: Beats) =>
  new SuperColliderError(
    'invalid-argument',
    `events(): the pattern has over ${MAX_EVENTS} events up to beat ${beat}. ` +
      'Give it an end, such as { beats: 16 }. Durations are to be over 0.',
  );

/** The names of a definition's controls; `undefined` where they are not known. */
export type ControlNames = (def: unknown) => readonly string[] | undefined;

/**
 * The notes of one event at a beat; none for a rest.
 *
 * @param controlsOf - Only controls make chords, where they are known: a list for a function stays a list.
 */
export function notesOf(event: EventKeys, beat: Beats, bpm: number, controlsOf?: ControlNames): NoteEvent[] {
  if (isSilent(event)) return [];
  const key = (name: string, standard: Numeric) => (event[name] ?? standard) as Numeric;
  const voice = voiceOf(event);
  const dur = numberOf(event.dur ?? 1);
  const stretch = numberOf(event.stretch ?? 1);
  const { freq, midinote } = pitchOf(event);
  const sustain =
    voice === undefined
      ? key(
          'sustain',
          lift((part) => part! * dur * stretch, key('legato', 0.8)),
        )
      : voiceLengthOf(event);
  const offset = lift((lag, timing) => lag! * (bpm / 60) + timing!, key('lag', 0), key('timingOffset', 0));
  const others = Object.entries(event).filter(([name]) => !READ.has(name));
  const amp = key('amp', lift(dbamp, key('db', -20)));
  const strum = Number(event.strum ?? 0);
  const controls = controlsOf?.(event.def);
  const spreads = (name: string) => name === 'def' || name === 'pan' || (controls?.includes(name) ?? true);
  const spread: readonly unknown[] = [
    freq,
    amp,
    ...others.flatMap(([name, value]) => (spreads(name) ? [value] : [])),
    ...(strum === 0 ? [sustain, offset] : []),
  ];
  const chords = spread.filter(Array.isArray);
  if (chords.some(({ length }) => length === 0)) return [];
  const size = Math.max(1, ...chords.map(({ length }) => length));
  return Array.from({ length: size }, (_, index): NoteEvent => {
    const later = Math.abs(strum) * (strum < 0 ? size - 1 - index : index);
    const shorter = event.strumEndsTogether === true ? later : 0;
    // One object that grows: to merge several took three quarters of the time.
    const note: { -readonly [Key in keyof NoteEvent]: NoteEvent[Key] } = {
      beat: beat + (at(offset, index) as number) + later,
      dur,
      sustain: (at(sustain, index) as number) - shorter,
      freq: at(freq, index) as number,
      midinote: at(midinote, index) as number,
      amp: at(amp, index) as number,
      pan: 0,
    };
    for (const [name, value] of others) note[name] = spreads(name) ? at(value, index) : value;
    if (voice !== undefined) note.voice = voice;
    return note;
  }).filter((note) => !((note.freq as unknown) instanceof Rest));
}

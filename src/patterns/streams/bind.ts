/** Patterns of events: keys with streams, in sequence and at once. */

import type { Beats } from '../../units.js';
import { type Context, drawSeed, open, passes, type Values, withSeed } from './context.js';
import { deltaOf, ENDS_AFTER, type EventKeys, isSilent, silent, VOICE } from './event.js';
import { func } from './filters.js';
import type { Numeric } from './lift.js';
import type { List } from './lists.js';
import type { ScaleSteps } from './pitch.js';
import { Latest } from './recipe.js';
import { numberOf } from './rest.js';
import { Stream } from './stream.js';

/** A value for all events, a stream with one for each, or a function of the keys so far. */
export type KeyValues<T> = Values<T> | ((event: EventKeys, random: Context['random']) => T);

/** The keys of events, with sclang's names and meaning. An array is a chord, and `rest()` is silent. */
export interface BindKeys {
  /** Step of the scale; 0 is its root. A tenth is an accidental: 2.1 is a semitone above 2. @default 0 */
  readonly degree?: KeyValues<Numeric> | undefined;
  /** The scale: its steps in semitones, or what `scale()` gives. @default major */
  readonly scale?: KeyValues<readonly number[] | ScaleSteps> | undefined;
  /** Semitones from C to the root. @default 0 */
  readonly root?: KeyValues<Numeric> | undefined;
  /** Octave, where 5 begins at middle C. @default 5 */
  readonly octave?: KeyValues<Numeric> | undefined;
  /** Steps of the scale that are added. @default 0 */
  readonly mtranspose?: KeyValues<Numeric> | undefined;
  /** Steps of the tuning that are added. @default 0 */
  readonly gtranspose?: KeyValues<Numeric> | undefined;
  /** Semitones that are added. @default 0 */
  readonly ctranspose?: KeyValues<Numeric> | undefined;
  /** Factor of the frequency. @default 1 */
  readonly harmonic?: KeyValues<Numeric> | undefined;
  /** Hertz that are added. @default 0 */
  readonly detune?: KeyValues<Numeric> | undefined;
  /** Steps of the tuning above the root, instead of a degree. */
  readonly note?: KeyValues<Numeric> | undefined;
  /** MIDI note number, instead of a degree. */
  readonly midinote?: KeyValues<Numeric> | undefined;
  /** Frequency in hertz, instead of a degree. */
  readonly freq?: KeyValues<Numeric> | undefined;
  /** Beats to the next event. `rest(2)` is two beats of silence. @default 1 */
  readonly dur?: KeyValues<Numeric> | undefined;
  /** Factor of the durations. @default 1 */
  readonly stretch?: KeyValues<number> | undefined;
  /** The part of the duration that sounds; over 1 overlaps. @default 0.8 */
  readonly legato?: KeyValues<Numeric> | undefined;
  /** Beats that sound, instead of `legato`. */
  readonly sustain?: KeyValues<Numeric> | undefined;
  /** Seconds by which a note is later than its beat. @default 0 */
  readonly lag?: KeyValues<Numeric> | undefined;
  /** Beats by which a note is later than its beat. @default 0 */
  readonly timingOffset?: KeyValues<Numeric> | undefined;
  /** Beats from a note of a chord to the next; below 0 the last one is first. @default 0 */
  readonly strum?: KeyValues<number> | undefined;
  /** True ends all notes of a strummed chord at once. @default false */
  readonly strumEndsTogether?: KeyValues<boolean> | undefined;
  /** Amplitude. @default by `db` */
  readonly amp?: KeyValues<Numeric> | undefined;
  /** Amplitude in decibels. @default -20 */
  readonly db?: KeyValues<Numeric> | undefined;
  /** The definition of the synth, for `<Pattern>`. @default that of the element */
  readonly def?: KeyValues<unknown> | undefined;
  /** Place between the left, -1, and the right, 1. @default 0 */
  readonly pan?: KeyValues<Numeric> | undefined;
  /** Any other key is a control of the synth, or of use for other keys. */
  readonly [name: string]: unknown;
}

/** Keys whose functions a later render may replace. */
const latestOf = (keys: BindKeys): BindKeys =>
  Object.fromEntries(
    Object.entries(keys).map(([name, value]) => [
      name,
      typeof value === 'function' ? new Latest(value as () => unknown) : value,
    ]),
  );

function* bound(keys: BindKeys, context: Context, voice?: number): Generator<EventKeys, void> {
  const { now } = context;
  // Each key has chance of its own: a change of one leaves what is drawn for the others as it is.
  const seed = drawSeed(context);
  const names = Object.keys(keys).filter((name) => keys[name] !== undefined);
  const streams = names.map((name) => {
    const given = keys[name];
    const values =
      given instanceof Latest
        ? func((...all) => (given as Latest<(...all: unknown[]) => unknown>).call(...all))
        : given;
    return open(values, withSeed(context, `${seed}:${name}`));
  });
  for (;;) {
    const input = now.event;
    const event: Record<string | symbol, unknown> = { ...input };
    if (voice !== undefined) event[VOICE] = voice;
    now.event = event;
    try {
      for (const [index, stream] of streams.entries()) {
        const next = stream.next();
        if (next.done) return;
        event[names[index]!] = next.value;
      }
    } finally {
      now.event = input;
    }
    yield event;
  }
}

/**
 * Events whose keys have a stream each (sclang's `Pbind`). They end with the shortest of these streams.
 *
 * @example
 * bind({ degree: seq([0, 2, [0, 4, 7], rest()], 2), dur: 0.5, amp: white(0.05, 0.2) })
 */
export const bind = (keys: BindKeys): Stream<EventKeys> => {
  const latest = latestOf(keys);
  return new Stream((context) => bound(latest, context), ['bind', latest]);
};

/**
 * Events of one synth, whose controls change with each event (sclang's `Pmono`).
 *
 * The synth begins with the first event and is released when the last one is over.
 */
export const mono = (keys: BindKeys): Stream<EventKeys> => {
  const latest = latestOf(keys);
  return new Stream(
    (context) => {
      context.now.voices += 1;
      return bound(latest, context, context.now.voices);
    },
    ['mono', latest],
  );
};

/**
 * Events of one synth for as long as they are tied (sclang's `PmonoArtic`).
 *
 * An event whose `legato` is under 1 releases the synth, and the next one begins another. From 1 on, the next event
 * changes the controls.
 */
export const monoArtic = (keys: BindKeys): Stream<EventKeys> => {
  const latest = latestOf(keys);
  return new Stream((context) => articulated(latest, context), ['monoArtic', latest]);
};

function* articulated(keys: BindKeys, context: Context): Generator<EventKeys, void> {
  const { now } = context;
  let voice: number | undefined;
  for (const event of bound(keys, context)) {
    if (voice === undefined && !isSilent(event)) {
      now.voices += 1;
      voice = now.voices;
    }
    const { dur = 1, stretch = 1, legato = 0.8, sustain } = event;
    const length = numberOf(sustain ?? numberOf(legato) * numberOf(dur) * numberOf(stretch));
    const isTied = length >= deltaOf(event);
    const own = voice !== undefined && { [VOICE]: voice, ...(!isTied && { [ENDS_AFTER]: length }) };
    if (!isTied) voice = undefined;
    yield { ...event, ...own };
  }
}

/** Events with keys from several patterns (sclang's `Pchain`). The first pattern has the last word. */
export const chain = (...patterns: List<EventKeys>): Stream<EventKeys> =>
  new Stream(
    function* (context) {
      const { now } = context;
      const seed = drawSeed(context);
      const streams = patterns.map((each, index) => open(each, withSeed(context, `${seed}:${index}`)));
      for (;;) {
        const input = now.event;
        try {
          for (const stream of streams.toReversed()) {
            const next = stream.next();
            if (next.done) return;
            now.event = next.value;
          }
          const event = now.event;
          now.event = input;
          yield event;
        } finally {
          now.event = input;
        }
      }
    },
    ['chain', patterns],
  );

/** Patterns of events at once (sclang's `Ppar`), until the last one has ended. */
export const par = (patterns: List<EventKeys>, repeats = 1): Stream<EventKeys> =>
  tpar(
    patterns.map((pattern) => [0, pattern]),
    repeats,
  );

/**
 * Patterns of events at once, each from a beat of its own (sclang's `Ptpar`).
 *
 * @example
 * tpar([[0, melody], [8, bass]])
 */
export const tpar = (
  patterns: readonly (readonly [beat: Beats, pattern: Values<EventKeys>])[],
  repeats = 1,
): Stream<EventKeys> =>
  new Stream((context) => passes(repeats, () => atOnce(patterns, context)), ['par', patterns, repeats]);

function* atOnce(
  patterns: readonly (readonly [beat: Beats, pattern: Values<EventKeys>])[],
  context: Context,
): Generator<EventKeys, void> {
  const seed = drawSeed(context);
  const waiting = patterns.map(([time, pattern], index) => ({
    time,
    events: open(pattern, withSeed(context, `${seed}:${index}`)),
  }));
  // A later place in the list is a later one in time, where two are due together.
  const earliest = () =>
    waiting.reduce((first, each) => (each.time < first.time ? each : first), waiting[0]!);
  let now = 0;
  while (waiting.length > 0) {
    const next = earliest();
    if (next.time > now) {
      yield silent(next.time - now, context.now.event);
      now = next.time;
    }
    const event = next.events.next();
    waiting.splice(waiting.indexOf(next), 1);
    if (event.done) continue;
    next.time = now + deltaOf(event.value);
    waiting.push(next);
    const then = earliest().time;
    yield { ...event.value, delta: then - now };
    now = then;
  }
}

import type { Beats } from '../../units.js';
import { numberOf, Rest } from './rest.js';

/** The keys of one event, as a pattern of events gives them. */
export type EventKeys = Readonly<Record<string, unknown>>;

/** The key of the voice that an event of `mono` belongs to. */
export const VOICE = Symbol('voice');

/** The key of the beats for which a voice sounds, where it ends before the next event. */
export const ENDS_AFTER = Symbol('ends after');

/** Beats for which an event of a voice sounds: to the next event, or to an end of its own. */
export function voiceLengthOf(event: EventKeys): Beats {
  const length = numberOf(event.dur ?? 1) * numberOf(event.stretch ?? 1);
  return Math.min(length, (event as { readonly [ENDS_AFTER]?: Beats })[ENDS_AFTER] ?? length);
}

/** True for an event after which the synth of its voice is released. */
export const endsVoice = (event: EventKeys): boolean => ENDS_AFTER in event;

/** The number of an event's voice; `undefined` for an event with synths of its own. */
export const voiceOf = (event: EventKeys): number | undefined =>
  (event as { readonly [VOICE]?: number })[VOICE];

/** Beats from an event to the next one. */
export function deltaOf({ delta, dur = 1, stretch = 1 }: EventKeys): Beats {
  return delta === undefined ? numberOf(dur) * numberOf(stretch) : numberOf(delta);
}

/** An event that only takes time. */
export const silent = (delta: Beats, event: EventKeys): EventKeys => ({
  ...event,
  dur: new Rest(delta),
  delta,
});

/** True for an event without a sound: one of its values is a rest. */
export const isSilent = (event: EventKeys): boolean =>
  event.type === 'rest' || Object.values(event).some((value) => value instanceof Rest);

/** True for an event, and false for another value of a stream, such as a number or a chord. */
export const isEvent = (value: unknown): value is EventKeys =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Rest);

/** Beats from a value of any stream to the next one: a beat where it is no event. */
export const stepOf = (value: unknown): Beats => (isEvent(value) ? deltaOf(value) : 1);

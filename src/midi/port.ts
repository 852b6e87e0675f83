/**
 * MIDI as it goes out: the bytes of messages, and where they go.
 *
 * @see https://midi.org/summary-of-midi-1-0-messages
 */

import { SuperColliderError } from '../errors.js';
import type { UnixTime } from '../units.js';

/** A place that MIDI messages go to: what `openMidiOutput` or `webMidiOutput` gave, or your own. */
export interface MidiPort {
  /**
   * Sends a message at a time.
   *
   * @param time - Seconds since 1970 on the steady clock: `(performance.timeOrigin + performance.now()) / 1000`.
   *   @default at once
   */
  send(bytes: readonly number[], time?: UnixTime): void;
}

/** A message of a channel that goes out; channels count from 1. */
export type MidiMessage =
  | {
      readonly type: 'note on';
      /** MIDI note number, 60 for middle C. */
      readonly note: number;
      /** 0 to 1. @default 0.8 */
      readonly velocity?: number | undefined;
      /** @default 1 */
      readonly channel?: number | undefined;
    }
  | {
      readonly type: 'note off';
      readonly note: number;
      /** Speed of the release, 0 to 1. @default 0.5 */
      readonly velocity?: number | undefined;
      readonly channel?: number | undefined;
    }
  | {
      readonly type: 'control';
      /** Number of the controller, 0 to 127. */
      readonly control: number;
      /** 0 to 1. */
      readonly value: number;
      readonly channel?: number | undefined;
    }
  | {
      readonly type: 'pitch bend';
      /** -1 to 1. */
      readonly value: number;
      readonly channel?: number | undefined;
    }
  | {
      readonly type: 'pressure';
      /** 0 to 1, for the channel. */
      readonly value: number;
      readonly channel?: number | undefined;
    }
  | {
      readonly type: 'program';
      /** 0 to 127. */
      readonly program: number;
      readonly channel?: number | undefined;
    };

/** Messages of the system that keep two machines together. */
export const CLOCK = 0xf8;
export const START = 0xfa;
export const CONTINUE = 0xfb;
export const STOP = 0xfc;
export const SONG_POSITION = 0xf2;

/** Ticks of the clock in a beat. */
export const TICKS_PER_BEAT = 24;
/** Ticks of the clock in a step of the song position, a sixteenth. */
export const TICKS_PER_STEP = 6;

/** The song position of a number of sixteenths. */
export const songPosition = (steps: number): readonly number[] => [
  SONG_POSITION,
  steps & 127,
  (steps >> 7) & 127,
];

/**
 * The bytes of a message.
 *
 * @throws SuperColliderError `invalid-argument` for a value outside its range.
 */
export function midiBytes(message: MidiMessage): readonly number[] {
  const channel = whole('channel', message.channel ?? 1, 1, 16) - 1;
  switch (message.type) {
    case 'note on':
      // Velocity 0 would end the note.
      return [0x90 | channel, note(message.note), Math.max(1, seven('velocity', message.velocity ?? 0.8))];
    case 'note off':
      return [0x80 | channel, note(message.note), seven('velocity', message.velocity ?? 0.5)];
    case 'control':
      return [0xb0 | channel, whole('control', message.control, 0, 127), seven('value', message.value)];
    case 'pressure':
      return [0xd0 | channel, seven('value', message.value)];
    case 'program':
      return [0xc0 | channel, whole('program', message.program, 0, 127)];
    case 'pitch bend': {
      const value = inRange('value', message.value, -1, 1);
      const bend = 8192 + Math.round(value * (value < 0 ? 8192 : 8191));
      return [0xe0 | channel, bend & 127, bend >> 7];
    }
    default:
      throw invalid(`there is no message ${JSON.stringify((message as { type: unknown }).type)}`);
  }
}

const note = (given: number): number => whole('note', Math.round(given), 0, 127);
const seven = (name: string, value: number): number => Math.round(inRange(name, value, 0, 1) * 127);

function whole(name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value)) return inRange(name, value, low, high);
  throw invalid(`${name} is ${value}. It is a whole number from ${low} to ${high}.`);
}

function inRange(name: string, value: number, low: number, high: number): number {
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw invalid(`${name} is ${value}. It is a number from ${low} to ${high}.`);
}

const invalid = (problem: string) => new SuperColliderError('invalid-argument', `MIDI: ${problem}`);

/** As much of a browser's `MIDIOutput` as is needed here. */
export interface WebMidiOutput {
  /** Sends a message at a time of `performance.now()`. */
  send(bytes: number[], timestamp?: number): void;
}

/**
 * An output of a browser: `webMidiOutput([...(await navigator.requestMIDIAccess()).outputs.values()][0])`. The browser
 * itself sends each message at its time.
 */
export const webMidiOutput = (output: WebMidiOutput): MidiPort => ({
  send: (bytes, time) =>
    output.send([...bytes], time === undefined ? undefined : time * 1000 - performance.timeOrigin),
});

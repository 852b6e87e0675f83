/**
 * Pitches as one writes them: MIDI note numbers, and names such as `C4`, `F#3`, `Bb2`.
 */

import { SuperColliderError } from '../errors.js';
import type { Hertz } from '../units.js';

/** A MIDI note number, 60 for middle C and fractions for what lies between, or a name such as `'C#4'`. */
export type NotePitch = number | string;

const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/**
 * The MIDI note number of a pitch: `midiNote('C4')` is 60, `midiNote('Bb3')` 58.
 *
 * @throws SuperColliderError `invalid-argument` for what is no pitch.
 */
export const midiNote = (pitch: NotePitch): number => readPitch(pitch);

/** @param what - The place of the pitch, for the error. */
export function readPitch(pitch: NotePitch, what?: string): number {
  if (typeof pitch === 'number') {
    if (Number.isFinite(pitch)) return pitch;
  } else {
    const name = /^([A-Ga-g])([#♯b♭]*)(-?\d+)$/.exec(String(pitch));
    if (name) {
      const [, letter, accidentals, octave] = name;
      const shift = [...accidentals!].reduce((sum, sign) => sum + ('#♯'.includes(sign) ? 1 : -1), 0);
      return 12 * (Number(octave) + 1) + SEMITONES[letter!.toUpperCase()]! + shift;
    }
  }
  const given = typeof pitch === 'string' ? JSON.stringify(pitch) : String(pitch);
  throw new SuperColliderError(
    'invalid-argument',
    `${what === undefined ? `${given} is no pitch` : `${what} is ${given}`}. It is a MIDI ` +
      'note number such as 60, or a name such as "C4", "F#3" or "Bb2".',
  );
}

/** The frequency of a pitch in equal temperament: 440 Hz for `'A4'`, or whatever `a4` says. */
export const pitchToHertz = (pitch: NotePitch, a4: Hertz = 440): Hertz =>
  a4 * 2 ** ((midiNote(pitch) - 69) / 12);

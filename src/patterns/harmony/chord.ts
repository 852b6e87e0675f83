import { SuperColliderError } from '../../errors.js';
import { midiNote } from '../../time/pitch.js';
import { semitonesOf } from './interval.js';
import { Chord } from './tonal.js';

/** The options of `chord`. */
export interface ChordOptions {
  /** The octave of the root, 4 from middle C. @default 4 */
  readonly octave?: number;
  /** Notes that are moved up an octave, the lowest first. @default 0 */
  readonly inversion?: number;
}

/**
 * The notes of a chord as MIDI note numbers: `chord('Cm7')` is `[60, 63, 67, 70]`.
 *
 * @param name - The root and the kind, and another bass if wanted: `F`, `Ebmaj7`, `C/E`.
 * @throws SuperColliderError `invalid-argument` for an unknown chord, and a name without a root.
 */
export function chord(name: string, { octave = 4, inversion = 0 }: ChordOptions = {}): number[] {
  const { empty, tonic, intervals } = Chord.get(name);
  if (empty || !tonic) {
    throw new SuperColliderError(
      'invalid-argument',
      `chord(): ${JSON.stringify(name)} is no chord. It is a root and a kind, such as "Cm7", "F#" or "Ebmaj7".`,
    );
  }
  const root = midiNote(`${tonic}${octave}`);
  return invert(
    intervals.map((interval) => root + semitonesOf(interval)),
    inversion,
  );
}

/** The notes with so many of them moved by an octave: the lowest ones up, or the highest ones down below 0. */
export function invert(notes: readonly number[], times: number): number[] {
  const moved = [...notes];
  for (let count = 0; count < Math.abs(times) && moved.length > 0; count++) {
    if (times > 0) moved.push(moved.shift()! + 12);
    else moved.unshift(moved.pop()! - 12);
  }
  return moved;
}

/** The order of the notes of an arpeggio. */
export type ArpeggioOrder = 'up' | 'down' | 'upDown';

/**
 * The notes of a chord one by one, for `seq`.
 *
 * @param order - `upDown` turns around without repeating the ends. @default 'up'
 * @param octaves - Octaves that the notes go through. @default 1
 */
export function arpeggio(notes: readonly number[], order: ArpeggioOrder = 'up', octaves = 1): number[] {
  const up = Array.from({ length: octaves }, (_, octave) => notes.map((note) => note + 12 * octave)).flat();
  if (order === 'up') return up;
  if (order === 'down') return up.reverse();
  return [...up, ...up.slice(1, -1).reverse()];
}

import { degreeToKey } from '../harmony/degree.js';
import { cpsmidi, midicps } from '../harmony/numbers.js';
import type { EventKeys } from './event.js';
import { lift, type Numeric } from './lift.js';

/** A scale as its steps in semitones. */
export interface ScaleSteps {
  /** Semitones of the steps above the root, without the octave. */
  readonly steps: readonly number[];
  /** Semitones from C to the root. @default 0 */
  readonly root?: number | undefined;
  /** The size of the octave in the unit of the steps. @default 12 */
  readonly stepsPerOctave?: number | undefined;
  /** The ratio of frequencies of an octave. @default 2 */
  readonly octaveRatio?: number | undefined;
}

/** The scale without another one. */
export const MAJOR: ScaleSteps = { steps: [0, 2, 4, 5, 7, 9, 11] };

/** The pitch of an event: the frequency is with `detune`, the note number without. */
export function pitchOf(event: EventKeys): { readonly freq: Numeric; readonly midinote: Numeric } {
  const number = (name: string, standard: number) => (event[name] ?? standard) as Numeric;
  const detune = number('detune', 0);
  if (event.freq !== undefined) {
    const freq = lift((hertz, by) => hertz! + by!, event.freq as Numeric, detune);
    return { freq, midinote: (event.midinote as Numeric | undefined) ?? lift(cpsmidi, freq) };
  }
  const midinote = (event.midinote as Numeric | undefined) ?? midinoteOf(event, number);
  const freq = lift(
    (note, transpose, harmonic, by) => midicps(note! + transpose!) * harmonic! + by!,
    midinote,
    number('ctranspose', 0),
    number('harmonic', 1),
    detune,
  );
  return { freq, midinote };
}

function midinoteOf(event: EventKeys, number: (name: string, standard: number) => Numeric): Numeric {
  const given = event.scale as readonly number[] | ScaleSteps | undefined;
  const scale = given === undefined ? MAJOR : 'steps' in given ? given : { steps: given };
  const { steps, root = 0 } = scale;
  const stepsPerOctave = scale.stepsPerOctave ?? (event.stepsPerOctave as number | undefined) ?? 12;
  const octaveRatio = scale.octaveRatio ?? (event.octaveRatio as number | undefined) ?? 2;
  const note =
    (event.note as Numeric | undefined) ??
    lift(
      (degree, transpose) => degreeToKey(degree! + transpose!, steps, stepsPerOctave),
      number('degree', 0),
      number('mtranspose', 0),
    );
  return lift(
    (key, transpose, base, octave) =>
      ((key! + transpose! + base! + root) / stepsPerOctave + octave! - 5) * 12 * Math.log2(octaveRatio) + 60,
    note,
    number('gtranspose', 0),
    number('root', 0),
    number('octave', 5),
  );
}

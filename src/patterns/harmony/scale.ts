import { nearest, SuperColliderError } from '../../errors.js';
import { midiNote } from '../../time/pitch.js';
import { degreeToKey } from './degree.js';
import { semitonesOf } from './interval.js';
import { midicps } from './numbers.js';
import { Scale as Scales } from './tonal.js';
import { equal, type Tuning } from './tuning.js';

/** A scale with a root, for `bind({ scale, degree })` and for degrees one by one. */
export class Scale {
  /** Its name, such as `D dorian`. */
  readonly name: string;
  /** Semitones of the steps above the root, by the tuning. */
  readonly steps: readonly number[];
  /** Semitones from middle C to the root. */
  readonly root: number;
  /** Semitones of the octave. */
  readonly stepsPerOctave: number;
  /** The ratio of frequencies of the octave. */
  readonly octaveRatio: number;

  /** @internal */
  constructor(name: string, steps: readonly number[], root: number, tuning: Tuning) {
    this.name = name;
    this.steps = steps;
    this.root = root;
    this.stepsPerOctave = tuning.stepsPerOctave;
    this.octaveRatio = tuning.octaveRatio;
  }

  /** The MIDI note number of a step, 0 for the root. A tenth is an accidental: 2.1 is a semitone above 2. */
  midi(degree: number): number {
    return 60 + this.root + degreeToKey(degree, this.steps, this.stepsPerOctave);
  }

  /** The frequency of a step. */
  hertz(degree: number): number {
    return midicps(this.midi(degree));
  }
}

/**
 * A scale by its name: `scale('D dorian')`, `scale('minor')` from C, `scale('A2 minor pentatonic')`.
 *
 * @param tuning - Twelve steps to choose from. @default equal steps
 * @throws SuperColliderError `invalid-argument` for an unknown name, and a tuning of another size.
 */
export function scale(name: string, tuning: Tuning = equal(12)): Scale {
  const { empty, intervals, tonic, type } = Scales.get(name);
  if (empty) {
    const near = nearest(name.replace(/^[A-G][#b]*-?\d*\s+/i, '').toLowerCase(), Scales.names());
    throw new SuperColliderError(
      'invalid-argument',
      `scale(): ${JSON.stringify(name)} is no scale.${near === undefined ? '' : ` Did you mean "${near}"?`} ` +
        'It is a name such as "D dorian", "minor" or "A2 minor pentatonic".',
    );
  }
  if (tuning.steps.length !== 12) {
    throw new SuperColliderError(
      'invalid-argument',
      `scale(): the tuning has ${tuning.steps.length} steps, and ${name} chooses from 12. ` +
        'The tuning is a scale itself: bind({ scale: tuning }).',
    );
  }
  const root = tonic ? midiNote(/\d$/.test(tonic) ? tonic : `${tonic}4`) - 60 : 0;
  const steps = intervals.map((interval) => tuning.steps[semitonesOf(interval)]!);
  return new Scale(tonic ? `${tonic} ${type}` : type, steps, root, tuning);
}

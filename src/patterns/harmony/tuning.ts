/** Tunings: the steps of an octave, or of another interval that repeats. */

import { SuperColliderError } from '../../errors.js';
import { ratiomidi } from './numbers.js';

/** The steps of an octave in semitones. It is a scale too: `bind({ scale: equal(19), degree: … })`. */
export interface Tuning {
  /** Its name, for people. */
  readonly name: string;
  /** Semitones of the steps above the root, without the octave. */
  readonly steps: readonly number[];
  /** Semitones of the octave. */
  readonly stepsPerOctave: number;
  /** The ratio of frequencies of the octave. */
  readonly octaveRatio: number;
}

const tuningOf = (name: string, steps: readonly number[], octaveRatio: number): Tuning => ({
  name,
  steps,
  stepsPerOctave: ratiomidi(octaveRatio),
  octaveRatio,
});

/**
 * A tuning of equal steps.
 *
 * @param octaveRatio - The interval that is divided: 2 for an octave, 3 for Bohlen-Pierce. @default 2
 */
export function equal(steps: number, octaveRatio = 2): Tuning {
  if (!(Number.isInteger(steps) && steps > 0 && octaveRatio > 1)) {
    throw new SuperColliderError(
      'invalid-argument',
      `equal(): ${steps} steps of a ratio of ${octaveRatio}. It takes a whole number of steps over 0 and a ratio over 1.`,
    );
  }
  const size = ratiomidi(octaveRatio) / steps;
  return tuningOf(
    `${steps} equal steps`,
    Array.from({ length: steps }, (_, step) => step * size),
    octaveRatio,
  );
}

const JUST = [1, 16 / 15, 9 / 8, 6 / 5, 5 / 4, 4 / 3, 45 / 32, 3 / 2, 8 / 5, 5 / 3, 9 / 5, 15 / 8];

/** Twelve steps in just intonation, sclang's `\just`. */
export const just: Tuning = tuningOf('just intonation', JUST.map(ratiomidi), 2);

/**
 * The tuning of a Scala file (`.scl`).
 *
 * @param text - The content of the file.
 * @throws SuperColliderError `invalid-argument` with the line for what is no such file.
 * @see https://www.huygens-fokker.org/scala/scl_format.html
 */
export function scala(text: string): Tuning {
  const lines = text
    .split(/\r?\n/)
    .map((content, index) => ({ content: content.trim(), number: index + 1 }))
    .filter(({ content }) => !content.startsWith('!'));
  const [description, size, ...rest] = lines;
  const count = /^\d+/.exec(size?.content ?? '')?.[0];
  if (description === undefined || count === undefined || Number(count) === 0)
    throw invalid(
      size?.number ?? lines.length + 1,
      'The second line that is no comment has the number of notes.',
    );
  const pitches = rest.slice(0, Number(count)).map(({ content, number }) => readPitch(content, number));
  if (pitches.length < Number(count))
    throw invalid(text.split(/\r?\n/).length, `The file has ${pitches.length} of ${count} notes.`);
  const octave = pitches.at(-1)!;
  if (!(octave > 0))
    throw invalid(rest[pitches.length - 1]!.number, 'The last note is the octave, over 1/1.');
  return tuningOf(description.content || 'a Scala file', [0, ...pitches.slice(0, -1)], 2 ** (octave / 12));
}

/** Semitones: cents have a point, all others are ratios. Text after a pitch is a remark. */
function readPitch(content: string, line: number): number {
  const cents = /^-?\d*\.\d*(?=\s|$)/.exec(content)?.[0];
  if (cents !== undefined && /\d/.test(cents)) return Number(cents) / 100;
  const ratio = /^(\d+)(?:\/(\d+))?(?=\s|$)/.exec(content);
  const [, over = '0', under = '1'] = ratio ?? [];
  if (Number(over) > 0 && Number(under) > 0) return ratiomidi(Number(over) / Number(under));
  throw invalid(line, `${JSON.stringify(content)} is no pitch, such as 3/2 or 701.955.`);
}

const invalid = (line: number, problem: string) =>
  new SuperColliderError('invalid-argument', `scala(): line ${line}: ${problem}`);

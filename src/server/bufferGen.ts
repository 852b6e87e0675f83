/**
 * Arguments of the routines that fill buffers with waves.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html (Buffer Fill Commands)
 */

import { SuperColliderError } from '../errors.js';

/** Flags of a `/b_gen` routine. */
export interface GenFlags {
  /** Scales the peak to 1. @default true */
  readonly normalize?: boolean | undefined;
  /** Writes it as a wavetable, for `Osc` and its like; the buffer is twice as long then. @default true */
  readonly wavetable?: boolean | undefined;
  /** Starts from silence, else what is there stays below. @default true */
  readonly clear?: boolean | undefined;
}

/** Numbers of one partial: amplitudes; frequency and amplitude; frequency, amplitude and phase. */
const NUMBERS_PER_PARTIAL = { sine1: 1, sine2: 2, sine3: 3, cheby: 1 } as const;

/** @throws SuperColliderError `invalid-argument` when a partial is not complete. */
export function genArguments(
  routine: keyof typeof NUMBERS_PER_PARTIAL,
  values: readonly number[],
  { normalize = true, wavetable = true, clear = true }: GenFlags,
  what: string,
): readonly number[] {
  const each = NUMBERS_PER_PARTIAL[routine];
  if (values.length % each !== 0) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what}: ${routine} takes ${each} numbers for each partial, and was given ${values.length}.`,
    );
  }
  return [(normalize ? 1 : 0) + (wavetable ? 2 : 0) + (clear ? 4 : 0), ...values];
}

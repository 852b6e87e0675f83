/**
 * Bars: how beats are counted in groups.
 */

import { SuperColliderError } from '../errors.js';
import type { Beats } from '../units.js';

/** `'4/4'`, `'7/8'`: so many notes of such a part of a whole note. A beat is a quarter note. */
export type Meter = `${number}/${number}`;

/** The bar of a beat, and the beat's place in it. */
export interface BarPosition {
  /** Counts from 0. */
  readonly bar: number;
  /** Beats since the bar began. */
  readonly beatInBar: Beats;
}

/**
 * Length of a bar in beats: `beatsPerBar('7/8')` is 3.5.
 *
 * @throws SuperColliderError `invalid-time` for what is no meter.
 */
export function beatsPerBar(meter: Meter): Beats {
  const [count, unit] = meter.split('/').map(Number);
  if (!(Number.isInteger(count) && count! > 0 && Number.isInteger(Math.log2(unit!)))) {
    throw new SuperColliderError(
      'invalid-time',
      `A meter is written as "4/4" or "7/8", with 1, 2, 4, 8, … below; "${meter}" is none.`,
    );
  }
  return (count! * 4) / unit!;
}

/** A beat a millionth short of a bar line is on it: beats are sums of fractions. */
const TOLERANCE: Beats = 1e-6;

/**
 * The bar that a beat is in, and the beats since that bar began.
 *
 * @throws SuperColliderError `invalid-time` for an invalid meter.
 */
export function barPosition(meter: Meter, beat: Beats): BarPosition {
  const length = beatsPerBar(meter);
  const bar = Math.floor(beat / length + TOLERANCE);
  return { bar, beatInBar: Math.max(0, beat - bar * length) };
}

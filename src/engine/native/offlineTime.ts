/**
 * Timetags with which a server carries out a bundle of a score on its very sample.
 *
 * Both programs count time in control periods, and neither as one would think:
 *
 * - scsynth adds up the length of a period cut off to 2^-32 s. After ten minutes its clock is late by 0.3 samples at
 *   48 kHz and by 2.6 at 44.1 kHz. A bundle exactly on the edge of a period comes in the period before, one sample
 *   early. (`World_NonRealTimeSynthesis` in SC_World.cpp, and measured.)
 * - supernova 3.13 is a period late, except at time 0, and cuts off fractions of samples. (Measured. Within the first
 *   period it moves a bundle to the period's beginning or end.)
 */

import type { Timetag } from '../../osc/timetag.js';
import type { Seconds } from '../../units.js';
import type { NativeProgram } from './find.js';

export interface PeriodClock {
  readonly sampleRate: number;
  /** Samples in a control period. */
  readonly blockSize: number;
}

const UNITS = 2 ** 32;

/** A quarter of a sample keeps away from edges, and is rounded or cut off. */
const INTO_SAMPLE = 0.25;

/** The timetag for the sample that is nearest to a moment. */
export function timetagFor(program: NativeProgram, time: Seconds, clock: PeriodClock): Timetag {
  const frame = Math.round(time * clock.sampleRate);
  return fromUnits(program === 'scsynth' ? scsynthUnits(frame, clock) : supernovaUnits(frame, clock));
}

function scsynthUnits(frame: number, { sampleRate, blockSize }: PeriodClock): number {
  if (frame === 0) return 0;
  const samplesPerUnit = sampleRate * (1 / UNITS);
  const period = Math.trunc(blockSize / samplesPerUnit);
  const block = Math.floor(frame / blockSize);
  return block * period + Math.round((frame - block * blockSize + INTO_SAMPLE) / samplesPerUnit);
}

function supernovaUnits(frame: number, { sampleRate, blockSize }: PeriodClock): number {
  if (frame < blockSize / 2) return 0;
  return Math.round(((Math.max(0, frame - blockSize) + INTO_SAMPLE) / sampleRate) * UNITS);
}

const fromUnits = (units: number): Timetag => [Math.floor(units / UNITS), units % UNITS];

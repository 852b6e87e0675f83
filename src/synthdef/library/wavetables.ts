/** Tables for the definition `wavetable`. */

import { SuperColliderError } from '../../errors.js';

/** Frames of a table. */
const FRAMES = 2048;

/**
 * Wavetables of harmonics, for a buffer that `wavetable` plays.
 *
 * @param tables - The amplitudes of the harmonics of each table, from the fundamental on. Each table is scaled to a peak of 1.
 * @returns 2048 frames for each table, one after another.
 * @throws SuperColliderError `invalid-argument` for no tables, and for a table without a harmonic that is a number other
 *   than 0.
 * @example
 * ```tsx
 * const shapes = wavetables([[1], [1, 0.5, 0.33, 0.25], [1, 0, 0.33, 0, 0.2]]); // outside of the component
 * const buffer = useBuffer({ data: shapes });
 * <Synth def={wavetable} buf={buffer} position={lfo('sine', { rate: 0.1, range: [0, 1] })} />
 * ```
 */
export function wavetables(tables: readonly (readonly number[])[]): Float32Array {
  if (tables.length === 0)
    throw new SuperColliderError(
      'invalid-argument',
      'wavetables needs a table: wavetables([[1], [1, 0.5, 0.33]]).',
    );
  const data = new Float32Array(tables.length * FRAMES);
  for (const [place, harmonics] of tables.entries()) {
    if (!harmonics.some((each) => each !== 0) || !harmonics.every(Number.isFinite)) {
      throw new SuperColliderError(
        'invalid-argument',
        `wavetables: table ${place} is [${harmonics.join(', ')}]. It has the amplitudes of harmonics, and not all are 0.`,
      );
    }
    const table = data.subarray(place * FRAMES, (place + 1) * FRAMES);
    for (const [index, amplitude] of harmonics.entries()) {
      const step = (2 * Math.PI * (index + 1)) / FRAMES;
      for (let frame = 0; frame < FRAMES; frame++) table[frame]! += amplitude * Math.sin(step * frame);
    }
    const peak = table.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    for (let frame = 0; frame < FRAMES; frame++) table[frame]! /= peak;
  }
  return data;
}

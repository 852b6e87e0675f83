import { euclidean } from '../../time/euclidean.js';
import type { Query } from './event.js';
import { Fraction } from './fraction.js';
import { timeCatQueries } from './join.js';

/**
 * A pattern at each pulse of a Euclidean rhythm.
 *
 * Patterns of amounts meet in any combination, so pulses beyond the steps are all steps and no error.
 *
 * Rhythms are those of `euclidean`: (5, 8) is x·xx·xx·, as in Toussaint's and Tidal's tables.
 *
 * @param pulses - Whole; below 0 for the steps between the pulses.
 * @param steps - Whole, at least 1.
 * @param rotation - Whole; steps by which the rhythm begins later in itself.
 */
export function atPulses<T>(query: Query<T>, pulses: number, steps: number, rotation: number): Query<T> {
  const isInverted = pulses < 0;
  const rhythm = euclidean(Math.min(Math.abs(pulses), steps), steps, rotation);
  return timeCatQueries(
    rhythm.map((isPulse) => ({ weight: Fraction.one, query: isPulse === isInverted ? undefined : query })),
  );
}

import { SuperColliderError } from '../errors.js';

/**
 * As many pulses as possible evenly among steps: `euclidean(3, 8)` is x··x··x·.
 *
 * @param rotation - Steps by which the pattern begins later in itself. @default 0
 * @throws SuperColliderError `invalid-argument` unless 0 ≤ pulses ≤ steps, all whole.
 * @see Toussaint, The Euclidean Algorithm Generates Traditional Musical Rhythms (2005)
 */
export function euclidean(pulses: number, steps: number, rotation = 0): boolean[] {
  const areWhole = [pulses, steps, rotation].every(Number.isInteger);
  if (!(areWhole && steps >= 1 && pulses >= 0 && pulses <= steps)) {
    throw new SuperColliderError(
      'invalid-argument',
      `euclidean(${pulses}, ${steps}, ${rotation}): whole numbers, from 0 to so many pulses as there are steps.`,
    );
  }
  // Step i has a pulse where i · pulses / steps passes a whole number, counted so that step 0 has one.
  return Array.from({ length: steps }, (_, index) => {
    const step = (((index + rotation) % steps) + steps) % steps;
    return (step * pulses) % steps < pulses;
  });
}

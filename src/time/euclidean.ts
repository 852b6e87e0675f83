import { SuperColliderError } from '../errors.js';

/**
 * As many pulses as possible evenly among steps: `euclidean(3, 8)` is x··x··x·, and
 * `euclidean(5, 8)` is x·xx·xx·.
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
  const rhythm = distribute(pulses, steps);
  return rhythm.map((_, index) => rhythm[(((index + rotation) % steps) + steps) % steps]!);
}

/** Begins with one group for each step, and appends what is left over to the groups in front until it is one at most. */
function distribute(pulses: number, steps: number): readonly boolean[] {
  let front: boolean[][] = Array.from({ length: pulses }, () => [true]);
  let rest: boolean[][] = Array.from({ length: steps - pulses }, () => [false]);
  // The rests are distributed once in any case, also a single one.
  for (let round = 0; front.length > 0 && rest.length > (round === 0 ? 0 : 1); round++) {
    const count = Math.min(front.length, rest.length);
    const longer = front.slice(0, count).map((group, index) => [...group, ...rest[index]!]);
    rest = front.length > count ? front.slice(count) : rest.slice(count);
    front = longer;
  }
  return [...front, ...rest].flat();
}

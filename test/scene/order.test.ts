import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestIncreasingRun } from '../../src/scene/order.js';

const positionsOf = (values: readonly number[]): number[] =>
  [...longestIncreasingRun(values)].flatMap((stays, position) => (stays ? [position] : []));

test.each([
  [[], []],
  [
    [0, 1, 2],
    [0, 1, 2],
  ],
  [
    [2, 0, 1],
    [1, 2],
  ],
  [
    [1, 2, 0],
    [0, 1],
  ],
  [[3, 2, 1, 0], [3]],
  [
    [0, 4, 1, 3, 2, 5],
    [0, 2, 4, 5],
  ],
])('of %j stay the positions %j', (values, positions) => {
  expect(positionsOf(values)).toEqual(positions);
});

test('no increasing run of a permutation is longer, by exhaustive search', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8 }).chain((size) =>
        fc.shuffledSubarray(
          Array.from({ length: size }, (_, index) => index),
          { minLength: size, maxLength: size },
        ),
      ),
      (values) => {
        const run = positionsOf(values);
        for (let index = 1; index < run.length; index++) {
          expect(values[run[index]!]!).toBeGreaterThan(values[run[index - 1]!]!);
        }
        expect(run.length).toBe(longestByExhaustion(values));
      },
    ),
  );
});

function longestByExhaustion(values: readonly number[]): number {
  let longest = 0;
  for (let subset = 0; subset < 2 ** values.length; subset++) {
    const chosen = values.filter((_, index) => subset & (1 << index));
    if (chosen.every((value, index) => index === 0 || value > chosen[index - 1]!)) {
      longest = Math.max(longest, chosen.length);
    }
  }
  return longest;
}

import { expect, test } from 'vitest';
import { shortestMove } from '../../src/scene/order.js';

/** What is moved, as positions in the new order. */
const moved = (values: readonly number[]): number[] => {
  const window = shortestMove(values);
  return window ? [window.first, window.last] : [];
};

test.each([
  [[], []],
  [[0, 1, 2], []],
  [
    [2, 0, 1],
    [0, 0],
  ],
  [
    [1, 2, 0],
    [2, 2],
  ],
  [
    [3, 2, 1, 0],
    [0, 2],
  ],
  [
    [0, 4, 1, 3, 2, 5],
    [1, 3],
  ],
])('of %j the part %j moves', (values, window) => {
  expect(moved(values)).toEqual(window);
});

test.each([
  { name: 'anything may be a target', isAnchor: () => true },
  { name: 'every other one may end by itself', isAnchor: (value: number) => value % 2 === 0 },
  { name: 'all may end by themselves', isAnchor: () => false },
])('no shorter part of any order of up to six does it, where $name', ({ isAnchor }) => {
  for (let size = 0; size <= 6; size++) {
    for (const values of permutations(Array.from({ length: size }, (_, index) => index))) {
      const anchors = values.map(isAnchor);
      const window = shortestMove(values, (position) => anchors[position]!);
      const length = window ? window.last - window.first + 1 : 0;
      expect(length, `${values}`).toBe(shortestByExhaustion(values, anchors));
      if (window) expect(isMove(values, anchors, window.first, window.last), `${values}`).toBe(true);
    }
  }
});

test('where only the end keeps the order of the list, the part reaches to the end and is the shortest such', () => {
  expect(shortestMove([2, 0, 1], () => true, true)).toEqual({ first: 1, last: 2 });
  expect(shortestMove([1, 2, 0], () => true, true)).toEqual({ first: 2, last: 2 });
  expect(shortestMove([0, 1], () => true, true)).toBeUndefined();
});

/** True when the part can be put where it is to be, and leaves what is around it in the old order. */
function isMove(
  values: readonly number[],
  anchors: readonly boolean[],
  first: number,
  last: number,
): boolean {
  const rest = [...values.slice(0, first), ...values.slice(last + 1)];
  const isOrdered = rest.every((value, index) => index === 0 || value > rest[index - 1]!);
  return (
    isOrdered && (first === 0 || last === values.length - 1 || anchors[first - 1]! || anchors[last + 1]!)
  );
}

function shortestByExhaustion(values: readonly number[], anchors: readonly boolean[]): number {
  if (values.every((value, index) => value === index)) return 0;
  for (let length = 1; ; length++) {
    for (let first = 0; first + length <= values.length; first++)
      if (isMove(values, anchors, first, first + length - 1)) return length;
  }
}

function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value) =>
    permutations(values.filter((other) => other !== value)).map((rest) => [value, ...rest]),
  );
}

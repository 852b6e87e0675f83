import { expect, test } from 'vitest';
import { mini } from '../../src/patterns/mini/index.js';

const CYCLES = 2000;

/** The values that begin in each cycle. */
const played = (text: string, seed?: number | string, cycles = CYCLES): string[] => {
  const pattern = mini(text, { seed });
  return Array.from({ length: cycles }, (_, cycle) =>
    pattern
      .onsets(cycle, cycle + 1)
      .map(({ value }) => value)
      .join(' '),
  );
};

/** The share of cycles that fit. Of 2,000 cycles the share is within 0.05 of its probability (4.5 deviations). */
const share = (cycles: readonly string[], fits: (cycle: string, index: number) => boolean): number =>
  cycles.filter(fits).length / cycles.length;

test('"?" removes about half of a step, and nothing of the others', () => {
  const cycles = played('a? b');
  expect(new Set(cycles)).toEqual(new Set(['a b', 'b']));
  expect(Math.abs(share(cycles, (cycle) => cycle === 'a b') - 0.5)).toBeLessThan(0.05);
});

test.each([
  ['a?0.25', 0.75],
  ['a?.9', 0.1],
  ['a?0', 1],
  ['a?1', 0],
])('%s leaves a share of %d', (text, expected) => {
  expect(Math.abs(share(played(text), (cycle) => cycle === 'a') - expected)).toBeLessThan(0.05);
});

test('"?" decides for each event of a fast step', () => {
  const counts = played('a*4?').map((cycle) => cycle.split(' ').filter(Boolean).length);
  expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3, 4]));
});

test('"|" chooses one of several a cycle, each as often', () => {
  const cycles = played('[a|b c|~]');
  expect(new Set(cycles)).toEqual(new Set(['a', 'b c', '']));
  for (const value of ['a', 'b c', ''])
    expect(Math.abs(share(cycles, (cycle) => cycle === value) - 1 / 3)).toBeLessThan(0.05);
});

test('"|" needs no bracket at the top', () => {
  expect(new Set(played('a | b', 0, 50))).toEqual(new Set(['a', 'b']));
});

test.each([
  'a? b?',
  'a?!2',
  '[a?]!2',
  '[a|~] [a|~]',
  '[a|~]!2',
  '[a|~]*2',
  'a?*2',
])('the two steps of %s do not depend on each other, nor on the cycle before', (text) => {
  const both = played(text).map((cycle) => cycle.split(' ').filter(Boolean).length);
  expect(Math.abs(both.filter((count) => count === 2).length / CYCLES - 0.25)).toBeLessThan(0.05);
  const like = both.filter((count, index) => count > 0 === (both[index - 1] ?? 0) > 0).length;
  // Cycles with and without any step: 0.75 · 0.75 + 0.25 · 0.25.
  expect(Math.abs(like / CYCLES - 0.625)).toBeLessThan(0.05);
});

test('a seed decides everything, also of parts of cycles and of cycles in another order', () => {
  const text = 'a*8? [b|c|d]*2';
  expect(played(text, 'tune', 20)).toEqual(played(text, 'tune', 20));
  expect(played(text, 'tune', 20)).not.toEqual(played(text, 'other', 20));
  const pattern = mini(text);
  const sounds = (from: number, to: number) =>
    pattern.onsets(from, to).map(({ whole, value }) => [whole, value]);
  const inParts = Array.from({ length: 32 }, (_, index) => sounds((31 - index) / 8, (32 - index) / 8));
  expect(inParts.reverse().flat()).toEqual(sounds(0, 4));
});

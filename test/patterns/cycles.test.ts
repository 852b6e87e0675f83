import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Cycles,
  cat,
  Fraction,
  pure,
  signal,
  silence,
  stack,
  timeCat,
} from '../../src/patterns/cycles/index.js';
import { mini } from '../../src/patterns/mini/index.js';

const show = (pattern: Cycles<unknown>, from = 0, to = from + 1): string =>
  pattern
    .onsets(from, to)
    .map(({ whole, value }) => `${whole.begin}-${whole.end} ${value}`)
    .join(', ');

/** The values of each of some cycles, in the order of their beginnings. */
const values = (pattern: Cycles<unknown>, cycles: number): string[] =>
  Array.from({ length: cycles }, (_, cycle) =>
    pattern
      .onsets(cycle, cycle + 1)
      .map(({ value }) => String(value))
      .join(' '),
  );

const rev = <T>(pattern: Cycles<T>) => pattern.rev();
const up = (pattern: Cycles<string>) => pattern.map((value) => value.toUpperCase());

test('patterns of patterns', () => {
  expect(show(pure('a'), 3)).toBe('3-4 a');
  expect(show(silence)).toBe('');
  expect(show(stack(pure('a'), mini('b c')))).toBe('0-1 a, 0-1/2 b, 1/2-1 c');
  expect(show(timeCat([3, pure('a')], [1, mini('b c')]))).toBe('0-3/4 a, 3/4-7/8 b, 7/8-1 c');
  expect(show(timeCat([1 / 3, pure('a')], [1 / 3, pure('b')], [0, pure('c')]))).toBe('0-1/2 a, 1/2-1 b');
  expect([stack(), cat(), timeCat()].map((pattern) => show(pattern))).toEqual(['', '', '']);
});

test('cat goes on with the next cycle of each pattern at its next turn', () => {
  expect(values(cat(mini('<a b>'), pure('x'), mini('<c d e>')), 7)).toEqual([
    'a',
    'x',
    'c',
    'b',
    'x',
    'd',
    'a',
  ]);
  expect(show(cat(pure('a'), pure('b')), -1)).toBe('-1-0 b');
});

test.each<[string, Cycles<string>, string]>([
  ['fast', mini('a b').fast(2), '0-1/4 a, 1/4-1/2 b, 1/2-3/4 a, 3/4-1 b'],
  ['fast with a pattern', mini('a').fast(mini('1 4')), '0-1 a, 1/2-3/4 a, 3/4-1 a'],
  ['fast by 0', mini('a').fast(0), ''],
  ['slow', mini('a b').slow(2), '0-1 a'],
  ['slow by a fraction', mini('a b').slow(Fraction.decimal('0.5')), '0-1/4 a, 1/4-1/2 b, 1/2-3/4 a, 3/4-1 b'],
  ['late', mini('a b').late(0.25), '1/4-3/4 a, 3/4-5/4 b'],
  ['late by a third', mini('a').late(1 / 3), '1/3-4/3 a'],
  ['early', mini('a b').early(0.25), '1/4-3/4 b, 3/4-5/4 a'],
  ['rev', mini('a b@2 c').rev(), '0-1/4 c, 1/4-3/4 b, 3/4-1 a'],
  ['ply', mini('a b').ply(2), '0-1/4 a, 1/4-1/2 a, 1/2-3/4 b, 3/4-1 b'],
  ['ply with a pattern', mini('a b').ply(mini('1 2')), '0-1/2 a, 1/2-3/4 b, 3/4-1 b'],
  ['off', mini('a').off(0.25, up), '0-1 a, 1/4-5/4 A'],
  ['linger', mini('a b c d').linger(0.25), '0-1/4 a, 1/4-1/2 a, 1/2-3/4 a, 3/4-1 a'],
  ['linger on the end', mini('a b c d').linger(-0.5), '0-1/4 c, 1/4-1/2 d, 1/2-3/4 c, 3/4-1 d'],
  ['linger on a part of an event', mini('a').linger(0.5), '0-1/2 a, 1/2-1 a'],
  ['linger that does not divide', mini('a b c').linger(2 / 3), '0-1/3 a, 1/3-2/3 b, 2/3-1 a'],
  ['inside', mini('a b c d').inside(2, rev), '0-1/4 b, 1/4-1/2 a, 1/2-3/4 d, 3/4-1 c'],
  ['euclid', pure('a').euclid(3, 8), '0-1/8 a, 3/8-1/2 a, 3/4-7/8 a'],
  ['euclid with a rotation', pure('a').euclid(3, 8, 2), '1/8-1/4 a, 1/2-5/8 a, 3/4-7/8 a'],
  ['euclid inverted', pure('a').euclid(-1, 3), '1/3-2/3 a, 2/3-1 a'],
  ['euclid with more pulses than steps', pure('a').euclid(3, 2), '0-1/2 a, 1/2-1 a'],
  ['segment', mini('a b').segment(4), '0-1/4 a, 1/4-1/2 a, 1/2-3/4 b, 3/4-1 b'],
  ['segment of rests', mini('a ~').segment(4), '0-1/4 a, 1/4-1/2 a'],
  ['map', up(mini('a b')), '0-1/2 A, 1/2-1 B'],
  ['filter', mini('a b a').filter((value) => value === 'a'), '0-1/3 a, 2/3-1 a'],
])('%s', (_, pattern, expected) => {
  expect(show(pattern)).toBe(expected);
});

test.each<[string, Cycles<unknown>, string[]]>([
  ['iter', mini('a b c d').iter(4), ['a b c d', 'b c d a', 'c d a b', 'd a b c', 'a b c d']],
  ['every', mini('a b').every(3, rev), ['b a', 'a b', 'a b', 'b a']],
  ['every with a pattern', mini('a b').every(mini('<1 2>'), rev), ['b a', 'a b', 'b a']],
  ['chunk', mini('a b c d').chunk(4, up), ['A b c d', 'a B c d', 'a b C d', 'a b c D', 'A b c d']],
  ['euclid with a pattern', pure('a').euclid(mini('<1 3>'), 4), ['a', 'a a a', 'a']],
  ['fast with an alternation', mini('a').fast(mini('<1 3>')), ['a', 'a a a', 'a']],
  ['slow of an alternation', mini('<a b>').slow(2), ['a', '', 'b', '', 'a']],
  ['rev of an alternation', mini('<a b> c').rev(), ['c a', 'c b']],
])('%s, cycle by cycle', (_, pattern, expected) => {
  expect(values(pattern, expected.length)).toEqual(expected);
});

test('jux plays the pattern left and its change right', () => {
  const sides = mini('a b').jux(rev).onsets(0, 0.5);
  expect(sides.map(({ value }) => value)).toEqual([
    { value: 'a', pan: -1 },
    { value: 'b', pan: 1 },
  ]);
});

test('a wave is sampled, and scaled to a range', () => {
  const saw = signal((cycle) => cycle % 1).range(200, 600);
  expect(show(saw.segment(4), 1)).toBe('1-5/4 200, 5/4-3/2 300, 3/2-7/4 400, 7/4-2 500');
});

test('degradeBy removes a share that the seed decides', () => {
  const all = mini('a*8');
  const left = all.degradeBy(0.25, 'tune').onsets(0, 250);
  expect(Math.abs(left.length / 2000 - 0.75)).toBeLessThan(0.05);
  expect(left).toEqual(all.degradeBy(0.25, 'tune').onsets(0, 250));
  expect(left).not.toEqual(all.degradeBy(0.25, 'other').onsets(0, 250));
  expect(all.degradeBy(0).onsets(0, 1)).toHaveLength(8);
  expect(all.degradeBy(1).onsets(0, 1)).toHaveLength(0);
});

test('euclid begins as the tables of Toussaint do', () => {
  const steps = (rotation: number) => {
    const begun = pure('x')
      .euclid(5, 8, rotation)
      .onsets(0, 1)
      .map(({ whole }) => whole.begin.times(8).valueOf());
    return Array.from({ length: 8 }, (_, step) => (begun.includes(step) ? 'x' : '.')).join('');
  };
  expect(steps(0)).toBe('x.xx.xx.');
  expect(steps(2)).toBe('xx.xx.x.');
});

test('a query divides events at its ends, and only the first part has their beginning', () => {
  const parts = pure('a').query(0.25, 1.5);
  expect(parts.map(({ whole, part }) => `${whole.begin}-${whole.end}: ${part.begin}-${part.end}`)).toEqual([
    '0-1: 1/4-1',
    '1-2: 1-3/2',
  ]);
  expect(pure('a').onsets(0.25, 1)).toEqual([]);
  expect(pure('a').query(1, 1)).toEqual([]);
});

test.each<[string, () => unknown, string]>([
  ['fast', () => pure(1).fast(-1), 'fast: the amount is -1. It is a number from 0.'],
  ['late', () => pure(1).late(Number.NaN), 'late: the amount is NaN. It is a number.'],
  ['ply', () => pure(1).ply(1.5), 'ply: the amount is 1.5. It is a whole number from 1 to 1024.'],
  ['every', () => pure(1).every(0, rev), 'every: the amount is 0. It is a whole number from 1 to 1024.'],
  ['degradeBy', () => pure(1).degradeBy(2), 'degradeBy: the amount is 2. It is a number from 0 to 1.'],
  [
    'euclid',
    () => pure(1).euclid(1, 5000),
    'euclid: the amount is 5000. It is a whole number from 1 to 1024.',
  ],
  ['linger', () => pure(1).linger(2), 'linger: the amount is 2. It is a number from -1 to 1.'],
  ['text', () => pure(1).fast(mini('a')).query(0, 1), 'fast: the amount is "a". It is a number from 0.'],
])('%s refuses an amount that it cannot use', (_, make, message) => {
  expect(make).toThrow(message);
});

const TRANSFORMS: readonly ((pattern: Cycles<string>) => Cycles<string>)[] = [
  (pattern) => pattern.fast(3),
  (pattern) => pattern.slow(1.5),
  rev,
  (pattern) => pattern.iter(3),
  (pattern) => pattern.ply(2),
  (pattern) => pattern.off(0.125, rev),
  (pattern) => pattern.degradeBy(0.3),
  (pattern) => pattern.chunk(3, rev),
  (pattern) => pattern.linger(0.3),
  (pattern) => pattern.inside(2, rev),
  (pattern) => pattern.every(2, rev),
  (pattern) => pattern.euclid(3, 7),
  (pattern) => pattern.segment(5),
  (pattern) => pattern.late(0.2),
];

test('transforms in any order: a span has the same beginnings at once and in parts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...TRANSFORMS), { maxLength: 3 }),
      fc.integer({ min: -3, max: 5 }),
      (all, from) => {
        const pattern = all.reduce((changed, change) => change(changed), mini('a [b c] <d e>*1.5'));
        const begin = (index: number) => Fraction.of(from).plus(Fraction.ratio(BigInt(index), 7n));
        const sorted = (events: ReturnType<typeof pattern.onsets>) =>
          events.map(({ whole, value }) => `${whole.begin}-${whole.end} ${value}`).sort();
        const inParts = Array.from({ length: 7 }, (_, index) =>
          pattern.onsets(begin(index), begin(index + 1)),
        );
        expect(sorted(inParts.flat())).toEqual(sorted(pattern.onsets(from, from + 1)));
      },
    ),
    { numRuns: 100, seed: 1 },
  );
});

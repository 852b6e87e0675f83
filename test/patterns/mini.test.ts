import { expect, test } from 'vitest';
import type { Cycles } from '../../src/patterns/cycles/cycles.js';
import { mini } from '../../src/patterns/mini/index.js';

/** The events that begin in some cycles, such as `0-1/2 bd`: times as exact fractions. */
const show = (pattern: Cycles<string>, from = 0, to = from + 1): string =>
  pattern
    .onsets(from, to)
    .map(({ whole, value }) => `${whole.begin}-${whole.end} ${value}`)
    .join(', ');

/** The values that begin in each of some cycles. */
const values = (text: string, cycles: number): string[] =>
  Array.from({ length: cycles }, (_, cycle) =>
    mini(text)
      .onsets(cycle, cycle + 1)
      .map(({ value }) => value)
      .join(' '),
  );

test.each([
  ['bd sn', '0-1/2 bd, 1/2-1 sn'],
  ['bd*2 sn', '0-1/4 bd, 1/4-1/2 bd, 1/2-1 sn'],
  ['bd [sn cp]', '0-1/2 bd, 1/2-3/4 sn, 3/4-1 cp'],
  ['bd ~ sn ~', '0-1/4 bd, 1/2-3/4 sn'],
  ['bd - sn -', '0-1/4 bd, 1/2-3/4 sn'],
  ['bd(3,8)', '0-1/8 bd, 3/8-1/2 bd, 3/4-7/8 bd'],
  ['bd(3,8,2)', '1/8-1/4 bd, 1/2-5/8 bd, 3/4-7/8 bd'],
  ['bd!2 sn', '0-1/3 bd, 1/3-2/3 bd, 2/3-1 sn'],
  ['bd@3 sn', '0-3/4 bd, 3/4-1 sn'],
  ['bd _ sn _', '0-1/2 bd, 1/2-1 sn'],
  ['bd . sn sn . hh hh hh', '0-1/3 bd, 1/3-1/2 sn, 1/2-2/3 sn, 2/3-7/9 hh, 7/9-8/9 hh, 8/9-1 hh'],
  ['[bd, hh hh]', '0-1 bd, 0-1/2 hh, 1/2-1 hh'],
  ['0 .. 3', '0-1/4 0, 1/4-1/2 1, 1/2-3/4 2, 3/4-1 3'],
  ['bd:3 sn', '0-1/2 bd:3, 1/2-1 sn'],
  ['bd*1.5', '0-2/3 bd, 2/3-4/3 bd'],
])('shared case %s', (text, expected) => {
  expect(show(mini(text))).toBe(expected);
});

test.each<[string, string[]]>([
  ['<a b c>', ['a', 'b', 'c', 'a']],
  ['bd/2', ['bd', '', 'bd', '']],
  ['{a b c}%4', ['a b c a', 'b c a b', 'c a b c']],
  ['<a b>*2', ['a b', 'a b']],
  ['<a b>!2 c', ['a a c', 'b b c']],
])('shared case %s, cycle by cycle', (text, expected) => {
  expect(values(text, expected.length)).toEqual(expected);
});

test.each([
  // words and numbers
  ['c#4 eb5', '0-1/2 c#4, 1/2-1 eb5'],
  ["c'maj drum.kick", "0-1/2 c'maj, 1/2-1 drum.kick"],
  ['-1 .5 -2.25', '0-1/3 -1, 1/3-2/3 .5, 2/3-1 -2.25'],
  ['808:3 été', '0-1/2 808:3, 1/2-1 été'],
  ['', ''],
  ['~', ''],
  ['[] a', '1/2-1 a'],
  ['bd\n\tsn', '0-1/2 bd, 1/2-1 sn'],
  // without spaces
  ['bd[sn cp]<a>', '0-1/3 bd, 1/3-1/2 sn, 1/2-2/3 cp, 2/3-1 a'],
  // speed
  ['[a b]*1.5', '0-1/3 a, 1/3-2/3 b, 2/3-1 a'],
  ['a*3/2', '0-2/3 a, 2/3-4/3 a'],
  ['[a b]/0.5', '0-1/4 a, 1/4-1/2 b, 1/2-3/4 a, 3/4-1 b'],
  ['a*[2 4]', '0-1/2 a, 1/2-3/4 a, 3/4-1 a'],
  ['a*0 b', '1/2-1 b'],
  // replication
  ['a ! b', '0-1/3 a, 1/3-2/3 a, 2/3-1 b'],
  ['a! b', '0-1/3 a, 1/3-2/3 a, 2/3-1 b'],
  ['a ! !', '0-1/3 a, 1/3-2/3 a, 2/3-1 a'],
  ['a*2!2', '0-1/4 a, 1/4-1/2 a, 1/2-3/4 a, 3/4-1 a'],
  ['a!2*2', '0-1/4 a, 1/4-1/2 a, 1/2-3/4 a, 3/4-1 a'],
  ['a@2!2 b', '0-2/5 a, 2/5-4/5 a, 4/5-1 b'],
  // weights
  ['a@1.5 b', '0-3/5 a, 3/5-1 b'],
  ['a _ _ b', '0-3/4 a, 3/4-1 b'],
  ['a!2 _', '0-1/3 a, 1/3-1 a'],
  ['a@2 _ b', '0-3/4 a, 3/4-1 b'],
  ['~@3 a', '3/4-1 a'],
  // polymeter
  ['{a b}', '0-1/2 a, 1/2-1 b'],
  ['{a b, c d e}', '0-1/2 a, 0-1/2 c, 1/2-1 b, 1/2-1 d'],
  ['{a b c}%2', '0-1/2 a, 1/2-1 b'],
  // stacks
  ['a, b c', '0-1 a, 0-1/2 b, 1/2-1 c'],
  ['<a, b c>', '0-1 a, 0-1 b'],
  // Euclidean rhythms
  ['a(-3,8)', '1/8-1/4 a, 1/4-3/8 a, 1/2-5/8 a, 5/8-3/4 a, 7/8-1 a'],
  ['a(0,4)', ''],
  ['a(2,2)', '0-1/2 a, 1/2-1 a'],
  ['[a b](1,2)', '0-1/4 a, 1/4-1/2 b'],
  ['a( 1 , 2 , 1 )', '1/2-1 a'],
  ['a([1 2],2)', '0-1/2 a, 1/2-1 a'],
  ['a([1 0],2) b', '0-1/4 a, 1/2-1 b'],
  ['a(1,4)*2', '0-1/8 a, 1/2-5/8 a'],
  // groups by dots
  ['a b . c', '0-1/4 a, 1/4-1/2 b, 1/2-1 c'],
  ['[a . b c] d', '0-1/4 a, 1/4-3/8 b, 3/8-1/2 c, 1/2-1 d'],
  // ranges
  ['2 .. 0', '0-1/3 2, 1/3-2/3 1, 2/3-1 0'],
  ['-1..1', '0-1/3 -1, 1/3-2/3 0, 2/3-1 1'],
  ['0 .. 1 a', '0-1/3 0, 1/3-2/3 1, 2/3-1 a'],
  ['[0 .. 1]*2', '0-1/4 0, 1/4-1/2 1, 1/2-3/4 0, 3/4-1 1'],
  ['0 .. 1 _', '0-1/3 0, 1/3-1 1'],
])('%s in cycle 0', (text, expected) => {
  expect(show(mini(text))).toBe(expected);
});

test.each<[string, string[]]>([
  ['<a b> c', ['a c', 'b c', 'a c']],
  ['<a <b c>>', ['a', 'b', 'a', 'c']],
  ['<a@2 b>', ['a', '', 'b', 'a']],
  ['<a!2 b>', ['a', 'a', 'b', 'a']],
  ['<a ~ b>', ['a', '', 'b']],
  ['<[a b] c>', ['a b', 'c', 'a b']],
  ['<a b . c>', ['a b', 'c', 'a b']],
  ['<0 .. 2>', ['0', '1', '2', '0']],
  ['<a b, c d e>', ['a c', 'b d', 'a e', 'b c']],
  ['<a b c>/2', ['a', '', 'b', '', 'c']],
  ['<a b c d>*1.5', ['a b', 'c', 'd a', 'b']],
  ['a*<2 3>', ['a a', 'a a a', 'a a']],
  ['a*<2 <1 3>>', ['a a', 'a', 'a a', 'a a a']],
  ['a(<1 2>,4)', ['a', 'a a', 'a']],
  ['a(1,<1 2>)', ['a', 'a']],
  ['{a b c}%<2 1>', ['a b', 'b', 'b c']],
  ['{a b, c d e}', ['a c b d', 'a e b c', 'a d b e']],
  ['[a b]/2', ['a', 'b', 'a']],
])('%s, cycle by cycle', (text, expected) => {
  expect(values(text, expected.length)).toEqual(expected);
});

test('a patterned rotation turns the rhythm at each cycle', () => {
  expect(show(mini('a(1,4,<0 3>)'), 0, 2)).toBe('0-1/4 a, 5/4-3/2 a');
});

test('thirds of sevenths are exact a million cycles on', () => {
  const [first] = mini('[a b c]/7').onsets(7_000_000 + 2, 7_000_000 + 5);
  expect(`${first!.whole.begin}-${first!.whole.end} ${first!.value}`).toBe('21000007/3-21000014/3 b');
});

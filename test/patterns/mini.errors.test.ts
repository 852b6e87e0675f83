import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SuperColliderError } from '../../src/errors.js';
import type { Cycles } from '../../src/patterns/cycles/cycles.js';
import { mini } from '../../src/patterns/mini/index.js';
import { parseMini } from '../../src/patterns/mini/parse.js';
import { Reader } from '../../src/patterns/mini/reader.js';

function errorOf(text: unknown): SuperColliderError {
  try {
    mini(text as string);
  } catch (error) {
    if (error instanceof SuperColliderError) return error;
    throw error;
  }
  throw new Error(`${text} gave no error.`);
}

test.each([
  ['bd [sn', 'expected "]" for the "[" of column 4, at column 7, found the end'],
  ['bd(3,8', 'expected ")" for the "(" of column 3, at column 7, found the end'],
  ['<a b', 'expected ">" for the "<" of column 1, at column 5, found the end'],
  ['bd**2', 'expected a number after "*" at column 4, found "*"'],
  ['*2', 'expected a step right before "*" at column 1'],
  ['bd @', 'expected a step right before "@" at column 4'],
  ['{a b}%', 'expected a number after "%" at column 7, found the end'],
  ['bd(3)', 'expected "," and the number of steps after the pulses at column 5, found ")"'],
  // a bracket that closes another one, or none
  ['[a>', 'expected "]" for the "[" of column 1, at column 3, found ">"'],
  ['a)', 'expected a step or the end at column 2, found ")"'],
  // numbers
  ['a*b', 'expected a number after "*" at column 3, found "b"'],
  ['a*2b', 'expected a number after "*" at column 4, found "b"'],
  ['a*-1', 'expected a number after "*", from 0, not -1, at column 3'],
  ['a*<2 x>', 'expected a number after "*" at column 6, found "x"'],
  ['a*2:1', 'expected a step right before ":" at column 4'],
  ['a/ 2', 'expected a number after "/" at column 3, found a space'],
  ['a@0', 'expected a number after "@", over 0, not 0, at column 3'],
  ['a@2@3', 'expected one "@" a step at column 4'],
  ['a?1.5', 'expected a number after "?", from 0 to 1, not 1.5, at column 3'],
  ['a!1.5', 'expected a whole number after "!", from 1 to 1024, not 1.5, at column 3'],
  ['a(1.5,8)', 'expected a whole number of pulses after "(", from -1024 to 1024, not 1.5, at column 3'],
  ['a(9,8)', 'expected at most 8 pulses in 8 steps at column 3'],
  ['a(1,0)', 'expected a whole number of steps in "( )", from 1 to 1024, not 0, at column 5'],
  ['a(,8)', 'expected a number of pulses after "(" at column 3, found ","'],
  ['a(3,8', 'expected ")" for the "(" of column 2, at column 6, found the end'],
  ['a:b', 'expected a sample number after ":" at column 3, found "b"'],
  ['a*1234567890123', 'expected a number after "*" of at most 12 digits at column 3'],
  // what stands beside nothing
  ['_ a', 'expected a step before "_" at column 1'],
  ['! a', 'expected a step before "!" at column 1'],
  ['. a', 'expected a step before "." at column 1'],
  ['a .', 'expected a step after "." at column 4, found the end'],
  ['a . _', 'expected a step before "_" at column 5'],
  ['bd *2', 'expected a step right before "*" at column 4'],
  // ranges
  ['a .. 3', 'expected a whole number before ".." at column 3'],
  ['0 .. b', 'expected a number after ".." at column 6, found "b"'],
  ['.. 3', 'expected a whole number before ".." at column 1'],
  ['0 .. 3*2', 'a range with an operator needs brackets, such as "[0 .. 3]*2", at column 7'],
  ['a|b,c', '"," and "|" need a bracket to stand in one group, such as "[a|b], c", at column 4'],
  ['a "b"', `expected a step at column 3, found '"'`],
  ['a\nb *2', 'expected a step right before "*" at line 2, column 3'],
  // limits
  ['a*10001', '10,001 events a cycle, and at most 10,000 are possible, at column 2'],
  ['[[a*100]*100]*100', '1,000,000 events a cycle, and at most 10,000 are possible, at column 14'],
  ['a/0.00001', '100,000 events a cycle, and at most 10,000 are possible, at column 2'],
  ['<a@0.00001 b@0.00001>', '100,000 events a cycle, and at most 10,000 are possible, at column 1'],
  ['a!1025', 'expected a whole number after "!", from 1 to 1024, not 1025, at column 3'],
  ['a!1024!', '"!" makes 1025 copies, and at most 1024 are possible, at column 7'],
  ['[a!1000]!1000', '1,000,000 steps with their copies, and at most 10,000 are possible, at column 1'],
  ['a(3,5000)', 'expected a whole number of steps in "( )", from 1 to 1024, not 5000, at column 5'],
  ['0 .. 2000', 'a range of 2001 numbers, and at most 1024 are possible, at column 3'],
  ['['.repeat(65), 'more than 64 levels of brackets and operators at column 64'],
  [`a${'?'.repeat(64)}`, 'more than 64 levels of brackets and operators at column 65'],
])('the error of %s', (text, problem) => {
  const error = errorOf(text);
  expect(error.code).toBe('invalid-argument');
  expect(error.message.split('\n')[0]).toBe(`mini: ${problem}.`);
});

test('an error has a caret under the place, on the line of the place', () => {
  expect(errorOf('bd sn\n  hh(3)\ncp').message).toBe(
    'mini: expected "," and the number of steps after the pulses at line 2, column 7, found ")".\n' +
      '    hh(3)\n' +
      '        ^',
  );
});

test('the caret of a long line stays under its letter', () => {
  const [, excerpt, caret] = errorOf(`${'a '.repeat(100)}**${' b'.repeat(100)}`).message.split('\n');
  expect(excerpt!.length).toBeLessThan(100);
  expect(excerpt![caret!.indexOf('^')]).toBe('*');
});

test.each([
  'a ',
  'a,',
  'a|',
  'a . ',
  '0..1 ',
  '<a> ',
  '[',
  '~!3 ',
])('twelve thousand times %s is an error that names the limit', (piece) => {
  expect(errorOf(`${piece.repeat(12_000)}a`).message).toMatch(
    /at most 10,000 are possible|more than 64 levels/,
  );
});

test('as many layers as a call cannot have arguments are parsed', () => {
  const node = parseMini(new Reader('a,'.repeat(150_000)));
  expect(node.type === 'group' && node.layers.length).toBe(150_001);
});

test('what is no text is refused', () => {
  expect(errorOf(5).message).toBe('mini: the text is 5. It is a string, such as "bd sn".');
});

const PIECES = [
  ...'abc019 ~-_.[]<>{}()*/!@?|,:%#"\n',
  '..',
  '(3,8)',
  '*2',
  '!3',
  '?0.5',
  '<2 3>',
  'bd ',
  '[a b]',
];

test('10,000 texts give a pattern that can be queried, or an error of ours with a place', () => {
  let patterns = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((all) => all.join('')),
        },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
      ),
      (text) => {
        let pattern: Cycles<string>;
        try {
          pattern = mini(text);
        } catch (error) {
          if (!(error instanceof SuperColliderError)) throw error;
          expect(error.message).toMatch(
            /^mini: .* at (line \d+, )?column \d+(, found .*)?\.\n {2}.*\n +\^$/s,
          );
          return;
        }
        patterns += 1;
        for (const { whole, part } of pattern.query(0, 2)) {
          expect(part.begin.compare(part.end)).toBe(-1);
          expect(whole.begin.compare(part.begin)).toBeLessThanOrEqual(0);
          expect(part.end.compare(whole.end)).toBeLessThanOrEqual(0);
        }
      },
    ),
    { numRuns: 10_000, seed: 1 },
  );
  // Else the texts would be too wild to say anything.
  expect(patterns).toBeGreaterThan(1000);
});

test.each([
  'a ',
  '[a b]*2 ',
  '<a b>!3 ',
  'a(3,8) . ',
  '{a b}%4 ',
  'a? ',
  'a _ ! ',
  'word',
  '[a [',
  '0..1 ',
  'a*<2 3> ',
])('the letters read grow with the text of many %s', (piece) => {
  const reads = (copies: number) => {
    const reader = new Reader(piece.repeat(copies));
    try {
      parseMini(reader);
    } catch (error) {
      expect(error).toBeInstanceOf(SuperColliderError);
    }
    return reader.reads;
  };
  // Six looks at a letter are more than any branch of the parser has.
  expect(reads(1000)).toBeLessThan(1000 * piece.length * 12);
  expect(reads(2000)).toBeLessThanOrEqual(2 * reads(1000) + 20);
});

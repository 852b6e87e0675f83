import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fraction } from '../../src/patterns/cycles/index.js';

test.each([
  [0.1, '1/10'],
  [1 / 3, '1/3'],
  [-2 / 7, '-2/7'],
  [0.75, '3/4'],
  [-1.5, '-3/2'],
  [2 ** 60, '1152921504606846976'],
  [0, '0'],
])('%d is the fraction %s', (value, expected) => {
  expect(Fraction.of(value).toString()).toBe(expected);
});

test('every double comes back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Fraction.of(value).valueOf()).toBe(value === 0 ? 0 : value);
    }),
    { seed: 1 },
  );
});

test.each([
  ['1.5', '3/2'],
  ['.25', '1/4'],
  ['-2', '-2'],
  ['-0.125', '-1/8'],
])('the digits %s are %s', (text, expected) => {
  expect(Fraction.decimal(text).toString()).toBe(expected);
});

test('arithmetic is exact', () => {
  const third = Fraction.ratio(1n, 3n);
  expect(third.plus(third).plus(third).toString()).toBe('1');
  expect(third.minus(0.5).toString()).toBe('-1/6');
  expect(third.times(0.3).toString()).toBe('1/10');
  expect(third.over(-2).toString()).toBe('-1/6');
  expect([third.min(Fraction.one), third.max(Fraction.one)].join()).toBe('1/3,1');
  expect(third.compare(1 / 3)).toBe(0);
});

test('the floor and the rest go down below 0 too', () => {
  expect([1.5, -1.5, -2, 2].map((value) => Fraction.of(value).floor())).toEqual([1n, -2n, -2n, 2n]);
  expect(Fraction.of(-0.25).modulo(1).toString()).toBe('3/4');
});

test('integers beyond the largest double still give a number', () => {
  const huge = 10n ** 400n;
  expect(Fraction.ratio(huge + 1n, 3n * huge).valueOf()).toBeCloseTo(1 / 3);
  expect(Fraction.ratio(7n * huge, 2n * huge + 1n).valueOf()).toBeCloseTo(3.5);
});

test('a division by 0, and what is not finite, are errors', () => {
  expect(() => Fraction.one.over(0)).toThrow('A fraction was divided by 0.');
  expect(() => Fraction.of(Number.NaN)).toThrow('A fraction is made of NaN. It is a finite number.');
});

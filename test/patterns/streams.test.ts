import { describe, expect, test } from 'vitest';
import {
  brown,
  choose,
  clump,
  exprand,
  fin,
  func,
  gauss,
  geom,
  interleave,
  irand,
  key,
  lazy,
  n,
  place,
  ptime,
  Rest,
  rand,
  rest,
  type Stream,
  seg,
  seq,
  ser,
  series,
  shuf,
  slide,
  stream,
  stutter,
  tuple,
  walk,
  white,
  wrand,
  xrand,
} from '../../src/cycles.js';

const endless = Number.POSITIVE_INFINITY;
const round = (value: number) => Math.round(value * 1e6) / 1e6;
const first = <T>(count: number, pattern: Stream<T>): T[] => [...pattern.fin(count)];

describe('values as in sclang', () => {
  test.each<[string, Stream<unknown>, unknown[]]>([
    ['seq', seq([1, 2, 3], 2), [1, 2, 3, 1, 2, 3]],
    ['seq from an offset', seq([1, 2, 3], 1, -1), [3, 1, 2]],
    ['seq without passes', seq([1, 2, 3], 0), []],
    ['nested streams', seq([0, seq([1, seq([2, 3])], 2), [4, 5]]), [0, 1, 2, 3, 1, 2, 3, [4, 5]]],
    ['ser', ser([1, 2, 3], 5), [1, 2, 3, 1, 2]],
    ['series', series(0, 0.5, 4), [0, 0.5, 1, 1.5]],
    ['series with steps of a stream', series(0, seq([1, 2], 2)), [0, 1, 3, 4]],
    ['geom', geom(1, 2, 5), [1, 2, 4, 8, 16]],
    ['slide', slide([1, 2, 3, 4, 5], 3, 3, 1), [1, 2, 3, 2, 3, 4, 3, 4, 5]],
    ['slide up to the end', slide([1, 2, 3], 9, 2, 1, { wraps: false }), [1, 2, 2, 3, 3]],
    ['walk', walk([0, 1, 2], seq([1], 6), seq([1, -1], endless)), [0, 1, 2, 1, 0, 1]],
    ['stutter', stutter(seq([1, 3]), seq([7, 8, 9])), [7, 8, 8, 8]],
    ['place', place([0, [1, 2], seq([3])], 3), [0, 1, 3, 0, 2, 3, 0, 1, 3]],
    ['clump', clump(2, seq([1, 2, 3])), [[1, 2], [3]]],
    ['fin', fin(2, series()), [0, 1]],
    ['n', n(seq([1, 2]), 2), [1, 2, 1, 2]],
    ['choose', choose([seq([1, 2]), 3], seq([0, 1, 2])), [1, 2, 3, 1, 2]],
    ['interleave', interleave([seq([1, 2, 3]), seq([9])], 9), [1, 9, 2, 3]],
    [
      'tuple',
      tuple([seq([1, 2]), series(5)]),
      [
        [1, 5],
        [2, 6],
      ],
    ],
    ['seg, a value a beat', seg([0, 4, 2], [4, 2]), [0, 1, 2, 3, 4, 3]],
    ['seg again', seg([0, 2], 2, 'lin', 2), [0, 1, 0, 1]],
    ['seg with shapes', seg([1, 4, 1], 2, ['exp', 'step']), [1, 2, 1, 1]],
    ['ptime', ptime(3), [0, 1, 2]],
    [
      'a stream of a generator',
      stream(function* () {
        yield* [1, 2];
      }).repeat(2),
      [1, 2, 1, 2],
    ],
    [
      'lazy',
      n(
        lazy(() => seq([1])),
        2,
      ),
      [1, 1],
    ],
  ])('%s', (_, pattern, values) => {
    expect([...pattern]).toEqual(values);
    expect([...pattern], 'a second time').toEqual(values);
  });

  test.each<[string, Stream<unknown>, unknown[]]>([
    ['add', seq([1, 2, 3]).add(seq([10, 20])), [11, 22]],
    ['sub', series(1).sub(1).fin(2), [0, 1]],
    ['mul of chords', seq([[1, 2], 3]).mul(2), [[2, 4], 6]],
    ['two chords', seq([[1, 2, 3]]).add(seq([[10, 20]])), [[11, 22, 13]]],
    ['div', seq([1, 3]).div(2), [0.5, 1.5]],
    ['mod', seq([-1, 7]).mod(5), [4, 2]],
    ['pow', seq([2, 3]).pow(2), [4, 9]],
    ['neg', seq([1, -2]).neg(), [-1, 2]],
    ['round', seq([0.3, 1.6]).round(0.5), [0.5, 1.5]],
    ['clip', series(0).clip(1, 2).fin(4), [0, 0, 0, 0].map((_, index) => [1, 1, 2, 2][index])],
    ['fold', series(0).fold(0, 2).fin(6), [0, 1, 2, 1, 0, 1]],
    ['midicps', seq([69, 81]).midicps(), [440, 880]],
    ['rests', seq([1, rest(2)]).mul(2), [2, new Rest(4)]],
    [
      'map and filter',
      series()
        .filter((value) => value % 2 === 1)
        .map((value) => -value)
        .fin(2),
      [-1, -3],
    ],
    [
      'clump and stutter',
      series().fin(3).stutter(2).clump(4),
      [
        [0, 0, 1, 1],
        [2, 2],
      ],
    ],
    ['drop', series().drop(3).fin(2), [3, 4]],
  ])('%s', (_, pattern, values) => {
    expect([...pattern]).toEqual(values);
  });

  test('a pass without values ends what would go on for ever', () => {
    expect([...n(seq([1], 0))]).toEqual([]);
    expect([...seq([seq([1], 0)], endless)]).toEqual([]);
    expect([...seg([0, 1], 0, 'lin', endless)]).toEqual([]);
  });

  test('is made when it is queried', () => {
    let calls = 0;
    const counted = func(() => ++calls);
    expect(first(2, counted)).toEqual([1, 2]);
    expect(calls).toBe(2);
    expect([...key('nothing')]).toEqual([]);
  });

  test('an empty list is an error with the name of the stream', () => {
    expect(() => seq([])).toThrow(/seq\(\) was given an empty list/);
    expect(() => xrand(3 as never)).toThrow(/xrand\(\) was given 3/);
  });
});

describe('chance', () => {
  const drawn: [string, Stream<unknown>][] = [
    ['rand', rand([1, 2, 3], endless)],
    ['xrand', xrand([1, 2, 3], endless)],
    ['wrand', wrand([1, 2, 3], [1, 2, 3], endless)],
    ['shuf', n(shuf([1, 2, 3, 4, 5]))],
    ['white', white()],
    ['irand', irand(0, 100)],
    ['exprand', exprand()],
    ['gauss', gauss()],
    ['brown', brown()],
    ['walk', walk([1, 2, 3, 4])],
  ];

  test.each(drawn)('%s is the same with the same seed, and another with another', (_, pattern) => {
    const values = first(100, pattern);
    expect(first(100, pattern)).toEqual(values);
    expect(first(100, pattern.from(0))).toEqual(values);
    expect(first(100, pattern.from('b'))).toEqual(first(100, pattern.from('b')));
    expect(first(100, pattern.from('b'))).not.toEqual(values);
    expect(new Set(values).size).toBeGreaterThan(2);
  });

  test('two streams of one pattern draw their own values', () => {
    expect(new Set(first(50, white().sub(white()))).size).toBe(50);
    expect(new Set(first(50, seq([white(0, 1, 1)], endless))).size).toBe(50);
  });

  const COUNT = 20_000;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = <T>(values: readonly T[], fits: (value: T, index: number) => boolean) =>
    values.filter(fits).length / values.length;

  test('rand: each item as likely', () => {
    const values = first(COUNT, rand([0, 1, 2, 3], endless));
    for (const item of [0, 1, 2, 3]) expect(share(values, (value) => value === item)).toBeCloseTo(0.25, 1.7);
  });

  test('xrand: no item twice in a row, all others as likely', () => {
    const values = first(COUNT, xrand([0, 1, 2, 3], endless));
    expect(share(values, (value, index) => value === values[index - 1])).toBe(0);
    expect(share(values, (value, index) => value === (values[index - 1]! + 1) % 4)).toBeCloseTo(1 / 3, 1.7);
    expect(first(3, xrand([7], endless))).toEqual([7, 7, 7]);
  });

  test('wrand: by weights', () => {
    const values = first(COUNT, wrand(['a', 'b', 'c'], [0.7, 0.3, 0], endless));
    expect(share(values, (value) => value === 'a')).toBeCloseTo(0.7, 1.7);
    expect(values).not.toContain('c');
  });

  test('shuf: one order for all passes', () => {
    const [a, b] = [first(5, shuf([1, 2, 3, 4, 5], 2)), [...shuf([1, 2, 3, 4, 5], 2)]];
    expect(a.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(b).toEqual([...a, ...a]);
  });

  test('white and irand: evenly in their range', () => {
    const values = first(COUNT, white(2, 6));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...values)).toBeLessThan(6);
    expect(share(values, (value) => value < 3)).toBeCloseTo(0.25, 1.7);
    const whole = first(COUNT, irand(1, 6));
    expect([...new Set(whole)].toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(share(whole, (value) => value === 6)).toBeCloseTo(1 / 6, 1.7);
  });

  test('exprand: as many in each octave', () => {
    const values = first(COUNT, exprand(100, 1600));
    expect(share(values, (value) => value < 200)).toBeCloseTo(0.25, 1.7);
    expect(share(values, (value) => value > 800)).toBeCloseTo(0.25, 1.7);
  });

  test('gauss: mean and deviation', () => {
    const values = first(COUNT, gauss(5, 2));
    expect(mean(values)).toBeCloseTo(5, 1);
    expect(Math.sqrt(mean(values.map((value) => (value - 5) ** 2)))).toBeCloseTo(2, 1);
    expect(share(values, (value) => Math.abs(value - 5) < 2)).toBeCloseTo(0.683, 1.7);
  });

  test('brown: small steps within the range', () => {
    const values = first(COUNT, brown(-1, 1, 0.1));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    const steps = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
    expect(Math.max(...steps)).toBeLessThanOrEqual(0.1 + 1e-9);
    expect(round(mean(steps))).toBeCloseTo(0.05, 2);
  });
});

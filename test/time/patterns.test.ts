import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { euclidean } from '../../src/time/euclidean.js';
import { midiNote, pitchToHertz } from '../../src/time/pitch.js';
import { seededRandom } from '../../src/time/random.js';
import { Spans } from '../../src/time/spans.js';

describe('spans', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 10 }))
    .map(([start, length]) => ({ start, end: start + length }));

  test('what is open at a beat is what begins at or before it and ends after it, wherever one comes from', () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(fc.integer({ min: -2, max: 45 })), (list, beats) => {
        const items = list.map((each, item) => ({ ...each, item }));
        const spans = new Spans(items);
        for (const beat of beats) {
          const open = items.filter(({ start, end }) => start <= beat && beat < end);
          expect(spans.openAt(beat)).toEqual(open.map(({ item }) => item));
          const changes = items
            .filter(({ start, end }) => start < end)
            .flatMap(({ start, end }) => [start, end])
            .filter((each) => each > beat);
          const next = spans.nextChange(beat);
          // Spans of no length begin and end at once: a change of nothing, which costs no more than a look.
          const empty = items
            .filter(({ start, end }) => start === end && start > beat)
            .map(({ start }) => start);
          const first = Math.min(...changes, ...empty);
          expect(next).toBe(Number.isFinite(first) ? first : undefined);
        }
      }),
    );
  });
});

describe('rhythms', () => {
  const text = (steps: boolean[]) => steps.map((is) => (is ? 'x' : '·')).join('');

  test('euclidean(3, 8) is the tresillo, (5, 8) the cinquillo', () => {
    expect(text(euclidean(3, 8))).toBe('x··x··x·');
    expect(text(euclidean(5, 8))).toBe('x·xx·xx·');
    expect(text(euclidean(4, 16))).toBe('x···x···x···x···');
    expect(text(euclidean(3, 8, 1))).toBe('··x··x·x');
    expect(text(euclidean(0, 4))).toBe('····');
  });

  // https://cgm.cs.mcgill.ca/~godfried/publications/banff.pdf
  test.each([
    [2, 5, 'x·x··'],
    [3, 7, 'x·x·x··'],
    [4, 9, 'x·x·x·x··'],
    [5, 6, 'x·xxxx'],
    [5, 7, 'x·xx·xx'],
    [5, 9, 'x·x·x·x·x'],
    [5, 12, 'x··x·x··x·x·'],
    [7, 12, 'x·xx·x·xx·x·'],
    [7, 16, 'x··x·x·x··x·x·x·'],
    [9, 16, 'x·xx·x·x·xx·x·x·'],
    [13, 24, 'x·xx·x·x·x·x·xx·x·x·x·x·'],
  ])('euclidean(%i, %i) is that of the paper', (pulses, steps, rhythm) => {
    expect(text(euclidean(pulses, steps))).toBe(rhythm);
  });

  test('there are as many pulses as asked for, their distances differ by at most one step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.nat(64), fc.integer(), (steps, some, rotation) => {
        const pulses = some % (steps + 1);
        const pattern = euclidean(pulses, steps, rotation);
        const places = pattern.flatMap((is, index) => (is ? [index] : []));
        expect(places.length).toBe(pulses);
        const distances = places.map(
          (place, index) => ((places[(index + 1) % pulses]! - place + steps - 1) % steps) + 1,
        );
        if (pulses > 0) expect(Math.max(...distances) - Math.min(...distances)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('more pulses than steps are refused', () => {
    expect(() => euclidean(9, 8)).toThrow('from 0 to so many pulses as there are steps');
  });
});

describe('pitches', () => {
  test('names are MIDI notes: middle C is C4 and 60, A4 is 440 Hz', () => {
    expect(['C4', 'c4', 'F#3', 'Bb2', 'Ebb4', 'C-1', 'G9'].map(midiNote)).toEqual([
      60, 60, 54, 46, 62, 0, 127,
    ]);
    expect(pitchToHertz('A4')).toBe(440);
    expect(pitchToHertz(81)).toBe(880);
    expect(pitchToHertz('C4', 432)).toBeCloseTo(256.87, 2);
  });

  test('what is no pitch is refused', () => {
    for (const wrong of ['H4', 'C', '', Number.NaN]) expect(() => midiNote(wrong)).toThrow('is no pitch');
  });
});

describe('seeded random', () => {
  test('the same seed gives the same series, another seed another', () => {
    const series = (seed: number | string) => {
      const random = seededRandom(seed);
      return Array.from({ length: 8 }, () => random.integer(0, 1000));
    };
    expect(series(1)).toEqual(series(1));
    expect(series('verse')).toEqual(series('verse'));
    expect(series(1)).not.toEqual(series(2));
    expect(series('verse')).not.toEqual(series('chorus'));
  });

  test('numbers stay within their limits, picks follow their weights, a shuffle keeps what it has', () => {
    const random = seededRandom(7);
    const numbers = Array.from({ length: 1000 }, () => random.number(2, 3));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...numbers)).toBeLessThan(3);
    const picks = Array.from({ length: 1000 }, () => random.pick(['a', 'b', 'c'], [1, 0, 3]));
    expect(picks.filter((pick) => pick === 'b').length).toBe(0);
    expect(picks.filter((pick) => pick === 'c').length).toBeGreaterThan(680);
    expect(random.shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(() => random.pick([])).toThrow('nothing to pick from');
  });
});

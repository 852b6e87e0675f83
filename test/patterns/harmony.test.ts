import { describe, expect, test } from 'vitest';
import {
  ampdb,
  arpeggio,
  bind,
  chord,
  cpsmidi,
  dbamp,
  equal,
  events,
  explin,
  invert,
  just,
  linexp,
  linlin,
  midicps,
  midiratio,
  ratiomidi,
  scala,
  scale,
  seq,
} from '../../src/cycles.js';

describe('scale', () => {
  test.each([
    ['D dorian', [62, 64, 65, 67, 69, 71, 72, 74]],
    ['minor', [60, 62, 63, 65, 67, 68, 70, 72]],
    ['A2 minor pentatonic', [45, 48, 50, 52, 55, 57, 60, 62]],
    ['Bb major', [70, 72, 74, 75, 77, 79, 81, 82]],
    ['c# whole tone', [61, 63, 65, 67, 69, 71, 73, 75]],
  ])('%s', (name, notes) => {
    const each = scale(name);
    expect(notes.map((_, degree) => each.midi(degree))).toEqual(notes);
    expect(
      notes.map((_, degree) => events(bind({ scale: each, degree: seq([degree]) }))[0]!.midinote),
    ).toEqual(notes);
  });

  test('degrees below, accidentals and hertz', () => {
    const each = scale('D dorian');
    expect([each.midi(-1), each.midi(-7), each.midi(2.1), each.midi(-0.9)]).toEqual([60, 50, 66, 61]);
    expect(scale('A minor').hertz(0)).toBeCloseTo(440);
  });

  test('in another tuning', () => {
    expect(scale('C major', just).hertz(4) / scale('C major', just).hertz(0)).toBeCloseTo(3 / 2);
  });

  test.each([
    [() => scale('D dorain'), /"D dorain" is no scale\. Did you mean "dorian"\?/],
    [() => scale(''), /"" is no scale/],
    [() => scale('minor', equal(19)), /the tuning has 19 steps, and minor chooses from 12/],
  ])('%s is an error', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('chord', () => {
  test.each([
    ['C', [60, 64, 67]],
    ['Cm7', [60, 63, 67, 70]],
    ['F#dim', [66, 69, 72]],
    ['Ebmaj7', [63, 67, 70, 74]],
    ['C9', [60, 64, 67, 70, 74]],
    ['Dsus4', [62, 67, 69]],
    ['C/E', [64, 67, 72]],
  ])('%s', (name, notes) => {
    expect(chord(name)).toEqual(notes);
  });

  test('octave, inversions and arpeggios', () => {
    expect(chord('C', { octave: 3, inversion: 1 })).toEqual([52, 55, 60]);
    expect(chord('C', { inversion: -1 })).toEqual([55, 60, 64]);
    expect(invert([60, 64, 67], 3)).toEqual([72, 76, 79]);
    expect(invert([], 3)).toEqual([]);
    expect(arpeggio([60, 64, 67])).toEqual([60, 64, 67]);
    expect(arpeggio([60, 64, 67], 'down')).toEqual([67, 64, 60]);
    expect(arpeggio([60, 64, 67], 'upDown')).toEqual([60, 64, 67, 64]);
    expect(arpeggio([60, 64], 'up', 2)).toEqual([60, 64, 72, 76]);
  });

  test.each(['nope', 'm7', ''])('"%s" is an error', (name) => {
    expect(() => chord(name)).toThrow(/is no chord\. It is a root and a kind/);
  });
});

describe('tunings', () => {
  const ratios = ({ steps }: { readonly steps: readonly number[] }) => steps.map(midiratio);

  test('equal', () => {
    expect(equal(12).steps).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((step) => expect.closeTo(step)),
    );
    expect(ratios(equal(24))[12]).toBeCloseTo(Math.SQRT2);
    const bohlenPierce = bind({ scale: equal(13, 3), degree: seq([0, 13]) });
    const [low, high] = events(bohlenPierce).map(({ freq }) => freq);
    expect(high! / low!).toBeCloseTo(3);
    expect(() => equal(0)).toThrow(/equal\(\): 0 steps/);
  });

  test('just', () => {
    expect(ratios(just)[7]).toBeCloseTo(1.5);
  });

  test('a Scala file', () => {
    const tuning = scala('! a.scl\n!\nA test\n 4\n!\n 9/8 a tone\n 386.314\n 3/2\n 2/1\n');
    expect(tuning.name).toBe('A test');
    expect(ratios(tuning)).toEqual([1, 9 / 8, 5 / 4, 3 / 2].map((ratio) => expect.closeTo(ratio, 5)));
    expect(tuning.octaveRatio).toBeCloseTo(2);
    expect(scala('\n2\n1.\n3\n').octaveRatio).toBeCloseTo(3);
  });

  test.each([
    ['A test\n two\n', /line 2: The second line/],
    ['A test', /line 2: The second line/],
    ['A test\n2\n3/2', /line 3: The file has 1 of 2 notes/],
    ['A test\n!\n1\nhuh\n', /line 4: "huh" is no pitch/],
    ['A test\n1\n1/0', /line 3: "1\/0" is no pitch/],
    ['A test\n1\n1/2', /line 3: The last note is the octave/],
  ])('%j is an error with its line', (text, message) => {
    expect(() => scala(text)).toThrow(message);
  });
});

test('numbers', () => {
  expect([dbamp(-20), ampdb(0.1), midiratio(12), ratiomidi(2), midicps(69), cpsmidi(880)]).toEqual(
    [0.1, -20, 2, 12, 440, 81].map((value) => expect.closeTo(value)),
  );
  expect([linlin(5, 0, 10, 100, 200), linlin(-1, 0, 10, 100, 200), linlin(11, 0, 10, 100, 200)]).toEqual([
    150, 100, 200,
  ]);
  expect([linexp(0.5, 0, 1, 100, 400), linexp(2, 0, 1, 100, 400)]).toEqual([expect.closeTo(200), 400]);
  expect([explin(200, 100, 400, 0, 1), explin(1, 100, 400, 0, 1)]).toEqual([expect.closeTo(0.5), 0]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SuperColliderError } from '../../src/errors.js';
import { barPosition, beatsPerBar } from '../../src/time/meter.js';
import { TempoClock } from '../../src/time/tempoClock.js';
import { TempoMap, type TempoPoint, tempo } from '../../src/time/tempoMap.js';
import { fasterBy, partOf, swing, swung } from '../../src/time/timeline.js';

const bpm = fc.double({ min: 20, max: 400, noNaN: true });
const points: fc.Arbitrary<TempoPoint[]> = fc
  .array(fc.record({ step: fc.double({ min: 0.25, max: 64, noNaN: true }), bpm, ramp: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((steps) => {
    let beat = -1;
    return steps.map(({ step, ...rest }, index) => {
      beat += index === 0 ? 1 : step;
      return { beat, ...rest, ramp: rest.ramp && index < steps.length - 1 };
    });
  });

/** The integral of 60 / bpm by Simpson's rule: another way to the same number. */
function integral(map: TempoMap, from: number, to: number): number {
  const steps = 2000;
  const width = (to - from) / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step++) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 0 ? 2 : 4;
    sum += (weight * 60) / map.bpmAt(from + step * width);
  }
  return (sum * width) / 3;
}

describe('a tempo map', () => {
  test('120 beats a minute are two a second, before beat 0 as well', () => {
    const map = TempoMap.constant(120);
    expect([-4, 0, 1, 240].map((beat) => map.secondsAt(beat))).toEqual([-2, 0, 0.5, 120]);
    expect([-2, 0, 0.5, 120].map((seconds) => map.beatAt(seconds))).toEqual([-4, 0, 1, 240]);
  });

  test('a ramp from 60 to 120 over 8 beats takes 8 · ln 2 seconds, with 90 in its middle', () => {
    const map = tempo([0, 60, 'ramp'], [8, 120]);
    expect(map.secondsAt(8)).toBeCloseTo(8 * Math.LN2, 12);
    expect(map.bpmAt(4)).toBe(90);
    expect(map.secondsAt(10)).toBeCloseTo(8 * Math.LN2 + 1, 12);
  });

  test('a ramp is the integral of its tempo', () => {
    fc.assert(
      fc.property(bpm, bpm, fc.double({ min: 0.5, max: 32, noNaN: true }), (from, to, beats) => {
        const map = new TempoMap([
          { beat: 0, bpm: from, ramp: true },
          { beat: beats, bpm: to },
        ]);
        expect(map.secondsAt(beats)).toBeCloseTo(integral(map, 0, beats), 6);
      }),
      { numRuns: 30 },
    );
  });

  test('beats to seconds and back are the same beats, and seconds go up with beats', () => {
    fc.assert(
      fc.property(points, fc.array(fc.double({ min: -8, max: 800, noNaN: true })), (list, beats) => {
        const map = new TempoMap(list);
        const sorted = beats.toSorted((a, b) => a - b);
        let before = Number.NEGATIVE_INFINITY;
        for (const beat of sorted) {
          const seconds = map.secondsAt(beat);
          expect(seconds).toBeGreaterThanOrEqual(before);
          expect(map.beatAt(seconds)).toBeCloseTo(beat, 8);
          before = seconds;
        }
      }),
    );
  });

  test('a tempo of 0, NaN or less, beats that go down, and a ramp to nowhere are refused', () => {
    for (const wrong of [0, -120, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => TempoMap.constant(wrong)).toThrow(`a number of beats a minute over 0, not ${wrong}`);
    }
    expect(() => tempo([4, 120], [2, 90])).toThrow('go up in beats; point 1 is at beat 4, the next at 2');
    expect(() => tempo([0, 120, 'ramp'])).toThrow('The tempo ramp from beat 0 has no end');
    expect(() => tempo()).toThrow(SuperColliderError);
  });
});

describe('bars', () => {
  test('a bar of 4/4 has 4 beats, one of 7/8 has 3.5', () => {
    expect([beatsPerBar('4/4'), beatsPerBar('7/8'), beatsPerBar('3/2')]).toEqual([4, 3.5, 6]);
    expect(barPosition('3/4', 7)).toEqual({ bar: 2, beatInBar: 1 });
    expect(barPosition('7/8', 3.5 - 1e-9)).toEqual({ bar: 1, beatInBar: 0 });
  });

  test('what is no meter is refused', () => {
    for (const wrong of ['4/3', '0/4', '4'] as const) {
      expect(() => beatsPerBar(wrong as '4/4')).toThrow(`"${wrong}" is none`);
    }
  });
});

describe('a running clock', () => {
  test('a tempo that changes leaves the beat where it is', () => {
    const clock = new TempoClock({ tempo: 60 });
    expect(clock.beatAt(1000)).toBe(Number.NEGATIVE_INFINITY);
    clock.start(1000);
    expect(clock.beatAt(1004)).toBe(4);
    clock.setTempo(120, 1004);
    expect([clock.beatAt(1004), clock.timeOf(4), clock.timeOf(8)]).toEqual([4, 1004, 1006]);
  });

  test('stopped, it stays at its beat and no beat has a time; started again it goes on', () => {
    const clock = new TempoClock({ tempo: 60 });
    clock.start(1000);
    clock.stop(1003);
    expect([clock.beatAt(2000), clock.timeOf(5)]).toEqual([3, undefined]);
    clock.start(2000);
    expect([clock.beatAt(2001), clock.timeOf(5)]).toEqual([4, 2002]);
  });

  test('a seek is a new generation, and a loop has no beats behind its end', () => {
    const clock = new TempoClock({ tempo: 60 });
    clock.start(1000);
    clock.setLoop({ from: 4, to: 8 });
    expect([clock.timeOf(7.5), clock.timeOf(8), clock.timeOfTurn]).toEqual([1007.5, undefined, 1008]);
    clock.seek(4, 1008);
    expect([clock.generation, clock.beatAt(1008), clock.timeOfTurn]).toEqual([1, 4, 1012]);
  });

  test('over any changes beats and times agree, and subscribers hear of each', () => {
    const change = fc.record({ after: fc.double({ min: 0.01, max: 30, noNaN: true }), points });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let heard = 0;
        const clock = new TempoClock({ tempo: 97 });
        clock.subscribe(() => heard++);
        let time = 1_790_000_000;
        clock.start(time);
        for (const [index, { after, points: list }] of changes.entries()) {
          time += after;
          const beat = clock.beatAt(time);
          clock.setTempo(new TempoMap(list), time);
          expect(clock.beatAt(time)).toBeCloseTo(beat, 6);
          expect(clock.timeOf(beat + 1)! - time).toBeGreaterThan(0);
          expect(clock.beatAt(clock.timeOf(beat + 1)!)).toBeCloseTo(beat + 1, 4);
          expect(heard).toBeLessThanOrEqual(index + 2);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('negative and NaN beats are refused', () => {
    const clock = new TempoClock({ tempo: 60 });
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => clock.seek(wrong, 0)).toThrow(`a beat is a number from 0 up, not ${wrong}`);
    }
    expect(() => clock.setLoop({ from: 4, to: 4 })).toThrow('to a later one, not from 4 to 4');
  });
});

describe('timelines in timelines', () => {
  const outer = new TempoClock({ tempo: 60 });
  outer.start(0);

  test('a part counts from where it begins, a tuplet faster', () => {
    const part = partOf(outer, 8, 4, '<At>');
    expect([part.beatAt(9), part.timeOf(3)]).toEqual([1, 11]);
    const triplet = fasterBy(part, 3 / 2, '<Tuplet>');
    expect([triplet.timeOf(0), triplet.timeOf(3), triplet.beatAt(10)]).toEqual([8, 10, 3]);
    expect(triplet.length).toBe(6);
  });

  test('swing puts every second eighth at two thirds of the beat', () => {
    const timeline = swung(outer, 0.5, 2 / 3, '<Swing>');
    expect([0, 0.5, 1, 1.5, 2].map((beat) => timeline.timeOf(beat))).toEqual([0, 2 / 3, 1, 1 + 2 / 3, 2]);
    expect(swing(0.5, 0.5, 0.5)).toBe(0.5);
  });

  test('a swung beat comes back from its time', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.constantFrom(0.25, 0.5, 1),
        fc.double({ min: 0.3, max: 0.8, noNaN: true }),
        (beat, grid, amount) => {
          const timeline = swung(outer, grid, amount, '<Swing>');
          expect(timeline.beatAt(timeline.timeOf(beat)!)).toBeCloseTo(beat, 9);
        },
      ),
    );
  });
});

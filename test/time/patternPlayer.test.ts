import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PatternPlayer, type PatternSource } from '../../src/time/patternPlayer.js';

const source = <Value>(given: Partial<PatternSource<Value>> & Pick<PatternSource<Value>, 'values'>) => ({
  every: 1,
  length: undefined,
  repeat: 1,
  end: Number.POSITIVE_INFINITY,
  quant: 1,
  ...given,
});

const player = <Value>(origin = 0) => new PatternPlayer<Value, Value>(origin, ({ value }) => value);

/** What begins until a beat, each with its beat, as one who renders again at each change hears it. */
function playTo<Value>(
  playing: PatternPlayer<Value, Value>,
  end: number,
  from = 0,
): (readonly [beat: number, open: readonly Value[]])[] {
  const found: (readonly [number, readonly Value[]])[] = [];
  for (let beat: number | undefined = from; beat !== undefined && beat < end; beat = playing.nextChange())
    found.push([beat, playing.openAt(beat)]);
  return found;
}

describe('what is played', () => {
  test('an hour costs each beat what the first one does: nothing is laid out again', () => {
    let asked = 0;
    const counted = (): Iterable<number> => ({
      *[Symbol.iterator]() {
        for (;;) yield asked++;
      },
    });
    const playing = player<number>();
    let steps = 0;
    for (let sixteenth = 0; sixteenth < 4 * 60 * 140; sixteenth++) {
      playing.play(
        source({
          values: () => counted(),
          every: () => {
            steps++;
            return 0.25;
          },
        }),
      );
      expect(playing.openAt(sixteenth / 4)).toEqual([sixteenth]);
      expect(playing.nextChange()).toBe((sixteenth + 1) / 4);
      expect(asked).toBe(sixteenth + 2);
      expect(steps).toBe(sixteenth + 1);
    }
  });

  test('a new array is heard from the next value on, and a shorter step from its grid', () => {
    const playing = player<string>();
    playing.play(source({ values: ['a', 'b', 'c', 'd'] }));
    expect(playTo(playing, 2.2).at(-1)).toEqual([2, ['c']]);
    playing.play(source({ values: ['A', 'B', 'C', 'D', 'E'], every: 0.5 }));
    expect(playing.openAt(2.2)).toEqual(['c']);
    expect(playing.nextChange()).toBe(2.5);
    expect(playTo(playing, 9, 2.5)).toEqual([
      [2.5, ['D']],
      [3, ['E']],
      [3.5, []],
    ]);
  });

  test('a shorter step in the middle of a long one goes on with its next place, and skips no value', () => {
    const playing = player<number>();
    playing.play(source({ values: [0, 1, 2, 3], every: 4 }));
    playTo(playing, 3.3);
    playing.play(source({ values: [0, 1, 2, 3], every: 1 }));
    expect(playing.openAt(3.3)).toEqual([]);
    expect(playTo(playing, 9, playing.nextChange()!)).toEqual([
      [4, [1]],
      [5, [2]],
      [6, [3]],
      [7, []],
    ]);
  });

  test('what was over and is given more begins at the next point of the grid', () => {
    const playing = player<number>();
    playing.play(source({ values: [0, 1], quant: 2 }));
    expect(playTo(playing, 9).at(-1)).toEqual([2, []]);
    expect(playing.openAt(4.7)).toEqual([]);
    playing.play(source({ values: [0, 1, 2, 3], quant: 2 }));
    expect(playing.openAt(4.7)).toEqual([]);
    expect(playTo(playing, 9, playing.nextChange()!)).toEqual([
      [6, [2]],
      [7, [3]],
      [8, []],
    ]);
  });

  test('a function of another text begins its stream; one that was made anew goes on', () => {
    const playing = player<number>();
    const up = () => () => [1, 2, 3, 4];
    playing.play(source({ values: up() }));
    playing.openAt(0);
    playing.play(source({ values: up() }));
    expect(playing.openAt(1)).toEqual([2]);
    playing.play(source({ values: () => [11, 12] }));
    expect(playTo(playing, 9, 2)).toEqual([
      [2, [11]],
      [3, [12]],
      [4, []],
    ]);
  });

  test('after a seek an array and a function are where they would be, and an iterator goes on', () => {
    const up = () => [10, 11, 12, 13];
    for (const values of [up(), up]) {
      const playing = player<number>();
      playing.play(source({ values, repeat: 3 }));
      expect(playing.openAt(6)).toEqual([12]);
      expect(playing.openAt(1)).toEqual([11]);
      expect(playing.openAt(9.5)).toEqual([11]);
      expect(playTo(playing, 99, 11).at(-1)).toEqual([12, []]);
    }
    const playing = player<number>();
    playing.play(source({ values: up()[Symbol.iterator]() }));
    expect(playing.openAt(0)).toEqual([10]);
    expect(playing.openAt(1)).toEqual([11]);
    expect(playing.openAt(0.5)).toEqual([]);
    expect(playTo(playing, 9, 1)).toEqual([
      [1, [12]],
      [2, [13]],
      [3, []],
    ]);
  });

  test('endless rests keep nobody, and nothing is asked for them', () => {
    const playing = player<null>();
    playing.play(source({ values: [null], repeat: Number.POSITIVE_INFINITY }));
    expect(playing.openAt(0)).toEqual([]);
    expect(playing.nextChange()).toBeGreaterThan(1000);
  });

  test('any order of beats gives what a list of all values says', () => {
    const values = fc.array(fc.option(fc.integer()), { minLength: 1, maxLength: 8 });
    const beats = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        beats,
        (list, repeat, length, all) => {
          const playing = player<number | null>();
          playing.play(source({ values: list, every: 0.5, repeat, length: length / 4 }));
          for (const quarter of all) {
            const beat = quarter / 4;
            const wanted = Array.from({ length: repeat * list.length }, (_, index) => index).filter(
              (index) =>
                list[index % list.length] !== null && index / 2 <= beat && beat < index / 2 + length / 4,
            );
            expect(playing.openAt(beat)).toEqual(wanted.map((index) => list[index % list.length]));
          }
        },
      ),
    );
  });
});

/** Streams of numbers that are computed or drawn. */

import { type Context, nextOf, open, type Values } from './context.js';
import { fold, Stream } from './stream.js';

/** Without end: `seq([1, 2], inf)`. */
export const inf = Number.POSITIVE_INFINITY;

/** A number that each step changes. */
const stepped = (
  start: number,
  steps: Values<number>,
  length: number,
  change: (number: number, step: number) => number,
): Stream<number> =>
  new Stream(
    function* (context) {
      const changes = open(steps, context);
      let number = start;
      for (let index = 0; index < length; index++) {
        const next = changes.next();
        if (next.done) return;
        const given = number;
        number = change(number, next.value);
        yield given;
      }
    },
    [change, start, steps, length],
  );

/** A number to which a step is added again and again (sclang's `Pseries`). */
export const series = (start = 0, step: Values<number> = 1, length = inf): Stream<number> =>
  stepped(start, step, length, (number, by) => number + by);

/** A number that is multiplied again and again (sclang's `Pgeom`). */
export const geom = (start = 1, grow: Values<number> = 1, length = inf): Stream<number> =>
  stepped(start, grow, length, (number, by) => number * by);

/** Numbers that are drawn between two others. */
const drawn = (
  low: Values<number>,
  high: Values<number>,
  length: number,
  draw: (random: Context['random'], low: number, high: number) => number,
): Stream<number> =>
  new Stream(
    function* (context) {
      const lows = open(low, context);
      const highs = open(high, context);
      for (let index = 0; index < length; index++) {
        const range = nextOf<[number, number]>(lows, highs);
        if (!range) return;
        yield draw(context.random, range[0], range[1]);
      }
    },
    [draw, low, high, length],
  );

/** Numbers from `low` up to `high`, each as likely (sclang's `Pwhite` of floats). */
export const white = (low: Values<number> = 0, high: Values<number> = 1, length = inf): Stream<number> =>
  drawn(low, high, length, (random, from, to) => random.number(from, to));

/** Whole numbers from `low` to `high`, both included (sclang's `Pwhite` of integers). */
export const irand = (low: Values<number> = 0, high: Values<number> = 1, length = inf): Stream<number> =>
  drawn(low, high, length, (random, from, to) => random.integer(Math.min(from, to), Math.max(from, to)));

/** Numbers whose logarithms are each as likely, such as frequencies (sclang's `Pexprand`). */
export const exprand = (
  low: Values<number> = 0.0001,
  high: Values<number> = 1,
  length = inf,
): Stream<number> => drawn(low, high, length, (random, from, to) => from * (to / from) ** random.number());

/** Numbers around a mean, the far ones rarely (sclang's `Pgauss`). */
export const gauss = (
  mean: Values<number> = 0,
  deviation: Values<number> = 1,
  length = inf,
): Stream<number> =>
  drawn(
    mean,
    deviation,
    length,
    (random, middle, width) =>
      // 1 less a number from 0 up to 1 is never 0, which has no logarithm.
      Math.sqrt(-2 * Math.log(1 - random.number())) * Math.sin(2 * Math.PI * random.number()) * width +
      middle,
  );

/** Numbers that walk up and down by a step at most, and turn around at the ends (sclang's `Pbrown`). */
export const brown = (
  low: Values<number> = 0,
  high: Values<number> = 1,
  step: Values<number> = 0.125,
  length = inf,
): Stream<number> =>
  new Stream(
    function* (context) {
      const streams = [low, high, step].map((each) => open(each, context));
      const next = () => nextOf<[number, number, number]>(...(streams as [never, never, never]));
      const begin = next();
      if (!begin) return;
      let number = context.random.number(begin[0], begin[1]);
      for (let index = 0; index < length; index++) {
        const values = next();
        if (!values) return;
        const [from, to, by] = values;
        number = fold(number + context.random.number(-by, by), from, to);
        yield number;
      }
    },
    ['brown', low, high, step, length],
  );

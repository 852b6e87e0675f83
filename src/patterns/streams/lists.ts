/** Streams over lists. An item that is a stream gives its values in its place. */

import { SuperColliderError } from '../../errors.js';
import { type Context, embed, nextOf, open, passes, type Values } from './context.js';
import { Stream } from './stream.js';

/** A list whose items are values, or streams of values. */
export type List<T> = readonly Values<T>[];

const wrap = (index: number, size: number): number => ((index % size) + size) % size;

/** An item; an index outside the list begins again at the other end. */
const wrapAt = <T>(list: readonly T[], index: number): T => list[wrap(index, list.length)]!;

function listed<T>(
  name: string,
  list: readonly unknown[],
  begin: (context: Context) => Iterator<T, void>,
  ...others: readonly unknown[]
): Stream<T> {
  if (Array.isArray(list) && list.length > 0) return new Stream(begin, [name, list, ...others]);
  throw new SuperColliderError(
    'invalid-argument',
    `${name}() was given ${Array.isArray(list) ? 'an empty list' : String(list)}. It needs a list with a value at least.`,
  );
}

/** Items picked one by one. */
const picked = <T>(
  name: string,
  list: List<T>,
  repeats: number,
  pick: (context: Context) => () => number,
): Stream<T> =>
  listed(
    name,
    list,
    function* (context) {
      const next = pick(context);
      for (let index = 0; index < repeats; index++) yield* embed(list[next()]!, context);
    },
    repeats,
  );

/**
 * The items in order (sclang's `Pseq`).
 *
 * @param repeats - Passes through the list. @default 1
 * @param offset - The place of the first item. @default 0
 */
export const seq = <T>(list: List<T>, repeats = 1, offset = 0): Stream<T> =>
  listed(
    'seq',
    list,
    (context) =>
      passes(repeats, function* () {
        for (const index of list.keys()) yield* embed(wrapAt(list, index + offset), context);
      }),
    repeats,
    offset,
  );

/** The items in order, `count` of them in all (sclang's `Pser`). */
export const ser = <T>(list: List<T>, count = 1, offset = 0): Stream<T> =>
  listed(
    'ser',
    list,
    function* (context) {
      for (let index = 0; index < count; index++) yield* embed(wrapAt(list, index + offset), context);
    },
    count,
    offset,
  );

/** Items by chance, `count` of them (sclang's `Prand`). */
export const rand = <T>(list: List<T>, count = 1): Stream<T> =>
  picked(
    'rand',
    list,
    count,
    ({ random }) =>
      () =>
        random.integer(0, list.length - 1),
  );

/** Items by chance, never the same item twice in a row (sclang's `Pxrand`). */
export const xrand = <T>(list: List<T>, count = 1): Stream<T> =>
  picked('xrand', list, count, ({ random }) => {
    let index = random.integer(0, list.length - 1);
    return () => {
      if (list.length > 1) index = wrap(index + random.integer(0, list.length - 2) + 1, list.length);
      return index;
    };
  });

/**
 * Items by chance with weights (sclang's `Pwrand`).
 *
 * @param weights - A weight for each item, or a stream of such lists.
 */
export const wrand = <T>(list: List<T>, weights: Values<readonly number[]>, count = 1): Stream<T> =>
  listed(
    'wrand',
    list,
    function* (context) {
      const streams = open(weights, context);
      for (let index = 0; index < count; index++) {
        const next = streams.next();
        if (next.done) return;
        yield* embed(context.random.pick(list, next.value), context);
      }
    },
    weights,
    count,
  );

/** The items in an order by chance, the same one in each pass (sclang's `Pshuf`). */
export const shuf = <T>(list: List<T>, repeats = 1): Stream<T> =>
  listed(
    'shuf',
    list,
    (context) => {
      const mixed = context.random.shuffle(list);
      return passes(repeats, function* () {
        for (const item of mixed) yield* embed(item, context);
      });
    },
    repeats,
  );

/** The items in order; of an item that is an array, another value in each pass (sclang's `Place`). */
export const place = <T>(
  list: readonly (Values<T> | readonly Values<T>[])[],
  repeats = 1,
  offset = 0,
): Stream<T> =>
  listed(
    'place',
    list,
    (context) =>
      passes(repeats, function* (pass) {
        for (const index of list.keys()) {
          const item = wrapAt(list, index + offset);
          yield* embed((Array.isArray(item) ? wrapAt(item, pass) : item) as Values<T>, context);
        }
      }),
    repeats,
    offset,
  );

/** The options of `slide`. */
export interface SlideOptions {
  /** The place of the first item. @default 0 */
  readonly start?: number;
  /** False ends the stream where the list ends. @default true */
  readonly wraps?: boolean;
}

/**
 * Overlapping pieces of a list (sclang's `Pslide`).
 *
 * @param count - The number of pieces.
 * @param length - The items of a piece.
 * @param step - The distance from the beginning of a piece to the next.
 */
export const slide = <T>(
  list: List<T>,
  count = 1,
  length: Values<number> = 3,
  step: Values<number> = 1,
  { start = 0, wraps = true }: SlideOptions = {},
): Stream<T> =>
  listed(
    'slide',
    list,
    function* (context) {
      const lengths = open(length, context);
      const steps = open(step, context);
      let from = start;
      for (let index = 0; index < count; index++) {
        const size = lengths.next();
        if (size.done) return;
        for (let place = from; place < from + size.value; place++) {
          if (!wraps && (place < 0 || place >= list.length)) return;
          yield* embed(wrapAt(list, place), context);
        }
        const by = steps.next();
        if (by.done) return;
        from += by.value;
      }
    },
    count,
    length,
    step,
    start,
    wraps,
  );

/**
 * A walk through a list (sclang's `Pwalk`).
 *
 * @param steps - The way from an item to the next. @default 1 or -1 by chance
 * @param directions - 1 or -1, a new one at each end of the list: `seq([1, -1], Infinity)` turns around. @default 1
 * @param start - The place of the first item. @default 0
 */
export const walk = <T>(
  list: List<T>,
  steps: Values<number> = rand([-1, 1], Number.POSITIVE_INFINITY),
  directions: Values<number> = 1,
  start = 0,
): Stream<T> =>
  listed(
    'walk',
    list,
    function* (context) {
      const ways = open(steps, context);
      const turns = open(directions, context);
      const turn = () => turns.next().value ?? 1;
      let index = start;
      let direction = turn();
      for (let next = ways.next(); !next.done; next = ways.next()) {
        yield* embed(wrapAt(list, index), context);
        let step = next.value * direction;
        if (index + step < 0 || index + step >= list.length) {
          direction = turn();
          step = Math.abs(step) * Math.sign(direction);
        }
        index = wrap(index + step, list.length);
      }
    },
    steps,
    directions,
    start,
  );

/** Items by their places, which a stream gives (sclang's `Pswitch`). */
export const choose = <T>(list: List<T>, which: Values<number>): Stream<T> =>
  listed(
    'choose',
    list,
    function* (context) {
      const places = open(which, context);
      for (let next = places.next(); !next.done; next = places.next())
        yield* embed(wrapAt(list, Math.trunc(next.value)), context);
    },
    which,
  );

/** A value of each stream in turn (sclang's `Ppatlace`). A stream that has ended is left out. */
export const interleave = <T>(list: List<T>, repeats = 1): Stream<T> =>
  listed(
    'interleave',
    list,
    (context) => {
      const streams = list.map((item) => open(item, context));
      return passes(repeats, function* () {
        for (const each of streams) {
          const next = each.next();
          if (!next.done) yield next.value;
        }
      });
    },
    repeats,
  );

/** Values of several streams side by side, as arrays (sclang's `Ptuple`). */
export const tuple = <T>(list: List<T>, repeats = 1): Stream<T[]> =>
  listed(
    'tuple',
    list,
    (context) =>
      passes(repeats, function* () {
        const streams = list.map((item) => open(item, context));
        for (let values = nextOf<T[]>(...streams); values; values = nextOf<T[]>(...streams)) yield values;
      }),
    repeats,
  );

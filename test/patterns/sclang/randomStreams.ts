/** Streams by chance, in our words and in sclang's. */

import {
  choose,
  clump,
  constrain,
  fin,
  geom,
  interleave,
  n,
  place,
  type Stream,
  seq,
  ser,
  series,
  slide,
  stutter,
  tuple,
  walk,
} from '../../../src/cycles.js';
import { seededRandom } from '../../../src/time/random.js';

type Numbers = Stream<number>;

export interface Case {
  readonly ours: Stream<unknown>;
  readonly sclang: string;
}

/** A case of a seed. Streams have streams in their lists. */
export function randomStream(seed: number): Case {
  const random = seededRandom(`streams ${seed}`);
  const whole = (low: number, high: number) => random.integer(low, high);
  const real = () => whole(-20, 20) / 4;
  type Made = { readonly ours: Numbers; readonly sclang: string };
  type Item = { readonly ours: Numbers | number; readonly sclang: string };
  const number = (value: number): Item => ({ ours: value, sclang: String(value) });
  const item = (depth: number): Item => (depth > 0 && random.chance(0.35) ? make(depth - 1) : number(real()));
  const list = (depth: number, size = whole(1, 4)) => Array.from({ length: size }, () => item(depth));
  const ours = (items: readonly Item[]) => items.map((each) => each.ours);
  const theirs = (items: readonly Item[]) => `[${items.map((each) => each.sclang).join(', ')}]`;
  const counts = (): Item =>
    random.chance(0.5)
      ? number(whole(1, 3))
      : (([a, b]) => ({ ours: seq([a!, b!], 6), sclang: `Pseq([${a}, ${b}], 6)` }))([
          whole(0, 3),
          whole(1, 4),
        ]);

  const makers: ((depth: number) => Made)[] = [
    (depth) => {
      const items = list(depth);
      const [repeats, offset] = [whole(1, 3), whole(-2, 3)];
      return {
        ours: seq(ours(items), repeats, offset),
        sclang: `Pseq(${theirs(items)}, ${repeats}, ${offset})`,
      };
    },
    (depth) => {
      const items = list(depth);
      const [count, offset] = [whole(0, 7), whole(0, 3)];
      return { ours: ser(ours(items), count, offset), sclang: `Pser(${theirs(items)}, ${count}, ${offset})` };
    },
    (depth) => {
      const [start, step, length] = [real(), item(depth), whole(0, 9)];
      return {
        ours: series(start, step.ours, length),
        sclang: `Pseries(${start}, ${step.sclang}, ${length})`,
      };
    },
    () => {
      const [start, grow, length] = [real(), whole(-6, 6) / 4, whole(0, 9)];
      return { ours: geom(start, grow, length), sclang: `Pgeom(${start}, ${grow}, ${length})` };
    },
    (depth) => {
      const items = list(depth, whole(2, 6));
      const [count, length, step, start] = [whole(1, 5), counts(), whole(-2, 3), whole(-1, 3)];
      const wraps = random.chance(0.6);
      return {
        ours: slide(ours(items), count, length.ours, step, { start, wraps }),
        sclang: `Pslide(${theirs(items)}, ${count}, ${length.sclang}, ${step}, ${start}, ${wraps})`,
      };
    },
    (depth) => {
      const items = list(depth, whole(2, 6));
      const steps = [whole(1, 2), whole(-1, 2), whole(-2, 1)];
      const turns = random.chance(0.5);
      return {
        ours: walk(
          ours(items),
          seq(steps, 5),
          turns ? seq([1, -1], Number.POSITIVE_INFINITY) : 1,
          whole(0, 0),
        ),
        sclang: `Pwalk(${theirs(items)}, Pseq([${steps}], 5), ${turns ? 'Pseq([1, -1], inf)' : 1}, 0)`,
      };
    },
    (depth) => {
      const [times, inner] = [counts(), make(depth - 1)];
      return { ours: stutter(times.ours, inner.ours), sclang: `Pdup(${times.sclang}, ${inner.sclang})` };
    },
    (depth) => {
      const items = list(depth, whole(1, 3));
      const [first, second, repeats] = [[real(), real(), real()], [real(), real()], whole(1, 4)];
      return {
        ours: place([first, ...ours(items), second], repeats),
        sclang: `Place([[${first}], ${theirs(items).slice(1, -1)}, [${second}]], ${repeats})`,
      };
    },
    (depth) => {
      const items = list(depth, whole(1, 4));
      const which = [whole(0, 6), whole(0, 6), whole(0, 6)];
      return { ours: choose(ours(items), seq(which)), sclang: `Pswitch(${theirs(items)}, Pseq([${which}]))` };
    },
    (depth) => {
      const [a, b, repeats] = [make(depth - 1), make(depth - 1), whole(1, 9)];
      return {
        ours: interleave([a.ours, b.ours], repeats),
        sclang: `Ppatlace([${a.sclang}, ${b.sclang}], ${repeats})`,
      };
    },
    (depth) => {
      const [inner, times, count] = [make(depth - 1), whole(1, 3), whole(0, 12)];
      return {
        ours: fin(count, n(inner.ours, times)),
        sclang: `Pfin(${count}, Pn(${inner.sclang}, ${times}))`,
      };
    },
    (depth) => {
      const [a, b] = [make(depth - 1), random.chance(0.5) ? make(depth - 1) : number(real())];
      const [name, operator] = random.pick([
        ['add', '+'],
        ['sub', '-'],
        ['mul', '*'],
        ['min', 'min:'],
        ['max', 'max:'],
      ] as const);
      return { ours: a.ours[name](b.ours), sclang: `(${a.sclang} ${operator} ${b.sclang})` };
    },
    (depth) => {
      // Over 0: with a divisor below 0 sclang has -5 % -4 = -5.
      const [inner, divisor] = [make(depth - 1), whole(1, 9) / 4];
      return { ours: inner.ours.mod(divisor), sclang: `(${inner.sclang} % ${divisor})` };
    },
    (depth) => {
      const inner = make(depth - 1);
      const [name, sclang] = random.pick([
        ['neg', 'neg'],
        ['abs', 'abs'],
        ['floor', 'floor'],
        ['ceil', 'ceil'],
        ['squared', 'squared'],
        ['midicps', 'midicps'],
        ['midiratio', 'midiratio'],
        ['dbamp', 'dbamp'],
      ] as const);
      return { ours: inner.ours[name](), sclang: `(${inner.sclang}).${sclang}` };
    },
    (depth) => {
      const [inner, low, size] = [make(depth - 1), whole(-4, 0), whole(1, 4)];
      const name = random.pick(['clip', 'fold'] as const);
      return {
        ours: inner.ours[name](low, low + size),
        sclang: `(${inner.sclang}).${name}(${low}, ${low + size})`,
      };
    },
    (depth) => {
      const [inner, sum] = [make(depth - 1), whole(1, 12)];
      const positive = { ours: inner.ours.abs().add(0.25), sclang: `((${inner.sclang}).abs + 0.25)` };
      return {
        ours: constrain(sum, positive.ours as Stream<number>),
        sclang: `Pconst(${sum}, ${positive.sclang})`,
      };
    },
    (depth) => {
      const [inner, low, size] = [make(depth - 1), whole(-4, 0), whole(1, 4)];
      // With a number between, sclang's wrap of whole numbers is that of others.
      return {
        ours: inner.ours.add(0.1).wrap(low, low + size),
        sclang: `Pwrap(${inner.sclang} + 0.1, ${low}.0, ${low + size}.0)`,
      };
    },
    (depth) => {
      const [inner, quant] = [make(depth - 1), whole(1, 6) / 4];
      return { ours: inner.ours.round(quant), sclang: `(${inner.sclang}).round(${quant})` };
    },
  ];
  const simple = [0, 1, 2, 3];
  function make(depth: number): Made {
    return makers[depth > 0 ? whole(0, makers.length - 1) : random.pick(simple)]!(depth);
  }
  const made = make(3);
  if (seed % 8 === 0) {
    const size = counts();
    return { ours: clump(size.ours, made.ours), sclang: `Pclump(${size.sclang}, ${made.sclang})` };
  }
  if (seed % 8 === 1) {
    const other = make(2);
    return { ours: tuple([made.ours, other.ours]), sclang: `Ptuple([${made.sclang}, ${other.sclang}])` };
  }
  return made;
}

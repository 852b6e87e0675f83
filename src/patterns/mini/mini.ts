import { SuperColliderError } from '../../errors.js';
import { chanceAt } from '../cycles/chance.js';
import { Cycles } from '../cycles/cycles.js';
import { atPulses } from '../cycles/euclid.js';
import { byCycle, type Query } from '../cycles/event.js';
import { Fraction } from '../cycles/fraction.js';
import {
  pureQuery,
  silentQuery,
  stackQueries,
  timeCatQueries,
  varied,
  type Weighted,
} from '../cycles/join.js';
import { faster } from '../cycles/transform.js';
import type { EuclidNode, GroupNode, MiniNode, Step } from './ast.js';
import { parseMini } from './parse.js';
import { Reader } from './reader.js';
import { checkSize } from './weigh.js';

/** Options of {@link mini}. */
export interface MiniOptions {
  /** Another seed makes other choices at `?` and `|`. @default 0 */
  readonly seed?: number | string | undefined;
}

/**
 * A pattern written in the mini-notation of TidalCycles: `bd*2 <sn cp> hh(3,8)`.
 *
 * Its values are texts as written, such as `bd:3` or `60`.
 *
 * @throws SuperColliderError `invalid-argument` with the column, for a text that is no mini-notation or too large.
 * @example
 * mini('0 .. 3').map(Number).fast(2)
 * @see https://tidalcycles.org/docs/reference/mini_notation/
 */
export function mini(text: string, { seed = 0 }: MiniOptions = {}): Cycles<string> {
  if (typeof text !== 'string') {
    throw new SuperColliderError(
      'invalid-argument',
      `mini: the text is ${String(text)}. It is a string, such as "bd sn".`,
    );
  }
  const node = parseMini(new Reader(text));
  checkSize(text, node);
  return new Cycles(new Builder(seed).query(node));
}

class Builder {
  /** The number of the next step with chance, so that no two of them choose alike. */
  #place = 0;

  constructor(readonly seed: number | string) {}

  query(node: MiniNode): Query<string> {
    switch (node.type) {
      case 'word':
        return pureQuery(node.text);
      case 'rest':
        return silentQuery;
      case 'fast':
      case 'slow': {
        const of = this.query(node.of);
        const isSlow = node.type === 'slow';
        return this.#varied(node.factor, (factor) =>
          faster(of, isSlow && !factor.equals(0) ? Fraction.one.over(factor) : factor),
        );
      }
      case 'maybe': {
        const place = this.#place++;
        const of = this.query(node.of);
        return (time) =>
          of(time).filter(({ whole }) => chanceAt(this.seed, place, whole.begin) >= node.probability);
      }
      case 'euclid':
        return this.#euclid(node);
      case 'group':
        return this.#group(node);
    }
  }

  #euclid({ of, pulses, steps, rotation }: EuclidNode): Query<string> {
    const query = this.query(of);
    return this.#varied(pulses, (pulseCount) =>
      this.#varied(steps, (stepCount) => {
        const turned = (turn: Fraction) => atPulses(query, +pulseCount, +stepCount, +turn);
        return rotation ? this.#varied(rotation, turned) : turned(Fraction.zero);
      }),
    );
  }

  #group({ kind, join, layers, perCycle }: GroupNode): Query<string> {
    const first = totalOf(layers[0]!);
    const queries = layers.map((steps) => {
      const total = totalOf(steps);
      if (steps.length === 0) return silentQuery;
      const inCycle = this.#sequence(steps);
      if (kind === 'sequence') return inCycle;
      if (kind === 'alternation') return faster(inCycle, Fraction.one.over(total));
      if (!perCycle) return faster(inCycle, first.over(total));
      return this.#varied(perCycle, (count) => faster(inCycle, count.over(total)));
    });
    if (queries.length === 1) return queries[0]!;
    if (join === 'stack') return stackQueries(queries);
    const place = this.#place++;
    return byCycle((part, cycle) => {
      const chosen = chanceAt(this.seed, place, Fraction.of(cycle)) * queries.length;
      return queries[Math.floor(chosen)]!(part);
    });
  }

  #sequence(steps: readonly Step[]): Query<string> {
    // Each copy is built by itself, as copies with chance differ.
    const copies = steps.flatMap(({ node, weight, times }) =>
      Array.from({ length: times }, (): Weighted<string> => ({ weight, query: this.query(node) })),
    );
    return timeCatQueries(copies);
  }

  /** Makes a pattern of a number, or of each number of a pattern. The parser has checked that all values are numbers. */
  #varied(amount: MiniNode, make: (value: Fraction) => Query<string>): Query<string> {
    if (amount.type === 'word') return make(Fraction.decimal(amount.text));
    const made = new Map<string, Query<string>>();
    return varied(this.query(amount), (text) => {
      const known = made.get(text);
      if (known) return known;
      const query = make(Fraction.decimal(text));
      made.set(text, query);
      return query;
    });
  }
}

const totalOf = (steps: readonly Step[]): Fraction =>
  steps.reduce((sum, { weight, times }) => sum.plus(weight.times(times)), Fraction.zero);

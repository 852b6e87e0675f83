/**
 * Random numbers that come again: the same seed gives the same music.
 */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { SuperColliderError } from '../errors.js';

/** A source of random numbers; each call goes on in its series. */
export interface Random {
  /** From 0 up to 1, or from `low` up to `high`, evenly. */
  number(low?: number, high?: number): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with a probability: `chance(0.25)`. */
  chance(probability: number): boolean;
  /** One of several, each as likely as the others, or as its weight says. */
  pick<Item>(items: readonly Item[], weights?: readonly number[]): Item;
  /** The same in another order. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/**
 * A series of random numbers.
 *
 * @param seed - A whole number, or a text.
 */
export function seededRandom(seed: number | string): Random {
  const generator = xoroshiro128plus(typeof seed === 'number' ? seed : hashText(seed));
  const random: Random = {
    number: (low = 0, high = 1) => low + uniformFloat64(generator) * (high - low),
    integer: (low, high) => uniformInt(generator, low, high),
    chance: (probability) => random.number() < probability,
    pick: (items, weights) => {
      if (items.length === 0) {
        throw new SuperColliderError('invalid-argument', 'pick() was given nothing to pick from.');
      }
      if (!weights) return items[random.integer(0, items.length - 1)]!;
      let left = random.number(
        0,
        items.reduce((sum, _, index) => sum + (weights[index] ?? 0), 0),
      );
      const index = items.findIndex((_, place) => {
        left -= weights[place] ?? 0;
        return left < 0;
      });
      return items.at(index)!;
    },
    shuffle: (items) => {
      const mixed = [...items];
      for (let last = mixed.length - 1; last > 0; last--) {
        const other = random.integer(0, last);
        [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
      }
      return mixed;
    },
  };
  return random;
}

/** A number for a text. @see http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a, 32 bit) */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

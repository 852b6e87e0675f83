import { useState } from 'react';
import { type Random, seededRandom } from '../time/random.js';
import { useScene } from './useServer.js';

/**
 * Random numbers of the component's own.
 *
 * They are the same in each rendering of the piece with one seed, also in StrictMode. Each call goes on in
 * the series. Call it in callbacks and in the first state, not in a render, which React may repeat.
 *
 * @param name - Components of one name have the same series, whatever else is mounted.
 *   @default a series of its own, by the order in which components first take a number
 */
export function useRandom(name?: string): Random {
  const scene = useScene('useRandom');
  // StrictMode calls this twice, and keeps one of the two: only what a number is taken from counts.
  const [random] = useState(() => begunAtFirstUse(() => `${scene.seed}/${name ?? scene.countRandom()}`));
  return random;
}

/** Random numbers whose seed is taken with the first number. */
export function begunAtFirstUse(seed: () => string): Random {
  let series: Random | undefined;
  const begun = (): Random => {
    series ??= seededRandom(seed());
    return series;
  };
  return {
    number: (low, high) => begun().number(low, high),
    integer: (low, high) => begun().integer(low, high),
    chance: (probability) => begun().chance(probability),
    pick: (items, weights) => begun().pick(items, weights),
    shuffle: (items) => begun().shuffle(items),
  };
}

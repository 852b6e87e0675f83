import { useState } from 'react';
import { type Random, seededRandom } from '../time/random.js';
import { useScene } from './useServer.js';

/**
 * Random numbers of the component's own, the same in each rendering of the piece with one seed.
 *
 * Each call goes on in the series: call it in callbacks and in the first state, not in a render, which React
 * may repeat.
 *
 * @param name - Components of one name have the same series, whatever else is mounted. @default a series of its
 *   own, by the order in which components are mounted
 */
export function useRandom(name?: string): Random {
  const scene = useScene('useRandom');
  const [random] = useState(() => seededRandom(`${scene.options.seed}/${name ?? scene.countRandom()}`));
  return random;
}

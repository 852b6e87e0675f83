import { useId, useState } from 'react';
import { type Random, seededRandom } from '../time/random.js';
import { useScene } from './useServer.js';

/**
 * Random numbers of the component's own, the same in each rendering of the piece with one seed.
 *
 * Each call goes on in the series: call it in callbacks and in the first state, not in a render, which React
 * may repeat.
 *
 * @param name - Components of one name have the same series. @default where the component stands in the tree
 */
export function useRandom(name?: string): Random {
  const { seed } = useScene('useRandom').options;
  const id = useId();
  const [random] = useState(() => seededRandom(`${seed}/${name ?? id}`));
  return random;
}

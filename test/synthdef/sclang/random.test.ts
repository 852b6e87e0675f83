/**
 * Random graphs compile to sclang's bytes. Fixed seeds here; `GRAPHS=5000 SEED=12345 npx vitest run
 * test/synthdef/sclang/random.test.ts` tries others and prints those that differ.
 */

import { expect } from 'vitest';
import { decodeSynthDefs } from '../../../src/synthdef/file/decode.js';
import { testWithSclang } from '../../setup/sclang.js';
import { compileWithSclang } from './compileWithSclang.js';
import { randomGraph } from './randomGraphs.js';

const count = Number(process.env.GRAPHS ?? 400);
const first = Number(process.env.SEED ?? 1);

/**
 * Where sclang 3.13 loses units that are still read: it counts the readers of a unit in a list that it
 * sometimes extends in a copy and then drops, and it turns `a - a` with a negative `a` into a sum of itself.
 */
const LOST_BY_SCLANG = [
  'seed 15: sclang has 77 of 85 units',
  'seed 89: sclang has 62 of 64 units',
  'seed 143: sclang has 79 of 91 units',
  'seed 146: sclang has 112 of 132 units',
  'seed 248: sclang has 74 of 85 units',
  'seed 337: sclang has 58 of 59 units',
];

testWithSclang(
  `${count} random graphs, from seed ${first}`,
  async () => {
    const graphs = Array.from({ length: count }, (_, index) => randomGraph(first + index));
    const theirs = await compileWithSclang(graphs.map(({ sclang }) => sclang));
    const different = graphs.flatMap(({ bytes }, index) => {
      const expected = theirs[index];
      if (expected && Buffer.compare(bytes, expected) === 0) return [];
      const units = expected ? `has ${unitsIn(expected)}` : 'refuses';
      return [`seed ${first + index}: sclang ${units} of ${unitsIn(bytes)} units`];
    });
    expect(different).toEqual(LOST_BY_SCLANG);
  },
  300_000,
);

const unitsIn = (bytes: Uint8Array): number => decodeSynthDefs(bytes)[0]!.units.length;

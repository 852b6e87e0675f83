/** Six pieces: sclang computes their scores, and ours have the same notes. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { EventKeys, Stream } from '../../../src/cycles.js';
import { testWithSclang } from '../../setup/sclang.js';
import { p01, p02, p04, p06, p07, p08 } from './pieces.js';
import { runSclang } from './runSclang.js';
import { difference } from './scores.js';

const here = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

const pieces: readonly (readonly [name: string, piece: Stream<EventKeys>, beats: number, count: number])[] = [
  ['p01', p01, 9, 15],
  ['p02', p02, 8, 44],
  ['p04', p04, 7, 12],
  ['p06', p06, 6, 5],
  ['p07', p07, 7, 35],
  ['p08', p08, 4, 8],
];

testWithSclang('six pieces have the times, frequencies, amplitudes and lengths of sclang', async () => {
  const scores = await runSclang(
    here('pieces.scd')
      .replace('"./"', '~folder')
      .replace(/^\(|0\.exit;\s*\)\s*$/g, ''),
    pieces.map(([name]) => `${name}.txt`),
  );
  for (const [index, [name, piece, beats, count]] of pieces.entries()) {
    expect(difference(scores[index]!, piece, beats), name).toEqual({ count, problems: [] });
  }
});

testWithSclang('the pieces have about as many lines as in sclang', () => {
  const theirs = /\/\/ p01[\s\S]*?(?=^"SC)/m.exec(here('pieces.scd'))![0];
  const ours = /\/\/ p01[\s\S]*?(?=^\/\/ The end)/m.exec(here('pieces.ts'))![0];
  expect(lines(ours)).toBeLessThanOrEqual(1.2 * lines(theirs));
});

const lines = (code: string): number =>
  code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

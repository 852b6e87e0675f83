/** That edits leave nothing behind: a shorter form of what `npm run bench -- --only DEV` does with 1,000 reloads. */

import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/bench/devProcess.js', import.meta.url));

test('two hundred reloads leave no code and no text of theirs in memory', async () => {
  const { stdout } = await execa(process.execPath, ['--expose-gc', script, '0', '250']);
  const { heap } = JSON.parse(stdout) as { heap: Readonly<Record<number, number>> };
  const growth = (heap[250]! - heap[50]!) / 200;
  // What 950 further reloads would add is less than a fifth of what there was after 50.
  expect(950 * growth).toBeLessThan(0.2 * heap[50]!);
}, 120_000);

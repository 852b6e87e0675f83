/** Our side of the ten tasks of docs/coming-from.md: each is played. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cli } from '../cli/cli.js';
import { temporaryFolder } from '../engine/native/programs.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(repository, 'docs/coming-from.md'), 'utf8');

/** Seconds that each task is played. */
const SECONDS = 6;

/** Synths of a task: how many begin in its seconds, and one of them. */
const expected: readonly (readonly [count: number, def: string])[] = [
  [1, 'sine'],
  [1, 'brassy'],
  // Twelve steps a pass of three lengths, each sixth is a rest.
  [14, 'pluck'],
  [24, 'kick'],
  [20, 'pluck'],
  [14, 'marimba'],
  [8, 'pluck'],
  [1, 'saw'],
  [9, 'bell'],
  [1, 'organ'],
];

test('each task has our side and those of five others, and ours is played', async () => {
  const tasks = page.split(/^## \d+\. /m).slice(1);
  expect(tasks.length).toBe(10);
  const folder = temporaryFolder();
  for (const [index, task] of tasks.entries()) {
    const blocks = [...task.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
    expect(blocks.map(([, language]) => language)).toEqual([
      ...['tsx', 'supercollider', 'haskell', 'ruby', 'python', 'js'],
    ]);
    writeFileSync(join(folder, `task${index}.tsx`), blocks[0]![2]!);
  }
  const parts = tasks.map((_, index) => `<At length={${SECONDS}}><Task${index} /></At>`);
  writeFileSync(
    join(folder, 'all.tsx'),
    `import { At, Sequence } from 'react-collider';
    ${tasks.map((_, index) => `import Task${index} from './task${index}';`).join('\n')}
    export default () => <Sequence>${parts.join('')}</Sequence>;`,
  );
  const score = join(folder, 'score.json');
  const { exitCode, stderr } = await cli([
    ...['render', join(folder, 'all.tsx'), '-o', join(folder, 'all.wav'), '--engine', 'embedded'],
    ...['--sample-rate', '8000', '--duration', String(SECONDS * tasks.length), '--score', score],
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { bundles } = JSON.parse(readFileSync(score, 'utf8')) as {
    bundles: { time: number; messages: unknown[][] }[];
  };
  const begun = tasks.map(() => [] as string[]);
  for (const { time, messages } of bundles)
    for (const [address, def] of messages)
      if (address === '/s_new' && def !== 'react-collider-seed')
        begun[Math.min(tasks.length - 1, Math.floor(time / SECONDS + 1e-6))]!.push(String(def));
  for (const [index, [count, def]] of expected.entries()) {
    expect(begun[index]!.length, `task ${index + 1}`).toBeGreaterThanOrEqual(count);
    expect(begun[index], `task ${index + 1}`).toContain(def);
  }
});

/**
 * What `npm run bench` runs: speed as ratios against a reference in the same run.
 *
 * `--json` prints one object with every figure. Times are medians of interleaved pairs; they say
 * something only beside the reference next to them.
 */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.env.NODE_ENV = 'production';

const json = process.argv.includes('--json');
const folder = fileURLToPath(new URL('./bench/', import.meta.url));
spawnSync('npx', ['--no-install', 'tsc', '-p', 'tsconfig.build.json'], {
  stdio: json ? 'ignore' : 'inherit',
});

const results = {};
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .sort()) {
  const { name, run } = await import(`${folder}${file}`);
  if (!name) continue;
  if (!json) console.log(`\n${name}`);
  results[name] = await run();
  if (!json) console.table(results[name]);
}
if (json) console.log(JSON.stringify(results, null, 2));

/**
 * What `npm run bench` runs: speed as ratios against references in the same run.
 *
 * `--json` prints one object, `{ ratios, figures }`; `--only W1,W2` runs a part; `--docs` writes the tables of
 * docs/performance.md; `--soak` also runs a piece of 200 commits a second for ten minutes (`--minutes 1` for another
 * time) and adds what became of its memory as `soak`. Times are medians in milliseconds of contenders that take turns; they say something
 * only beside the reference next to them.
 */

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

process.env.NODE_ENV = 'production';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    docs: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
  },
});

spawnSync('npx', ['--no-install', 'tsc', '-p', 'tsconfig.build.json'], {
  stdio: options.json ? 'ignore' : 'inherit',
});

const { runBench } = await import('./bench/run.js');
const only = options.only?.split(',').map((name) => name.trim().toUpperCase());
const results = await runBench(only, options.json ? () => {} : (name, times) => console.log(name, times));

if (options.soak) {
  const { runSoak } = await import('./bench/soak.js');
  results.soak = await runSoak(Number(options.minutes), (sample) => {
    if (!options.json) console.log(sample);
  });
}

if (options.docs) {
  const { writePage } = await import('./bench/page.js');
  writePage(new URL('../docs/performance.md', import.meta.url), results);
}
if (options.json) console.log(JSON.stringify(results, null, 2));
else console.table(results.ratios);
process.exit(0);

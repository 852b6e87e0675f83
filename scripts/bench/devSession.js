/**
 * DEV: from a save to the bundle in a dev session, in milliseconds, with its stages: until the save is noticed, until
 * the modules are compiled and have run, and the rest. MEMORY of 1,000 reloads with it.
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('devProcess.js', import.meta.url));
const MEGABYTE = 2 ** 20;

/** @returns Times by workload, and the heap after collections, in bytes, by the number of reloads. */
function measureDevSession({ runs, reloads }) {
  const { NODE_ENV: _, ...env } = process.env;
  const output = execFileSync(process.execPath, ['--expose-gc', script, `${runs}`, `${reloads}`], {
    encoding: 'utf8',
    env,
  });
  const { heap, ...times } = JSON.parse(output);
  return { times, heap };
}

export async function dev() {
  const { times, heap } = measureDevSession({ runs: 30, reloads: 1000 });
  return {
    ...times,
    'DEV.memory, MB': { 'after 50 reloads': heap[50] / MEGABYTE, 'after 1,000': heap[1000] / MEGABYTE },
  };
}

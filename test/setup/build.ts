/**
 * Builds `dist/` once before the tests: the embedded engine's worker thread and the CLI run from there,
 * because a Node worker cannot load TypeScript; so does the worklet of pages. Type errors do not keep it from being built; the type
 * check of `npm test` reports them.
 */

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export default function build(): void {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  spawnSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
    stdio: 'ignore',
  });
  spawnSync(process.execPath, ['scripts/buildBrowser.js'], { stdio: 'ignore' });
}

/**
 * Builds `dist/` once before the tests: the embedded engine's worker thread and the CLI run from there,
 * because a Node worker cannot load TypeScript; so do the worklet of pages and the inspector's page. Type errors do not keep it from being built; the type
 * check of `npm test` reports them.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export default function build(): void {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  spawnSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
    stdio: 'ignore',
  });
  spawnSync(process.execPath, ['scripts/buildBrowser.js'], { stdio: 'ignore' });
  if (isOlder('dist/inspector/page/index.html', 'src/inspector'))
    spawnSync(process.execPath, ['scripts/buildInspector.js'], { stdio: 'ignore' });
}

/** True when a file is not there, or a file in a folder was written later. */
function isOlder(file: string, folder: string): boolean {
  if (!existsSync(file)) return true;
  const { mtimeMs } = statSync(file);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (name) => statSync(join(folder, name)).mtimeMs > mtimeMs,
  );
}

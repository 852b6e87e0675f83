/**
 * Brings `dist/` up to date before the tests. The embedded engine's worker thread and the command line run from there,
 * because a Node worker cannot load TypeScript. So do the worklet of pages and the inspector's page.
 *
 * The first build is the compiler's. After it only files that changed are translated, without their types: a
 * compiler that looks at all types took 25 s of each run of one test file.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformWithOxc } from 'vite';

export default async function build(): Promise<void> {
  if (!existsSync('dist/.tsbuildinfo')) compile();
  await translateChanged();
  if (isOlder('dist/browser/worklet.js', 'src'))
    spawnSync(process.execPath, ['scripts/buildBrowser.js'], { stdio: 'ignore' });
  if (isOlder('dist/inspector/page/index.html', 'src/inspector'))
    spawnSync(process.execPath, ['scripts/buildInspector.js'], { stdio: 'ignore' });
}

/** Type errors do not keep `dist/` from being built; the type check of `npm test` reports them. */
function compile(): void {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  spawnSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.build.json'], {
    stdio: 'ignore',
  });
}

async function translateChanged(): Promise<void> {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && !name.startsWith('inspector/page'),
  );
  for (const name of sources) {
    const source = join('src', name);
    const target = join('dist', name.replace(/\.tsx?$/, '.js'));
    if (existsSync(target) && statSync(target).mtimeMs >= statSync(source).mtimeMs) continue;
    const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source, {
      target: 'es2023',
      jsx: { runtime: 'automatic' },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

/** True when a file is not there, or a file in a folder was written later. */
function isOlder(file: string, folder: string): boolean {
  if (!existsSync(file)) return true;
  const { mtimeMs } = statSync(file);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (name) => statSync(join(folder, name)).mtimeMs > mtimeMs,
  );
}

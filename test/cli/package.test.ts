/** A new project as a user makes it: from the package as it is published, in an empty folder. */

import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { DevSession, synthsOf } from '../dev/devSession.js';
import { temporaryFolder } from '../engine/native/programs.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const { NODE_ENV: _, ...env } = process.env;

const npm = (cwd: string, ...words: readonly string[]) =>
  execa('npm', words, { cwd, env, extendEnv: false, all: true });

const install = (folder: string, ...packages: readonly string[]) =>
  npm(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline', ...packages);

/** The repository as a clone has it: without what a build makes. */
function clone(): string {
  const folder = temporaryFolder();
  for (const part of ['LICENSE', 'NOTICE', 'README.md', 'docs', 'examples', 'scripts', 'src'])
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(repository, file), join(folder, file));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Every entry of the package that is code. */
const entries = Object.keys(
  (JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { exports: object }).exports,
)
  .filter((entry) => !/\.(css|json)$|vite\/client$/.test(entry))
  .map((entry) => `react-collider${entry.slice(1)}`);

/** Two installations, of which a registry may be slow to answer. */
const TIMEOUT = 300_000;

test(
  'npm pack in a clone, new, npm install, npm run dev, npm test, npm run typecheck',
  async () => {
    const folder = temporaryFolder();
    await npm(clone(), 'pack', '--pack-destination', folder);
    const [filename] = readdirSync(folder);
    await install(folder, `./${filename}`, 'react', 'react-dom');
    const imports = entries.map((entry) => `await import('${entry}');`).join('');
    await execa('node', ['--input-type=module', '--eval', imports], { cwd: folder, env, extendEnv: false });
    const bin = join(folder, 'node_modules/.bin/react-collider');
    await execa(bin, ['new', 'my-piece'], { cwd: folder, env, extendEnv: false });
    const project = join(folder, 'my-piece');
    // Everything as it was written but for where our package comes from.
    await npm(project, 'pkg', 'set', `dependencies.react-collider=file:../${filename}`);
    await install(project);

    const session = new DevSession(project);
    session.run('npm', 'run', 'dev', '--', '--engine', 'embedded', '--json', '--latency', '0');
    const ready = await session.next('ready');
    expect(synthsOf(ready.nodes!).map(({ def }) => def)).toContain('reverb');
    const piece = readFileSync(join(project, 'piece.tsx'), 'utf8');
    const update = await session.edit('piece.tsx', piece.replace('mix={0.3}', 'mix={0.4}'));
    expect(update.messages).toContainEqual(expect.stringMatching(/^\/n_set \d+ mix 0\.4$/));
    await session.stop();

    expect((await npm(project, 'test')).all).toContain('1 passed');
    await npm(project, 'run', 'typecheck');
  },
  TIMEOUT,
);

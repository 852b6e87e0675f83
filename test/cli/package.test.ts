/** A new project as a user makes it: from the package as it is published, in an empty folder. */

import { readFileSync } from 'node:fs';
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

/** Two installations, of which a registry may be slow to answer. */
const TIMEOUT = 300_000;

test(
  'new, npm install, npm run dev, npm test, npm run typecheck',
  async () => {
    const folder = temporaryFolder();
    const packed = await npm(repository, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    await install(folder, `./${filename}`);
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

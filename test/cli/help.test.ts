/** What helps at the shell: --help with examples, suggestions, completion. */

import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engine/native/programs.js';
import { cli, main } from './cli.js';

/** The commands that --help lists. */
const commands = async (): Promise<string[]> => {
  const { stdout } = await cli(['--help']);
  const list = stdout.split('Commands:')[1]!.split('\n\n')[0]!;
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name!).filter((name) => name !== 'help');
};

test('each command has examples of itself', async () => {
  const names = await commands();
  expect(names).toEqual(expect.arrayContaining(['play', 'dev', 'render', 'synthdef', 'doctor', 'new']));
  for (const name of names) {
    const { stdout } = await cli([name, '--help']);
    expect(stdout, name).toMatch(new RegExp(`Examples?:\\n(.*\\n)*? {2}\\$ .*react-collider ${name}`));
  }
});

test.for([
  [['rendr', 'song.tsx'], '(Did you mean render?)'],
  [['dev', 'song.tsx', '--enginee', 'scsynth'], '(Did you mean --engine?)'],
  [['play', 'song.tsx', '--engine', 'csound'], 'Allowed choices are auto, scsynth, supernova, embedded.'],
] as const)('%j is answered with what is near', async ([args, said]) => {
  const { stderr, exitCode } = await cli(args);
  expect(stderr).toContain(said);
  expect(exitCode).toBe(2);
});

/** What completes a line: the words, and whether files come, too. */
const complete = async (...words: readonly string[]) => {
  const { stdout } = await cli(['complete', '--', ...words]);
  const lines = stdout.split('\n');
  return { words: lines.slice(0, -1).map((line) => line.split('\t')[0]), directive: lines.at(-1) };
};

test('commands, options and what they may be are completed', async () => {
  expect((await complete('re')).words).toEqual(['render']);
  expect((await complete('dev', 'song.tsx', '--lat')).words).toEqual(['--latency']);
  expect((await complete('dev', '--engine', '')).words).toEqual(['auto', 'scsynth', 'supernova', 'embedded']);
});

test.skipIf(process.platform === 'win32')('bash completes with the script', async () => {
  const folder = temporaryFolder();
  const command = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
  writeFileSync(join(folder, 'react-collider'), command, { mode: 0o755 });
  const script = fileURLToPath(new URL('completion.bash', import.meta.url));
  const { NODE_ENV: _, ...env } = process.env;
  const { stdout } = await execa('bash', [script, 'react-collider', 'synth'], {
    env: { ...env, PATH: `${folder}${delimiter}${env.PATH}` },
    extendEnv: false,
  });
  expect(stdout.trim()).toMatch(/^synthdef\b/);
});

test.for(['bash', 'zsh', 'fish'])('there is a script for %s', async (shell) => {
  const { stdout, exitCode } = await cli(['completion', shell]);
  expect(stdout).toContain(`${shell} completion for react-collider`);
  expect(exitCode).toBe(0);
});

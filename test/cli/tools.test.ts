/** The commands beside playing: servers that run, this machine, new projects. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';
import { cli } from './cli.js';

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s', (engine) => {
  test('a server that runs is asked, silenced and ended', async () => {
    const port = await freePort('udp', '127.0.0.1');
    const server = await bootForTest(engine, { port });
    await server.synthDefs.ensure(tone);
    const synth = server.nodes.synth(tone, { freq: 330 });
    await server.sync();
    const ask = (...args: string[]) => cli([...args, '--port', String(port)]);

    const tree = await ask('tree');
    expect(tree.stdout).toContain(`${synth.id} tone`);
    expect(JSON.parse((await ask('tree', '--json')).stdout)).toMatchObject({ id: 0 });
    expect((await ask('status')).stdout).toMatch(
      new RegExp(`^${engine} 3\\.\\d+\\.\\d+ · \\d+ Hz · .*\\n\\d+ groups, 1 synths of \\d+ unit generators`),
    );
    expect((await ask('free-all')).stdout).toContain('All nodes are freed');
    expect((await server.status()).synths).toBe(0);
    const quit = await ask('quit');
    expect(quit.stdout).toBe('The server has quit.');
    expect(quit.exitCode).toBe(0);
  });
});

test('where no server is, it says so', async () => {
  const port = await freePort('udp', '127.0.0.1');
  const { stderr, exitCode } = await cli(['status', '--port', String(port)]);
  expect(stderr).toContain(`No server answered at udp 127.0.0.1:${port}`);
  expect(exitCode).toBe(4);
});

test('a port that is none is refused', async () => {
  const { stderr, exitCode } = await cli(['tree', '--port', '70000']);
  expect(stderr).toContain('It is a whole number from 1 to 65535.');
  expect(exitCode).toBe(2);
});

test('a command that is nearly right is suggested', async () => {
  expect((await cli(['doktor'])).stderr).toContain('(Did you mean doctor?)');
});

test('doctor says what works here', async () => {
  const { stdout, exitCode } = await cli(['doctor', '--json']);
  const findings = JSON.parse(stdout) as { what: string; is: string }[];
  const ok = findings.filter(({ is }) => is === 'ok').map(({ what }) => what);
  expect(ok).toEqual(expect.arrayContaining(['Node', ...engines]));
  expect(exitCode).toBe(0);
});

test('a new project plays at once, and is not put over another', async () => {
  const folder = join(temporaryFolder(), 'My Piece');
  const made = await cli(['new', folder]);
  expect(made.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({
    name: 'my-piece',
    scripts: { dev: 'react-collider dev piece.tsx', test: 'vitest run' },
    dependencies: { react: expect.any(String), 'react-collider': expect.any(String) },
  });
  const wav = join(folder, 'piece.wav');
  const rendered = await cli([
    'render',
    join(folder, 'piece.tsx'),
    '-o',
    wav,
    '--duration',
    '2',
    '--engine',
    'embedded',
  ]);
  expect(rendered.stderr).toBe('');
  expect(existsSync(wav)).toBe(true);
  const again = await cli(['new', folder]);
  expect(again.stderr).toContain('is there and not empty');
  expect(again.exitCode).toBe(2);
});

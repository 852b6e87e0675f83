/** The commands beside playing: servers that run, this machine, new projects. */

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';
import { cli, piece } from './cli.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

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

test.each([
  ['tree', 'the tree is printed'],
  ['quit', 'the server has ended'],
])('%s --help says what its exit codes mean, and of no piece', async (command, done) => {
  const { stdout } = await cli([command, '--help']);
  expect(stdout).toContain(`\n  0    ${done}\n`);
  expect(stdout).not.toMatch(/rendered|composition/);
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

test('doctor says which player of those that are there has opened its device', async () => {
  const players = temporaryFolder();
  const player = (name: string, script: string) => {
    writeFileSync(join(players, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };
  const says = async () => {
    const { stdout } = await cli(['doctor'], { PATH: `${players}:${process.env.PATH}` });
    return stdout.split('\n').find((line) => line.includes(' playing '));
  };
  player('pw-cat', 'echo no PipeWire >&2; exit 1');
  player('pacat', 'exec cat > /dev/null');
  expect(await says()).toBe(
    '✓ playing      the embedded engine is heard by pacat; tried before pw-cat: no PipeWire',
  );
  player('pacat', 'echo connection refused >&2; exit 1');
  player('aplay', 'exit 1');
  player('play', 'echo no default audio device >&2; exit 1');
  expect(await says()).toBe(
    '· playing      the embedded engine runs silently, and records. Tried pw-cat: no PipeWire; pacat: connection refused; aplay: ended at once; play: no default audio device',
  );
});

test('a device that nothing opens ends play, with what each player said', async () => {
  const file = piece('<Synth def="sonic-pi-beep" />');
  const args = ['play', file, '--engine', 'embedded', '--device', 'nosuch', '--duration', '1'];
  const players = temporaryFolder();
  for (const name of ['pw-cat', 'pacat', 'aplay', 'play'])
    writeFileSync(join(players, name), '#!/bin/sh\necho "no $AUDIODEV" >&2; exit 1\n', { mode: 0o755 });
  const { stderr, exitCode } = await cli(args, { PATH: `${players}:${process.env.PATH}` });
  expect(stderr).toContain(
    'The sound device "nosuch" could not be opened. Tried pacat: no nosuch; aplay: no nosuch;',
  );
  expect(exitCode).toBe(4);
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
  expect(again.stderr).toContain('exists and is not empty');
  expect(again.exitCode).toBe(2);
});

test("a new project's type check takes all that can be imported, and finds what is wrong", async () => {
  const folder = join(temporaryFolder(), 'typed');
  await cli(['new', folder]);
  // As npm would install it, with our packages.
  const modules = join(repository, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(modules))
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  symlinkSync(repository, join(folder, 'node_modules', 'react-collider'));
  const typecheck = () =>
    execa('npm', ['run', 'typecheck', '--silent'], { cwd: folder, reject: false, all: true });
  const endings = ['wav', 'aif', 'aiff', 'aifc', 'flac', 'ogg', 'oga', 'mp3'];
  const imports = endings.map(
    (ending) => `import ${ending} from './kick.${ending}';\nuseBuffer(${ending});\n`,
  );
  const file = join(folder, 'sounds.tsx');
  const sounds = `import { Synth, useBuffer } from 'react-collider';
import ping, { synthDefs } from './ping.scsyndef';
import pad from './pad.scd';
${imports.join('')}
console.log(synthDefs.ping, <Synth def={ping} />, <Synth def={pad} />);
`;
  writeFileSync(file, sounds);
  expect(await typecheck()).toMatchObject({ all: '', exitCode: 0 });
  writeFileSync(file, `${sounds}\nuseBuffer(ping);\n`);
  expect((await typecheck()).all).toMatch(/sounds\.tsx\(\d+,11\): error TS2345/);
});

/** Everything that can be wrong with a composition or an engine: a clear error, an exit code, and no sound. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, inject, test } from 'vitest';
import { shellScript, temporaryFolder } from '../engine/native/programs.js';
import { cli, composition, piece } from './cli.js';

const play = (file: string, ...options: string[]) =>
  cli(['play', file, '--engine', 'embedded', '--duration', '1', '--print-osc', ...options]);

test.each<[string, () => string, RegExp]>([
  ['a file that does not exist', () => '/nowhere/piece.tsx', /^Error: \/nowhere\/piece\.tsx does not exist/],
  ['a folder', () => temporaryFolder(), /is a folder, not a composition/],
  [
    'a file that exports nothing',
    () => composition('const a = 1;\n'),
    /exports no component: it exports nothing/,
  ],
  [
    'a file without a default export',
    () => composition('export const Piece = () => null;\n'),
    /exports no component: it exports only "Piece"/,
  ],
  [
    'a default export that is no component',
    () => composition('export default 5;\n'),
    /exports no component: its default export is number/,
  ],
  [
    'an unknown synthdef',
    () => piece('<Synth def="sonic-pi-beeb" />'),
    /^Error: <Synth> at \/Synth\[0\]: there is no synthdef "sonic-pi-beeb"\. Did you mean "sonic-pi-beep"\?/,
  ],
  [
    'an unknown control',
    () => piece('<Group name="lead"><Synth def="sonic-pi-beep" note={60} sustian={3} /></Group>'),
    /<Synth> at \/lead\/Synth\[0\]: synthdef "sonic-pi-beep" has no control "sustian"; scsynth would ignore it\. Did you mean "sustain"\?/,
  ],
  ['NaN', () => piece('<Synth def="sonic-pi-beep" note={Number("x")} />'), /control "note" is NaN/],
  ['undefined', () => piece('<Synth def="sonic-pi-beep" note={undefined} />'), /control "note" is undefined/],
  [
    'text among the elements',
    () => piece('<Group>{0}</Group>'),
    /Text "0" stands inside <Group> at \/Group\[0\]/,
  ],
  ['a DOM element', () => piece('<div />'), /<div> at \/div\[0\] is no element of react-collider/],
  [
    'a component that forgets its return',
    () =>
      composition(
        'import { Synth } from \'react-collider\';\nexport default function Piece() {\n  <Synth def="sine" />;\n}\n',
      ),
    /^Error: Piece makes elements and returns none, so that nothing of it plays\. Write return before its JSX/,
  ],
  ['a component that throws', () => piece('null', 'throw new Error("no idea");'), /no idea/],
])('%s', async (_, file, message) => {
  const { exitCode, stderr, stdout } = await play(file());
  expect(stderr).toMatch(message);
  expect(stdout).not.toContain('/s_new');
  expect(exitCode).toBe(3);
});

test('a syntax error is shown in its line', async () => {
  const file = composition(
    "import { Synth } from 'react-collider';\n\nexport default function Piece() {\n  return <Synth def= />;\n}\n",
  );
  const { exitCode, stderr } = await play(file);
  expect(stderr).toContain('has a syntax error');
  expect(stderr).toMatch(/> 4 \| {3}return <Synth def= \/>;/);
  expect(exitCode).toBe(3);
});

test('an error in a render is shown in its line', async () => {
  const file = composition(
    'interface Song { title: { text: string } }\n\nexport default function Piece() {\n  const song = {} as Song;\n  song.title.text.trim();\n  return null;\n}\n',
  );
  const { exitCode, stderr } = await play(file);
  expect(stderr).toContain("Cannot read properties of undefined (reading 'text')");
  expect(stderr).toMatch(/piece\.tsx:5:\d+/);
  expect(exitCode).toBe(3);
});

test('an error in a timer of the composition ends it cleanly', async () => {
  const file = composition(
    "import { useEffect } from 'react';\nexport default function Piece() {\n  useEffect(() => {\n    setTimeout(() => { throw new Error('late trouble'); }, 50);\n  }, []);\n  return null;\n}\n",
  );
  const { exitCode, stderr } = await cli(['play', file, '--engine', 'embedded']);
  expect(stderr).toContain('late trouble');
  expect(exitCode).toBe(3);
});

test('a port that is in use', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const { exitCode, stderr } = await cli([
    'play',
    piece('null'),
    '--engine',
    'scsynth',
    '--scsynth',
    shellScript(''),
    '--port',
    String(port),
  ]);
  expect(stderr).toContain(`Port ${port} (udp at 127.0.0.1) is in use`);
  expect(exitCode).toBe(4);
  await new Promise<void>((resolve) => socket.close(() => resolve()));
});

test('no scsynth where it was said to be', async () => {
  const { exitCode, stderr } = await cli([
    'play',
    piece('null'),
    '--engine',
    'scsynth',
    '--scsynth',
    '/nowhere/scsynth',
  ]);
  expect(stderr).toContain('scsynth is not at /nowhere/scsynth: there is no such file');
  expect(exitCode).toBe(4);
});

test('a server that dies while booting is quoted', async () => {
  const dying = shellScript('echo "ERROR: the cat ate the sound card"; exit 1');
  const { exitCode, stderr } = await cli(['play', piece('null'), '--engine', 'scsynth', '--scsynth', dying]);
  expect(stderr).toContain(
    'scsynth ended while starting (exit code 1). Its last words: "ERROR: the cat ate the sound card".',
  );
  expect(exitCode).toBe(4);
});

test('with --engine auto a server that does not boot gives way to the embedded engine, and it says why', async () => {
  const dying = shellScript('exit 1');
  const { exitCode, stdout } = await cli(['play', piece('null'), '--scsynth', dying, '--duration', '0.1']);
  expect(stdout).toContain('the embedded engine, as scsynth ended while starting (exit code 1)');
  expect(exitCode).toBe(0);
});

test.runIf(inject('missing').length === 0)('with --engine auto scsynth is taken where it boots', async () => {
  const { exitCode, stdout } = await cli(['play', piece('null'), '--duration', '0.1']);
  expect(stdout).toContain('scsynth, as it is installed and boots');
  expect(exitCode).toBe(0);
});

test.each([
  [['play'], "missing required argument 'file'"],
  [['plya', 'x.tsx'], 'Did you mean play?'],
  [['play', 'x.tsx', '--engine', 'csound'], 'Allowed choices are auto, scsynth, supernova, embedded'],
  [['play', 'x.tsx', '--duration', '-1'], 'It is a number of seconds over 0'],
  [['play', 'x.tsx', '--port', '99999'], 'It is a whole number from 1 to 65535'],
])('wrong usage: %j', async (args, message) => {
  const { exitCode, stderr } = await cli(args);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});

test('a recording that cannot be written', async () => {
  const { exitCode, stderr } = await play(piece('null'), '--record', '/nowhere/take.wav');
  expect(stderr).toContain('Cannot record to /nowhere/take.wav');
  expect(exitCode).toBe(5);
});

test('--help names the exit codes, and ends with 0', async () => {
  const { exitCode, stdout } = await cli(['play', '--help']);
  expect(stdout).toContain('Exit codes:');
  expect(exitCode).toBe(0);
});

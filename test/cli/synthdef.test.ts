/** `react-collider synthdef`. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { synthDef } from '../../src/synthdef/synthDef.js';
import { DoneAction, Env, EnvGen, Out, Pan2, SinOsc } from '../../src/synthdef/ugens.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { testWithSclang } from '../setup/sclang.js';
import { cli, composition } from './cli.js';

const source = `import { DoneAction, Env, EnvGen, Out, Pan2, SinOsc, synthDef } from 'react-collider/synthdef';
export const ping = synthDef('ping', { freq: 440, amp: 0.1, out: 0 }, (c) => {
  const env = EnvGen.kr(Env.perc(), { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(SinOsc.ar(c.freq).mul(env)).mul(c.amp));
});
`;
const ping = synthDef('ping', { freq: 440, amp: 0.1, out: 0 }, (c) => {
  const env = EnvGen.kr(Env.perc(), { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(SinOsc.ar(c.freq).mul(env)).mul(c.amp));
});

test('a module is compiled, described, listed, written and drawn', async () => {
  const folder = join(temporaryFolder(), 'synthdefs');
  const svg = join(temporaryFolder(), 'ping.svg');
  const { stdout, exitCode } = await cli([
    'synthdef', composition(source, 'voices.ts'), '--dump', '-o', folder, '--svg', svg,
  ]); // biome-ignore format: arguments
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'ping: 8 units, 514 bytes',
    '  controls  freq 440, amp 0.1, out 0',
    '  writes    Out audio × 2 at out',
    '  ends      by itself',
    '     0  Control freq amp out.control()',
    '     1  SinOsc.audio(#0[0], 0)',
    '     2  EnvGen.control(1, 1, 0, 1, 2, 0, 2, -99, -99, 1, 0.01, 5, -4, 0, 1, 5, -4)',
    '     3  BinaryOpUGen *.audio(#1, #2)',
    '     4  Pan2.audio(#3, 0, 1)',
    '     5  BinaryOpUGen *.audio(#4[0], #0[1])',
    '     6  BinaryOpUGen *.audio(#4[1], #0[1])',
    '     7  Out.audio(#0[2], #5, #6)',
    `  → ${join(folder, 'ping.scsyndef')}`,
    `  → ${svg}`,
  ]);
  expect(new Uint8Array(readFileSync(join(folder, 'ping.scsyndef')))).toEqual(ping.bytes);
  const drawing = readFileSync(svg, 'utf8');
  expect(drawing).toContain('Control: freq, amp, out');
  expect(drawing.match(/<polyline /g)).toHaveLength(11);
});

testWithSclang('a file of definitions, and SuperCollider code', async () => {
  const file = join(temporaryFolder(), 'ping.scsyndef');
  writeFileSync(file, ping.bytes);
  expect((await cli(['synthdef', file])).stdout).toContain('ping: 8 units, 514 bytes');
  const code = join(temporaryFolder(), 'two.scd');
  writeFileSync(
    code,
    'SynthDef(\\a, { Out.ar(0, Saw.ar) }).add; SynthDef(\\b, { |gate = 1| Out.ar(0, Saw.ar * Linen.kr(gate, doneAction: 2)) })',
  );
  const { stdout } = await cli(['synthdef', code]);
  expect(stdout).toMatch(
    /^a: 2 units, \d+ bytes\n[\s\S]*ends {6}when it is freed\nb: [\s\S]*ends {6}after its gate closes$/,
  );
});

test.each([
  [
    'a file that is not there',
    () => ['/nowhere/voices.ts'],
    3,
    /^Error: \/nowhere\/voices\.ts does not exist\./,
  ],
  [
    'a module without definitions',
    () => [composition('export const a = 1;\n', 'a.ts')],
    3,
    /^Error: a\.ts exports no definition/,
  ],
  [
    'a wrong graph',
    () => [
      composition(
        "import { Out, SinOsc, synthDef } from 'react-collider/synthdef';\nexport const a = synthDef('a', {}, () => Out.ar(0, SinOsc.kr(1)));\n",
        'a.ts',
      ),
    ],
    3,
    /synthDef\("a"\): Out: its input "channelsArray" has control rate where audio rate is expected/,
  ],
  [
    'two definitions and one picture',
    () => [
      composition(`${source}${source.split('\n').slice(1).join('\n').replaceAll('ping', 'pong')}`, 'a.ts'),
      '--svg',
      'x.svg',
    ],
    2,
    /has 2 definitions \(ping, pong\): --svg draws one/,
  ],
  ['bytes that are no definition', () => [composition('nonsense', 'a.scsyndef')], 3, /^Error: /],
])('%s is told', async (_, args, exitCode, message) => {
  const result = await cli(['synthdef', ...args()]);
  expect(result.stderr).toMatch(message);
  expect(result.exitCode).toBe(exitCode);
});

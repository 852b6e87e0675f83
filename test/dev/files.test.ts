/** The files of a session: which may be played, and how they come to be written anew. On the embedded engine. */

import { rmSync } from 'node:fs';
import { expect, onTestFinished, test as plainTest } from 'vitest';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import { Out, PlayBuf, synthDef } from '../../src/synthdef/index.js';
import { DevSession, synthsOf } from './devSession.js';

const test = plainTest.extend<{ session: DevSession }>({
  // biome-ignore lint/correctness/noEmptyPattern: what Vitest asks for.
  session: async ({}, use) => {
    const session = new DevSession();
    onTestFinished(async () => void (await session.stop()));
    await use(session);
  },
});

const voice = `import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
export const tone = synthDef('tone', { freq: 440, count: 0 }, (c) => { Out.ar(0, SinOsc.ar(c.freq).mul(0.05)); });
`;

/** A piece in JavaScript, that is none of TypeScript's. */
const inJavaScript = (freq: number) => `import { useState } from 'react';
import { Synth } from 'react-collider';
import { tone } from './voice';
export default function Piece() {
  const [count] = useState(() => 1 + Math.floor(Math.random() * 1e6));
  return <Synth def={tone} freq={${freq}} count={count} />;
}
`;

test.for([
  'piece.jsx',
  'piece.js',
  'piece.mjs',
  'piece.tsx',
])('%s outside of any project, with no React there, is edited with its state', async (file, { session }) => {
  session.save('voice.js', voice);
  session.save(file, inJavaScript(440));
  session.play(file, '--engine', 'embedded', '--latency', '0');
  const [before] = synthsOf((await session.next('ready')).nodes!);
  expect(before!.controls).toMatchObject({ freq: 440, count: expect.any(Number) });
  const { messages, nodes } = await session.edit(file, inJavaScript(550));
  expect(messages).toEqual([`/n_set ${before!.id} freq 550`]);
  expect(synthsOf(nodes!)).toEqual([{ ...before, controls: { ...before!.controls, freq: 550 } }]);
});

const piece = (name: string, freq: number) => inJavaScript(freq).replace('Piece', name);

test('a file that is put in place of the old one in one step is an edit, and another piece is another piece', async ({
  session,
}) => {
  session.save('voice.js', voice);
  session.save('piece.tsx', piece('Piece', 440));
  session.start('--engine', 'embedded', '--latency', '0');
  const [first] = synthsOf((await session.next('ready')).nodes!);
  const edited = await session.replace('piece.tsx', piece('Piece', 550));
  expect(synthsOf(edited.nodes!)).toEqual([{ ...first, controls: { ...first!.controls, freq: 550 } }]);

  const other = await session.replace('piece.tsx', piece('Another', 660));
  expect(synthsOf(other.nodes!)).toMatchObject([{ def: 'tone', controls: { freq: 660 } }]);
  expect(synthsOf(other.nodes!)[0]!.id).not.toBe(first!.id);

  const back = await session.replace('piece.tsx', piece('Another', 770));
  expect(back.messages).toEqual([`/n_set ${synthsOf(other.nodes!)[0]!.id} freq 770`]);
});

test('a file that is away for a while sounds on, and is an edit when it is back', async ({ session }) => {
  session.save('voice.js', voice);
  session.save('piece.tsx', piece('Piece', 440));
  session.start('--engine', 'embedded', '--latency', '0');
  const [before] = synthsOf((await session.next('ready')).nodes!);
  rmSync(session.path('piece.tsx'));
  const gone = await session.next('error');
  expect(gone.message).toBe('piece.tsx was removed. The piece plays on until the file is back.');
  const { nodes, messages } = await session.edit('piece.tsx', piece('Piece', 550));
  expect(messages).toEqual([`/n_set ${before!.id} freq 550`]);
  expect(synthsOf(nodes!)).toEqual([{ ...before, controls: { ...before!.controls, freq: 550 } }]);
});

/** A piece whose frequency is in a file of its own: its text with what is added to that, and its synth. */
async function playOfTwoFiles(session: DevSession) {
  session.save('voice.js', voice);
  session.save('freq.ts', 'export const FREQ = 440;\n');
  const text = (more: string) =>
    `import { FREQ } from './freq';\n${piece('Piece', 0).replace('{0}', `{FREQ${more}}`)}`;
  session.save('piece.tsx', text(''));
  session.start('--engine', 'embedded', '--latency', '0');
  const [synth] = synthsOf((await session.next('ready')).nodes!);
  return { before: synth!, text };
}

test('one file after the other is away, and each is an edit when it is back', async ({ session }) => {
  const { before, text } = await playOfTwoFiles(session);
  for (const [name, back, freq] of [
    ['freq.ts', 'export const FREQ = 500;\n', 500],
    ['piece.tsx', text(' + 1'), 501],
    ['freq.ts', 'export const FREQ = 600;\n', 601],
    ['piece.tsx', text(' + 2'), 602],
  ] as const) {
    rmSync(session.path(name));
    expect((await session.next('error')).message).toContain(`${name} was removed.`);
    // In one step: a file that is only just made is empty for a moment, which may be read as well.
    const { messages } = await session.replace(name, back);
    expect(messages).toEqual([`/n_set ${before.id} freq ${freq}`]);
  }
  const last = await session.edit('piece.tsx', text(' + 3'));
  expect(last.messages).toEqual([`/n_set ${before.id} freq 603`]);
});

test('files that are saved at once are one update', async ({ session }) => {
  const { before, text } = await playOfTwoFiles(session);
  session.save('freq.ts', 'export const FREQ = 500;\n');
  const update = await session.edit('piece.tsx', text(' + 1'));
  const after =
    update.messages!.at(-1) === `/n_set ${before.id} freq 501` ? update : await session.next('update');
  expect(synthsOf(after.nodes!)).toEqual([{ ...before, controls: { ...before.controls, freq: 501 } }]);
});

test('definitions and sound files are imported as modules, and followed', async ({ session }) => {
  const ping = (level: number) =>
    synthDef('ping', { buf: 0, frames: 0 }, (c) => {
      Out.ar(0, PlayBuf.ar({ numChannels: 1, bufnum: c.buf, loop: 1 }).mul(level));
    }).bytes;
  const sound = (frames: number) =>
    encodeSoundFile({ sampleRate: 48_000, channels: 1, samples: new Float32Array(frames) }, 'wav', 'float');
  session.save('sounds/kick.wav', sound(4800));
  session.save('sounds/ping.scsyndef', ping(0.1));
  session.save(
    'piece.tsx',
    `import { Synth, useBuffer } from 'react-collider';
import kick from './sounds/kick.wav';
import ping from './sounds/ping.scsyndef';
export default function Piece() {
  const sample = useBuffer(kick);
  return <Synth def={ping} buf={sample} frames={sample.info?.frames ?? 0} />;
}
`,
  );
  session.start('--engine', 'embedded', '--latency', '0');
  const [before] = synthsOf((await session.next('ready')).nodes!);
  expect(before).toMatchObject({ def: 'ping', controls: { frames: 4800 } });
  const louder = await session.replace('sounds/ping.scsyndef', ping(0.2));
  const [after] = synthsOf(louder.nodes!);
  expect(after).toEqual({ ...before, id: after!.id });
  expect(after!.id).not.toBe(before!.id);
  const longer = await session.replace('sounds/kick.wav', sound(9600));
  expect(synthsOf(longer.nodes!)).toEqual([{ ...after, controls: { ...after!.controls, frames: 9600 } }]);
});

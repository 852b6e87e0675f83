/** `render --watch`, as a process whose piece is saved. On the embedded engine. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { peak, readSound } from '../listen/listen.js';
import { main } from './cli.js';

interface Event {
  readonly event: string;
  readonly files?: readonly string[];
  readonly message?: string;
}

const sampleOf = (level: number) =>
  encodeSoundFile(
    { sampleRate: 48_000, channels: 1, samples: Float32Array.from({ length: 4800 }, () => level) },
    'wav',
    'float',
  );

const piece = (amp: string, more = '') => `
import { Synth, useBuffer } from 'react-collider';
import { AMP } from './amp';
import { Out, PlayBuf, synthDef } from 'react-collider/synthdef';
const player = synthDef('player', { buf: 0, amp: 0.1 }, (c) => { Out.ar(0, PlayBuf.ar(1, c.buf).mul(c.amp)); });
export default function Piece() {
  const sample = useBuffer('dc.wav');${more}
  return <Synth def={player} buf={sample} amp={AMP * ${amp}} />;
}
`;

test('it renders again when a save has changed the score or a sound file, and says so when not', async () => {
  const folder = temporaryFolder();
  const save = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);
  const loudness = () => peak(readSound(join(folder, 'out.wav')));
  save('amp.ts', 'export const AMP = 1;\n');
  save('dc.wav', sampleOf(0.5));
  save('piece.tsx', piece('0.5'));
  const { NODE_ENV: _, ...env } = process.env;
  const child = execa(
    process.execPath,
    [main, 'render', 'piece.tsx', '-o', 'out.wav', '-d', '0.2', '-e', 'embedded', '--watch', '--json'],
    { cwd: folder, env, extendEnv: false, reject: false },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Event> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`It ended: ${(await child).stderr}`);
      const event = JSON.parse(value) as Event;
      if (event.event !== 'progress') return event;
    }
  };

  expect(await next()).toMatchObject({ event: 'rendered' });
  expect(loudness()).toBeCloseTo(0.25);

  save('piece.tsx', piece('0.5', ' // the sample'));
  expect(await next()).toEqual({ event: 'unchanged', files: ['piece.tsx'] });

  save('amp.ts', 'export const AMP = 0.8;\n');
  expect(await next()).toMatchObject({ event: 'rendered' });
  expect(loudness()).toBeCloseTo(0.2);

  save('amp.ts', 'export const AMP = ;\n');
  const error = await next();
  expect(error).toMatchObject({ event: 'error' });
  expect(error.message).toContain('amp.ts has a syntax error');

  save('amp.ts', 'export const AMP = 0.4;\n');
  expect(await next()).toMatchObject({ event: 'rendered' });
  expect(loudness()).toBeCloseTo(0.1);

  save('dc.wav', sampleOf(1));
  expect(await next()).toMatchObject({ event: 'rendered' });
  expect(loudness()).toBeCloseTo(0.2);

  child.kill('SIGINT');
  expect((await child).exitCode).toBe(130);
});

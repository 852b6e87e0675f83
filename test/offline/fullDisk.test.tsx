/** A disk that becomes full while it is rendered: a file that is cut off is an error, and goes. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Group, Synth } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { serverOnFullDisk } from '../setup/fullDisk.js';
import { engines } from '../setup/servers.js';

const folder = temporaryFolder();
const natives = engines.filter((engine) => engine !== 'embedded');

const piece = (
  <Group name="tones">
    <Synth def={tone} amp={0.5} />
  </Group>
);

/** Of half a minute of two channels of floats, which is 11.5 MB. supernova needs 8 MB of shared memory to start. */
const ROOM = 8_400_896;
const DURATION = 30;

test.each(
  natives.flatMap((engine) =>
    ['wav', 'aiff', 'w64', 'caf', 'raw', 'next'].map((kind) => [engine, kind] as const),
  ),
)('%s notices that a %s file was cut off', async (engine, kind) => {
  const path = join(folder, `${engine}.${kind}`);
  const options = { engine, executable: serverOnFullDisk(engine, ROOM), duration: DURATION };
  const failure = await renderToFile(piece, { ...options, path, headerFormat: kind }).catch((error) => error);
  expect(failure).toMatchObject({
    code: 'write-failed',
    message: expect.stringMatching(
      /cannot be written to its end: 1,0\d\d,\d\d\d of 1,440,000 frames are there/,
    ),
  });
  expect(existsSync(path)).toBe(false);
});

test.each(
  natives.includes('scsynth') ? ['flac', 'ogg'] : [],
)('a %s file that was cut off is noticed by reading it back', async (kind) => {
  const engine = 'scsynth';
  const path = join(folder, `${engine}.${kind}`);
  const whole = await renderToFile(piece, { engine, path, duration: 20 });
  expect(whole.files[0]?.peak).toMatchObject({ isClipped: false });
  const size = readFileSync(path).length;
  const executable = serverOnFullDisk(engine, size / 2);
  const failure = await renderToFile(piece, { engine, executable, path, duration: 20 }).catch(
    (error) => error,
  );
  expect(failure).toMatchObject({
    code: 'write-failed',
    message: expect.stringContaining('of 960,000 frames'),
  });
  expect(existsSync(path)).toBe(false);
});

test.each(natives)('%s: of stems that are cut off none is taken for whole', async (engine) => {
  const path = join(folder, `${engine}-parts.wav`);
  const options = { engine, executable: serverOnFullDisk(engine, ROOM), duration: DURATION, stems: true };
  await expect(renderToFile(piece, { ...options, path })).rejects.toMatchObject({ code: 'write-failed' });
});

test.runIf(natives.includes('scsynth'))(
  'where the sound is cut off, it is not taken for silence',
  async () => {
    const path = join(folder, 'silent.wav');
    // The minute of silence after the sound has no room.
    const options = { engine: 'scsynth', executable: serverOnFullDisk('scsynth', 2_000_384), path } as const;
    const short = <Synth def={tone} amp={0.5} />;
    const ended = renderToFile(short, { ...options, duration: 'until-silent' });
    await expect(ended).rejects.toMatchObject({ code: 'write-failed' });
  },
);

test('a disk that is full from the beginning is said before anything is rendered', async () => {
  for (const engine of engines) {
    await expect(
      renderToFile(piece, { engine, path: '/dev/full', duration: 1, headerFormat: 'wav' }),
    ).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('/dev/full cannot be written: ENOSPC'),
    });
  }
  expect(execFileSync('ls', ['/dev/full'], { encoding: 'utf8' })).toBe('/dev/full\n');
  expect(readdirSync(folder).filter((file) => file.startsWith('embedded'))).toEqual([]);
});

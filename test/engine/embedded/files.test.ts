import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeSoundFile } from '../../../src/engine/soundfile/encodeSoundFile.js';
import { encodePacket } from '../../../src/osc/encode.js';
import { Offline } from './offline.js';
import { lacking, level, noise, player, sine } from './soundDefs.js';

let engine: Offline;
let folder: string;

beforeEach(async () => {
  engine = await Offline.boot();
  await engine.define(player);
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A stereo file of ten frames: 0.01 … 0.1 on the left, the same below zero on the right. */
async function stereoFile(name: string, sampleRate = 44_100): Promise<string> {
  const path = join(folder, name);
  const samples = Float32Array.from({ length: 20 }, (_, i) => ((i % 2 ? -1 : 1) * (1 + (i >> 1))) / 100);
  await writeFile(path, encodeSoundFile({ sampleRate, channels: 2, samples }, 'wav', 'float'));
  return path;
}

const floats = (...values: number[]) => values.map(Math.fround);

/** Waits for the files under way, and for the answers. */
async function settle(): Promise<void> {
  await engine.blocks(1);
  // A command may wait for the engine in between, which needs a block.
  for (let i = 0; i < 8; i++) await engine.blocks(1);
}

test('/b_allocRead takes frames, channels, rate and samples from the file', async () => {
  const path = await stereoFile('a.wav');
  engine.send('/b_allocRead', 4, path, 0, 0, encodePacket(['/b_query', 4]));
  await settle();
  engine.send('/b_getn', 4, 0, 4);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/b_info', 4, 10, 2, 44_100],
    ['/done', '/b_allocRead', 4],
    ['/b_setn', 4, 0, 4, ...floats(0.01, -0.01, 0.02, -0.02)],
  ]);
});

test('/b_allocRead takes a part, and nothing beyond the end', async () => {
  const path = await stereoFile('a.wav');
  engine.send('/b_allocRead', 4, path, 8, 100);
  await settle();
  engine.send('/b_allocRead', 5, path, 3, 2, encodePacket(['/b_getn', 5, 0, 4]));
  engine.send('/b_allocRead', 6, path, 50, 0);
  await settle();
  engine.send('/b_query', 4, 5, 6);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/done', '/b_allocRead', 4],
    ['/b_setn', 5, 0, 4, ...floats(0.04, -0.04, 0.05, -0.05)],
    ['/done', '/b_allocRead', 5],
    ['/done', '/b_allocRead', 6],
    ['/b_info', 4, 2, 2, 44_100, 5, 2, 2, 44_100, 6, 0, 0, 0],
  ]);
});

test('/b_allocReadChannel picks channels, and fails for one that is not there', async () => {
  const path = await stereoFile('a.wav');
  engine.send('/b_allocReadChannel', 5, path, 0, 2, 1);
  engine.send('/b_allocReadChannel', 6, path, 0, 2, 0, 2);
  await settle();
  engine.send('/b_getn', 5, 0, 2);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/done', '/b_allocReadChannel', 5],
    ['/fail', '/b_allocReadChannel', 'Channel index out of range.\n', 6],
    ['/b_setn', 5, 0, 2, ...floats(-0.01, -0.02)],
  ]);
});

test('a file that is not there fails in libsndfile’s words, and the old content stays', async () => {
  engine.send('/b_alloc', 4, 77, 1);
  engine.send('/b_allocRead', 4, '/nope.wav');
  await settle();
  engine.send('/b_query', 4);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/done', '/b_alloc', 4],
    [
      '/fail',
      '/b_allocRead',
      "File '/nope.wav' could not be opened: System error : No such file or directory.\n",
      4,
    ],
    ['/b_info', 4, 77, 1, 48_000],
  ]);
});

test('/b_read puts a part of a file into a part of a buffer, and sets its rate', async () => {
  const path = await stereoFile('a.wav');
  engine.send('/b_alloc', 4, 5, 2);
  engine.send('/b_read', 4, path, 7, -1, 1, 0, encodePacket(['/b_getn', 4, 0, 10]));
  await settle();
  engine.send('/b_query', 4);
  await engine.blocks(1);
  expect(engine.said.slice(1)).toEqual([
    ['/b_setn', 4, 0, 10, 0, 0, ...floats(0.08, -0.08, 0.09, -0.09, 0.1, -0.1), 0, 0],
    ['/done', '/b_read', 4],
    ['/b_info', 4, 5, 2, 44_100],
  ]);
});

test('/b_read of another number of channels fails with both numbers', async () => {
  const path = await stereoFile('a.wav');
  engine.send('/b_alloc', 4, 5, 3);
  engine.send('/b_read', 4, path);
  engine.send('/b_readChannel', 4, path, 0, -1, 0, 0, 1, 0, 1);
  await settle();
  expect(engine.said.slice(1)).toEqual([
    ['/fail', '/b_read', `Channel mismatch. File '${path}' has 2 channels. Buffer has 3 channels.\n`, 4],
    ['/done', '/b_readChannel', 4],
  ]);
});

test('/b_write and /b_allocRead give the same samples back, as WAV and as AIFF', async () => {
  engine.send('/b_alloc', 4, 3, 1, encodePacket(['/b_setn', 4, 0, 3, 0.5, -0.25, 0.125]));
  for (const [number, header] of [
    [5, 'wav'],
    [6, 'aiff'],
  ] as const) {
    const path = join(folder, `new/out.${header}`);
    engine.send('/b_write', 4, path, header, 'float');
    await settle();
    engine.send('/b_allocRead', number, path, 0, 0, encodePacket(['/b_getn', number, 0, 3]));
    await settle();
  }
  expect(engine.said).toEqual([
    ['/done', '/b_alloc', 4],
    ['/done', '/b_write', 4],
    ['/b_setn', 5, 0, 3, 0.5, -0.25, 0.125],
    ['/done', '/b_allocRead', 5],
    ['/done', '/b_write', 4],
    ['/b_setn', 6, 0, 3, 0.5, -0.25, 0.125],
    ['/done', '/b_allocRead', 6],
  ]);
});

test('/b_write writes what the messages before it in the same packet have set', async () => {
  const path = join(folder, 'a.wav');
  engine.send('/b_alloc', 4, 2, 1);
  await engine.blocks(1);
  engine.at(0, ['/b_set', 4, 0, 0.5], ['/b_write', 4, path, 'wav', 'float'], ['/b_set', 4, 1, 0.25]);
  engine.send('/b_read', 4, path);
  await settle();
  engine.send('/b_getn', 4, 0, 2);
  await engine.blocks(1);
  expect(engine.said.at(-1)?.slice(0, 5)).toEqual(['/b_setn', 4, 0, 2, 0.5]);
});

test('/b_write says which formats there are', async () => {
  engine.send('/b_alloc', 4, 3, 1);
  engine.send('/b_write', 4, join(folder, 'a.flac'), 'flac', 'int16');
  engine.send('/b_close', 4);
  await settle();
  expect(engine.said.slice(1)).toEqual([
    [
      '/fail',
      '/b_write',
      'A "flac" file of "int16" samples cannot be written. The embedded engine writes wav and aiff; int16, ' +
        'int24, int32, float and double.',
      4,
    ],
    ['/done', '/b_close', 4],
  ]);
  expect(await readdir(folder)).toEqual([]);
});

test('while a file is read, synchronous commands overtake and /sync waits', async () => {
  const path = await stereoFile('a.wav');
  engine.send('/b_allocRead', 4, path);
  engine.send('/b_alloc', 5, 10, 1);
  engine.send('/sync', 9);
  engine.send('/c_set', 1, 3);
  engine.send('/c_get', 1);
  engine.host.process();
  expect(engine.said).toEqual([['/c_set', 1, 3]]);
  await settle();
  expect(engine.said.slice(1)).toEqual([
    ['/done', '/b_allocRead', 4],
    ['/done', '/b_alloc', 5],
    ['/synced', 9],
  ]);
});

test.each(['tone.flac', 'tone.ogg', 'tone.mp3', 'tone.aiff'])('%s can be played', async (name) => {
  const path = fileURLToPath(new URL(`../soundfile/files/${name}`, import.meta.url));
  engine.send('/b_allocRead', 4, path, 0, 0, encodePacket(['/s_new', 'player', 1000, 0, 0, 'buf', 4]));
  await settle();
  await engine.blocks(20);
  const loudest = engine.left.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  expect(loudest).toBeGreaterThan(0.3);
  expect(loudest).toBeLessThan(0.8);
});

test('/d_load takes a file or a pattern, /d_loadDir a folder; each answers once', async () => {
  await writeFile(join(folder, 'level.scsyndef'), level);
  await writeFile(join(folder, 'sine.scsyndef'), sine);
  await writeFile(join(folder, 'other.txt'), 'no definition');
  engine.send('/d_load', join(folder, 'level.scsyndef'), encodePacket(['/s_new', 'level', 1000, 0, 0]));
  engine.send('/d_load', join(folder, 's*.scsyndef'));
  engine.send('/d_loadDir', folder, encodePacket(['/s_new', 'sine', 1001, 0, 0]));
  engine.send('/status');
  await settle();
  engine.send('/status');
  await engine.blocks(1);
  expect(engine.said.slice(1, -1)).toEqual([
    ['/done', '/d_load'],
    ['/done', '/d_load'],
    ['/done', '/d_loadDir'],
  ]);
  expect(engine.replies.at(-1)!.args.slice(2, 5)).toEqual([2, 1, 3]); // synths, groups, definitions
});

test('/d_load of what is not there fails with its path', async () => {
  engine.send('/d_load', '/nope.scsyndef');
  engine.send('/d_loadDir', folder);
  await settle();
  expect(engine.said).toEqual([
    ['/fail', '/d_load', '/nope.scsyndef'],
    ['/fail', '/d_loadDir', folder],
  ]);
});

test('/d_load and /d_recv side by side each get their own answer', async () => {
  const path = join(folder, 'lacking.scsyndef');
  await writeFile(path, lacking);
  engine.send('/d_load', path);
  engine.send('/d_recv', noise);
  engine.send('/d_recv', lacking);
  await settle();
  expect(engine.said).toEqual([
    ['/fail', '/d_load', `${path}: UGen 'MouseX' not installed.`],
    ['/done', '/d_recv'],
    ['/fail', '/d_recv', "UGen 'MouseX' not installed."],
  ]);
});

test('/d_loadDir takes what it can of Sonic Pi’s definitions, and names the files that it cannot', async () => {
  const core = createRequire(import.meta.url).resolve('supersonic-scsynth-synthdefs');
  engine.send('/d_loadDir', join(dirname(core), 'synthdefs'));
  await settle();
  engine.send('/status');
  await engine.blocks(1);
  expect(engine.said[0]).toEqual(['/done', '/d_loadDir']);
  expect(engine.replies.at(-1)!.args[4]).toBe(127); // all but two, and ours
  const failed = engine.output.filter((line) => line.startsWith('FAILURE'));
  expect(failed.map((line) => line.replace(/^.*synthdefs./, ''))).toEqual([
    "sonic-pi-piano.scsyndef: UGen 'MdaPiano' not installed.",
    "sonic-pi-recorder.scsyndef: UGen 'DiskOut' not installed.",
  ]);
});

/** Files that a rendering writes: how long, how loud, and the same each time. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundFileKind } from '../../src/engine/soundfile/encodeSoundFile.js';
import { soundFileKindOf } from '../../src/engine/soundfile/soundFileKinds.js';
import { At, Group, Synth } from '../../src/index.js';
import { readSoundFile, renderToFile } from '../../src/node.js';
import { Out, Saw, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { ping, tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';
import { click } from './offlineDefs.js';

const folder = temporaryFolder();
const out = (name: string) => join(folder, name);

test.each(
  engines,
)('%s writes a file as long as was asked for, and a period longer at most', async (engine) => {
  for (const frames of [48_000, 48_001, 48_064, 50_017]) {
    const path = out(`${engine}-${frames}.wav`);
    await renderToFile(<Synth def={tone} />, { engine, path, duration: frames / 48_000 });
    const [left] = (await readSoundFile(path)).channels;
    expect(left!.length - frames).toBeGreaterThanOrEqual(0);
    expect(left!.length - frames).toBeLessThanOrEqual(128);
  }
});

test.each(engines)('%s: stems until silence are as long as the whole', async (engine) => {
  const path = out(`${engine}-band.wav`);
  const piece = (
    <>
      <Group name="long">
        <Synth def={ping} length={0.8} />
      </Group>
      <Group name="short">
        <Synth def={ping} length={0.1} />
      </Group>
    </>
  );
  const { files } = await renderToFile(piece, { engine, path, duration: 'until-silent', stems: true });
  expect(files.map(({ path, stem }) => [path, stem])).toEqual([
    [path, undefined],
    [out(`${engine}-band-long.wav`), 'long'],
    [out(`${engine}-band-short.wav`), 'short'],
  ]);
  const sounds = await Promise.all(files.map((file) => readSoundFile(file.path)));
  const lengths = sounds.map(({ channels }) => channels[0]!.length);
  expect(new Set(lengths).size).toBe(1);
  expect(lengths[0]! / 48_000).toBeCloseTo(0.85, 1);
});

test('two stems that would be one file are refused', async () => {
  const piece = ['a/b', 'a:b'].map((name) => (
    <Group key={name} name={name}>
      <Synth def={tone} />
    </Group>
  ));
  const failure = renderToFile(piece, { engine: 'embedded', path: out('x.wav'), duration: 1, stems: true });
  await expect(failure).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(`"a/b" and "a:b" would both be ${out('x-a_b.wav')}`),
  });
});

test.each(
  engines.filter((engine) => engine !== 'embedded'),
)('%s: two files of one score are the same to the last byte', async (engine) => {
  for (const [kind, format, stamp] of [
    ['wav', 'float', 60],
    ['wavex', 'double', 84],
    ['aiff', 'float', 68],
    ['wav', 'int16', undefined],
  ] as const) {
    const path = out(`${engine}-${format}.${kind}`);
    const { files } = await renderToFile(<Synth def={tone} />, {
      engine,
      path,
      headerFormat: kind,
      sampleFormat: format,
      duration: 0.1,
    });
    const bytes = readFileSync(path);
    expect(bytes.indexOf('PEAK')).toBe(stamp === undefined ? -1 : stamp - 12);
    // libsndfile puts the time there, in seconds.
    if (stamp !== undefined) expect(bytes.readUInt32LE(stamp)).toBe(0);
    expect(files[0]!.peak!.decibels).toBeCloseTo(-20, 1);
  }
});

test.each(
  engines.filter((engine) => engine !== 'embedded'),
)('%s: two Ogg files of one score are the same, and other programs take them', async (engine) => {
  // Its pages are more than one, as a page has 64 kB at most.
  const noisy = synthDef('noisy', {}, () =>
    Out.ar(0, [Saw.ar(SinOsc.ar(3001).mul(5000).add(6000)), Saw.ar(333)]),
  );
  const render = async (name: string) => {
    const path = out(`${engine}-${name}.ogg`);
    await renderToFile(<Synth def={noisy} />, { engine, path, duration: 6, seed: 1 });
    return path;
  };
  const [first, second] = [await render('first'), await render('second')];
  const bytes = readFileSync(first);
  // supernova hands samples to the encoder in portions that depend on the machine's load, and Vorbis depends on these:
  // of twelve files of one score there were four kinds.
  if (engine === 'scsynth') expect(bytes.equals(readFileSync(second))).toBe(true);
  const pages = [...bytes.toString('latin1').matchAll(/OggS\0/g)].map(({ index }) => index);
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.map((page) => bytes.readUInt32LE(page + 14))).toEqual(pages.map(() => 1));
  // libsndfile leaves out a page whose checksum is wrong.
  const server = await freshServer('scsynth');
  const { frames } = await server.buffers.read(first);
  expect(frames / 48_000).toBeCloseTo(6, 2);
});

test.each(engines)('%s: what is beyond full scale is told, with where and by how much', async (engine) => {
  const piece = (
    <>
      <Synth def={tone} amp={0.5} />
      <At beat={0.5}>
        <Synth def={click} amp={2} />
      </At>
    </>
  );
  const float = await renderToFile(piece, { engine, path: out(`${engine}-loud.wav`), duration: 1 });
  const [file] = float.files;
  expect(file!.peak!.isClipped).toBe(true);
  expect(file!.peak!.decibels).toBeCloseTo(20 * Math.log10(2), 1);
  expect(file!.peak!.time).toBeCloseTo(0.5, 4);

  const options = { engine, sampleFormat: 'int16', duration: 1 } as const;
  const loud = await renderToFile(<Synth def={tone} amp={2} />, { ...options, path: out(`${engine}-l.wav`) });
  // A sine of twice full scale comes to it after a twelfth of its period.
  expect(loud.files[0]!.peak).toMatchObject({ isClipped: true, channel: 0 });
  expect(loud.files[0]!.peak!.time).toBeCloseTo(1 / 12 / 440, 3);
  const full = await renderToFile(<Synth def={click} amp={1} />, {
    ...options,
    path: out(`${engine}-f.wav`),
  });
  expect(full.files[0]!.peak).toMatchObject({ isClipped: false, time: 0 });
});

test('the embedded engine writes each kind that it is said to write', () => {
  for (const header of ['wav', 'wave', 'aiff', 'aifc']) {
    for (const format of [
      'int16',
      'int24',
      'int32',
      'float',
      'double',
      header.startsWith('w') ? 'uint8' : 'int8',
    ]) {
      expect(soundFileKindOf('x', header, format, 'embedded')).toEqual({
        headerFormat: header,
        sampleFormat: format,
      });
      expect(soundFileKind(header, format).samples(new Float32Array(1)).length).toBeGreaterThan(0);
    }
  }
});

test.each([
  [
    'x.mp3',
    undefined,
    undefined,
    'scsynth',
    /scsynth writes no files that end in \.mp3\. It writes wav, .*flac/,
  ],
  [
    'x.flac',
    undefined,
    undefined,
    'embedded',
    /wav, wave, aiff, aifc; scsynth and supernova write this kind too/,
  ],
  [
    'x.wav',
    'flac',
    'float',
    'supernova',
    /a "flac" file holds no "float" samples\. It holds int24, int16, int8\./,
  ],
  ['x.wav', undefined, 'int17', 'scsynth', /a "wav" file holds no "int17" samples/],
] as const)('%s as %s of %s is refused on %s', (path, header, format, engine, message) => {
  expect(() => soundFileKindOf(path, header, format, engine)).toThrow(
    expect.objectContaining({ code: 'write-failed', message: expect.stringMatching(message) }),
  );
});

test.each([
  ['x.AIF', 'aiff', 'float'],
  ['x.au', 'next', 'float'],
  ['x.oga', 'ogg', 'vorbis'],
  ['x.flac', 'flac', 'int24'],
  ['x', 'wav', 'float'],
])('%s is a file of kind %s with samples of %s', (path, header, format) => {
  expect(soundFileKindOf(path, undefined, undefined, 'scsynth')).toEqual({
    headerFormat: header,
    sampleFormat: format,
  });
});

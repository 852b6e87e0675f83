import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.js';
import { findServer } from '../../src/engine/native/find.js';
import { renderOnNative } from '../../src/engine/native/offlineNative.js';
import { decodeSoundFile } from '../../src/engine/soundfile/decodeSoundFile.js';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import {
  At,
  Group,
  Loop,
  Note,
  Sequence,
  Synth,
  Transport,
  useBuffer,
  useBus,
  Volume,
} from '../../src/index.js';
import { type RenderToFileOptions, renderToFile, renderToScore } from '../../src/node.js';
import { endEntry, ScoreWriter } from '../../src/offline/score.js';
import { serverOptions } from '../../src/server/serverOptions.js';
import { DiskIn, Out, synthDef } from '../../src/synthdef/index.js';
import type { NodeId } from '../../src/units.js';
import { shellScript, temporaryFolder } from '../engine/native/programs.js';
import { peak, readSound } from '../listen/listen.js';
import { pad, tone } from '../setup/definitions.js';
import { engines } from '../setup/servers.js';
import { click, lacking, noise, player, through } from './offlineDefs.js';

const looping = synthDef('looping', { buf: 0, out: 0 }, (c) => Out.ar(c.out, DiskIn.ar(1, c.buf, 1)));
const streaming = synthDef('streaming', { buf: 0, out: 0 }, (c) => Out.ar(c.out, DiskIn.ar(2, c.buf)));

const folder = temporaryFolder();
let files = 0;
const newPath = (ending = 'wav') => join(folder, `${files++}.${ending}`);

async function render(element: React.ReactNode, options: Partial<RenderToFileOptions> = {}) {
  const path = options.path ?? newPath();
  const rendered = await renderToFile(element, { duration: 1, ...options, path });
  return { path, rendered };
}

/** Where samples are louder than a threshold that were not before. */
function onsets(samples: Float32Array, threshold = 0.1): number[] {
  const frames: number[] = [];
  for (let frame = 0; frame < samples.length; frame++) {
    if (Math.abs(samples[frame]!) > threshold) frames.push(frame);
  }
  return frames;
}

const Clicks = () => (
  <Transport bpm={100}>
    {[0, 0.25, 1, 1.3].map((beat) => (
      <At key={beat} beat={beat}>
        <Synth def={click} />
      </At>
    ))}
  </Transport>
);

/** Frames of the clicks: a beat is 0.6 s. */
const CLICKS = [0, 7200, 28_800, 37_440];

const Noisy = () => (
  <Transport bpm={120}>
    <Loop beats={1}>
      <At length={0.5}>
        <Synth def={noise} exit="free" />
      </At>
      <At beat={0.5} length={0.25}>
        <Note def={pad} pitch={60} />
      </At>
    </Loop>
  </Transport>
);

describe.each(engines)('on %s', (engine) => {
  test('T2: what begins at a beat begins on its sample', async () => {
    const { path } = await render(<Clicks />, { engine });
    const sound = readSound(path);
    expect(sound.sampleRate).toBe(48_000);
    expect(onsets(sound.channels[0]!)).toEqual(CLICKS);
    expect(Math.abs(sound.channels[0]!.length - 48_000)).toBeLessThanOrEqual(128);
  });

  test('two renderings are the same, bit by bit, also where there is noise', async () => {
    const first = await render(<Noisy />, { engine, duration: 2, seed: 3 });
    const second = await render(<Noisy />, { engine, duration: 2, seed: 3 });
    const samples = (path: string) => Buffer.from(readSound(path).channels[0]!.buffer);
    expect(samples(first.path).equals(samples(second.path))).toBe(true);
    expect(peak(readSound(first.path))).toBeGreaterThan(0.05);
    if (engine === 'supernova') return; // it seeds by itself
    const other = await render(<Noisy />, { engine, duration: 2, seed: 4 });
    expect(samples(first.path).equals(samples(other.path))).toBe(false);
  });

  test('the number of channels, the sample rate and the format are as they are asked for', async () => {
    const { path } = await render(<Clicks />, {
      engine,
      path: newPath('aiff'),
      channels: 1,
      sampleRate: 44_100,
      sampleFormat: 'int16',
    });
    const { sampleRate, channels } = await decodeSoundFile(readFileSync(path));
    expect(sampleRate).toBe(44_100);
    expect(channels).toHaveLength(1);
    expect(onsets(channels[0]!)).toEqual([0, 6615, 26_460, 34_398]);
    // Two bytes a frame, and a header.
    expect(readFileSync(path).length - 2 * channels[0]!.length).toBeLessThan(200);
  });

  test.runIf(engine !== 'supernova')('T6: a sound file is heard on the inputs', async () => {
    const input = newPath();
    const samples = Float32Array.from({ length: 2 * 24_000 }, (_, index) => (index === 2 * 12_345 ? 0.5 : 0));
    writeFileSync(input, encodeSoundFile({ sampleRate: 48_000, channels: 2, samples }, 'wav', 'float'));
    const { path } = await render(<Synth def={through} in={2} amp={0.5} />, { engine, input });
    const [left] = readSound(path).channels;
    expect(onsets(left!)).toEqual([12_345]);
    expect(left![12_345]).toBe(0.25);
  });

  test('a buffer that is loaded in the middle of the piece is there at its beat', async () => {
    const file = newPath();
    const samples = Float32Array.from({ length: 4800 }, (_, index) => (index === 0 ? 0.5 : 0));
    writeFileSync(file, encodeSoundFile({ sampleRate: 48_000, channels: 1, samples }, 'wav', 'float'));
    const Sample = () => <Synth def={player} buf={useBuffer(file)} />;
    const { path } = await render(
      <At beat={0.5}>
        <Sample />
      </At>,
      { engine },
    );
    expect(onsets(readSound(path).channels[0]!)).toEqual([24_000]);
  });

  test('buffers of 300,000 samples are complete when they are played, at the beginning and at a beat', async () => {
    // The last sample is 0: it sounds on for the rest of the block in which it is reached.
    const data = Float32Array.from({ length: 300_000 }, (_, index) => ((299_999 - index) % 997) / 4000);
    const Samples = ({ name }: { readonly name: string }) => (
      <Synth def={player} buf={useBuffer({ data }, name)} />
    );
    const { path } = await render(
      <>
        <Samples name="first" />
        <At beat={0.5}>
          <Samples name="second" />
        </At>
      </>,
      { engine, duration: 7 },
    );
    const sound = readSound(path).channels[0]!;
    const at = (frame: number) => (frame >= 0 && frame < data.length ? data[frame]! : 0);
    const wrong = sound.findIndex(
      (sample, frame) => Math.abs(sample - at(frame) - at(frame - 24_000)) > 1e-6,
    );
    expect(wrong).toBe(-1);
  });

  test('until it is silent: to the last sound and a twentieth of a second', async () => {
    const { path, rendered } = await render(<Clicks />, { engine, duration: 'until-silent' });
    const [left] = readSound(path).channels;
    expect(onsets(left!)).toEqual(CLICKS);
    const end = CLICKS.at(-1)! + 1 + 0.05 * 48_000;
    expect(Math.abs(left!.length - end)).toBeLessThanOrEqual(128);
    expect(rendered.files[0]!.duration).toBeCloseTo(end / 48_000, 4);
  });

  test('what sounds for ever is never silent, and said to be so', async () => {
    await expect(render(<Synth def={tone} />, { engine, duration: 'until-silent' })).rejects.toMatchObject({
      code: 'invalid-time',
      message: expect.stringMatching(/^The piece still sounds 60 s after the last thing/),
    });
  });

  test.runIf(engine !== 'supernova')(
    'too many nodes are an error that says which option to raise',
    async () => {
      const piece = Array.from({ length: 70 }, (_, index) => <Synth key={String(index)} def={tone} />);
      const path = newPath();
      const failure = await render(piece, { engine, path, server: { maxNodes: 64 } }).catch((error) => error);
      expect(failure).toMatchObject({ code: 'too-many-nodes' });
      expect(await readdir(folder)).not.toContain(path.slice(folder.length + 1));
    },
  );

  test('a file that cannot be written is said before anything is rendered', async () => {
    await expect(render(<Clicks />, { engine, path: '/nowhere/out.wav' })).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringMatching(/^\/nowhere\/out\.wav cannot be written: ENOENT/),
    });
  });

  test('a kind of file that there is not is said to be none', async () => {
    const failure = await render(<Clicks />, { engine, headerFormat: 'mp7' }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'write-failed', message: expect.stringContaining('"mp7"') });
    expect(failure.message).toMatch(/It writes wav, .*aiff/);
  });
});

test.runIf(engines.includes('supernova'))('supernova says that it hears no file on its inputs', async () => {
  const failure = await render(<Clicks />, { engine: 'supernova', input: 'in.wav' }).catch((error) => error);
  expect(failure).toMatchObject({ code: 'unsupported' });
});

test('an engine that lacks a unit generator says which', async () => {
  await expect(render(<Synth def={lacking} />, { engine: 'embedded' })).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('MouseX'),
  });
});

test('each named group at the top is a stem, with the effects beside them; together they are the piece', async () => {
  function Band() {
    const room = useBus({ channels: 2 });
    return (
      <Transport bpm={120}>
        <Group name="drums">
          <At beat={1}>
            <Synth def={click} />
          </At>
        </Group>
        <Group name="keys">
          <Sequence>
            <At length={1.5}>
              <Note def={pad} pitch={60} out={room} />
            </At>
          </Sequence>
        </Group>
        <Synth def={through} in={room} amp={0.5} />
      </Transport>
    );
  }
  const path = newPath();
  const { rendered } = await render(<Band />, { engine: 'embedded', path, stems: true });
  const stem = (name: string) => path.replace('.wav', `-${name}.wav`);
  expect(rendered.files).toMatchObject([
    { path, stem: undefined, duration: 1 },
    { path: stem('drums'), stem: 'drums', duration: 1 },
    { path: stem('keys'), stem: 'keys', duration: 1 },
  ]);
  const [drums] = readSound(stem('drums')).channels;
  const [keys] = readSound(stem('keys')).channels;
  expect(onsets(drums!, 0)).toEqual([24_000]);
  expect(peak(readSound(stem('keys')))).toBeCloseTo(0.05, 2);
  const [mixed] = readSound(path).channels;
  const difference = mixed!.map((sample, frame) => sample - drums![frame]! - keys![frame]!);
  expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-6);
});

test('groups that come later, beside groups of other stems, are in their stems as in the piece', async () => {
  const Verse = ({ pitch }: { pitch: number }) => (
    <>
      <Group name="keys">
        <Note def={pad} pitch={pitch} amp={0.05} />
      </Group>
      <Group name="drums">
        <Synth def={click} />
      </Group>
      <Group name="bass">
        <Note def={pad} pitch={pitch - 24} amp={0.05} />
      </Group>
    </>
  );
  const Band = () => {
    const room = useBus({ channels: 2 });
    return (
      <Transport bpm={240}>
        <Sequence>
          {[60, 64, 67].map((pitch) => (
            <At key={pitch} length={1}>
              <Verse pitch={pitch} />
            </At>
          ))}
        </Sequence>
        <Synth def={through} in={room} amp={0.5} />
      </Transport>
    );
  };
  const path = newPath();
  const { rendered } = await render(<Band />, { engine: 'embedded', path, stems: true });
  expect(rendered.files.map(({ stem }) => stem)).toEqual([undefined, 'bass', 'drums', 'keys']);
  const parts = rendered.files.slice(1).map((file) => readSound(file.path).channels[0]!);
  expect(onsets(parts[1]!)).toEqual([0, 12_000, 24_000]);
  const [mixed] = readSound(path).channels;
  const difference = mixed!.map((sample, frame) => parts.reduce((rest, part) => rest - part[frame]!, sample));
  expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-6);
});

test('stems without a named group are an error that says how to name one', async () => {
  await expect(render(<Clicks />, { engine: 'embedded', stems: true })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining('Write <Group name="drums">.'),
  });
});

test.runIf(engines.includes('scsynth'))(
  "T1: the score is a file that scsynth's own command plays",
  async () => {
    const score = await renderToScore(<Clicks />, { duration: 1 });
    const [scoreFile, output] = [newPath('osc'), newPath()];
    writeFileSync(scoreFile, score.toBytes());
    await execa(findServer('scsynth'), ['-N', scoreFile, '_', output, '48000', 'wav', 'float', '-o', '2']);
    expect(onsets(readSound(output).channels[0]!)).toEqual(CLICKS);
  },
);

test('progress goes from 0 to 1', async () => {
  const progress: number[] = [];
  await render(<Clicks />, { engine: 'embedded', onProgress: (done) => progress.push(done) });
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
  expect(progress.length).toBeGreaterThan(3);
});

test.each(engines)('a rendering that is given up leaves no file and no process: %s', async (engine) => {
  const controller = new AbortController();
  const path = newPath();
  const piece = (
    <Loop beats={0.1}>
      <Synth def={click} />
    </Loop>
  );
  const rendering = render(piece, {
    path,
    engine,
    duration: 600,
    signal: controller.signal,
    onProgress: (done) => {
      if (done > 0.1) controller.abort();
    },
  });
  await expect(rendering).rejects.toMatchObject({ name: 'AbortError' });
  expect(await readdir(folder)).not.toContain(path.slice(folder.length + 1));
  // pgrep ends with 1 when it finds none.
  expect((await execa('pgrep', ['-f', path], { reject: false })).exitCode).toBe(1);
});

test.runIf(engines.includes('scsynth'))(
  'a server that stands still is ended, and it is said what does that',
  async () => {
    const path = newPath();
    const file = { path, sampleRate: 48_000, headerFormat: 'wav', sampleFormat: 'float' };
    const standstill = { interval: 50, looks: 4 };
    const rendering = await renderOnNative('scsynth', file, { server: serverOptions(), standstill });
    const commands: readonly Command[] = [
      { type: '/b_alloc', number: 0, frames: 32_768, channels: 1 },
      { type: '/d_recv', bytes: looping.bytes },
      { type: '/s_new', def: 'looping', id: 1000 as NodeId, action: 0, target: 0 as NodeId, controls: [] },
    ];
    const writer = new ScoreWriter();
    rendering.write(0, writer.bundles({ time: 0, commands }));
    rendering.write(10, writer.bundles(endEntry(10)));
    await expect(rendering.finish(10)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(
        /^scsynth stands still: it has written nothing to .* for 0\.2 s, and was ended/,
      ),
    });
    await rendering.abort();
    expect(existsSync(path)).toBe(false);
  },
);

test.runIf(engines.includes('scsynth'))(
  'a stream is played from the file, on each native engine',
  async () => {
    const input = newPath();
    const samples = Float32Array.from({ length: 2 * 100_000 }, (_, index) => (index % 8191) / 8192);
    writeFileSync(input, encodeSoundFile({ sampleRate: 48_000, channels: 2, samples }, 'wav', 'float'));
    const River = () => <Synth def={streaming} buf={useBuffer({ stream: input, startFrame: 100 })} />;
    for (const engine of ['scsynth', 'supernova'] as const) {
      const { path } = await render(
        <At beat={0.5}>
          <River />
        </At>,
        { engine, duration: 2.5 },
      );
      const [left, right] = readSound(path).channels;
      const at = left!.findIndex((sample) => sample !== 0);
      const heard = Array.from({ length: 60_000 }, (_, frame) => [
        left![at + frame],
        right![at + frame],
      ]).flat();
      expect([engine, at]).toEqual([engine, 24_000]);
      expect(heard.findIndex((sample, index) => sample !== samples[200 + index])).toBe(-1);
    }
  },
);

test('a server that ends in the middle is an error with its exit code', async () => {
  const executable = shellScript('head -c 1000 >/dev/null\necho "ERROR: no more"\nexit 3');
  const failure = await render(<Clicks />, { engine: 'scsynth', executable }).catch((error) => error);
  expect(failure).toMatchObject({ code: 'command-failed', message: 'The engine says: "ERROR: no more".' });
  const silent = shellScript('exit 3');
  const other = await render(<Clicks />, { engine: 'scsynth', executable: silent }).catch((error) => error);
  expect(other.message).toMatch(/^scsynth ended with code 3 before the sound was complete/);
});

test.each(
  engines,
)('a volume that is muted lets nothing through, on a bus of its own as well: %s', async (engine) => {
  function Muted() {
    const bus = useBus();
    return (
      <>
        <Synth def={tone} amp={0.5} />
        <Synth def={tone} out={bus} amp={0.5} />
        <Volume bus={bus} muted />
        <Volume muted />
      </>
    );
  }
  const { path } = await render(<Muted />, { engine, duration: 0.1 });
  expect(peak(readSound(path))).toBe(0);
});

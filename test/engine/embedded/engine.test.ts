import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bootEmbedded } from '../../../src/engine/embedded/bootEmbedded.js';
import type { EmbeddedOptions } from '../../../src/engine/embedded/embeddedOptions.js';
import type { Engine } from '../../../src/engine/engine.js';
import { readWav } from '../../../src/engine/soundfile/readWav.js';
import { decodePacket } from '../../../src/osc/decode.js';
import { encodePacket } from '../../../src/osc/encode.js';
import type { Argument, Message, ReceivedMessage } from '../../../src/osc/message.js';
import { timetagAt } from '../../../src/osc/timetag.js';
import { level, sine } from './soundDefs.js';
import { spectrum } from './spectrum.js';

let folder: string;
const engines: Engine[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.quit())));
afterAll(() => rm(folder, { recursive: true }));

/** A client of one engine: sends, and waits for answers. */
async function boot(options: EmbeddedOptions = {}) {
  const engine = await bootEmbedded({ device: 'none', ...options });
  engines.push(engine);
  const heard: ReceivedMessage[] = [];
  const waiting: (() => void)[] = [];
  engine.transport.listen({
    onPacket: (packet) => {
      heard.push(decodePacket(packet) as ReceivedMessage);
      for (const resume of waiting.splice(0)) resume();
    },
    onError: (error) => {
      throw error;
    },
    onClose: () => undefined,
  });
  const send = (...message: readonly [string, ...Argument[]]) => engine.transport.send(encodePacket(message));
  const at = (time: number, ...messages: Message[]) =>
    engine.transport.send(encodePacket({ timetag: timetagAt(time), elements: messages }));
  async function answer(address: string, ...first: unknown[]): Promise<ReceivedMessage> {
    for (;;) {
      const found = heard.find(
        (message) => message.address === address && first.every((each, i) => message.args[i] === each),
      );
      if (found) return found;
      await new Promise<void>((resume) => waiting.push(resume));
    }
  }
  return { engine, heard, send, at, answer };
}

test('it answers as a server, and says what it is', async () => {
  const { engine, send, answer } = await boot();
  expect(engine.description).toBe('embedded scsynth 3.14.1 · 48000 Hz · 2 out · no sound device');
  expect([engine.kind, engine.sampleRate, engine.numOutputBusChannels, engine.pid]).toEqual([
    'embedded',
    48_000,
    2,
    undefined,
  ]);
  send('/notify', 1);
  send('/d_recv', level, encodePacket(['/s_new', 'level', 1000, 0, 0]));
  send('/g_queryTree', 0, 0);
  expect((await answer('/done', '/d_recv')).args).toEqual(['/d_recv']);
  expect((await answer('/n_go')).args).toEqual([1000, 0, -1, -1, 0]);
  expect((await answer('/g_queryTree.reply')).args).toEqual([0, 0, 1, 1000, -1, 'level']);
});

test('what a bundle starts is recorded at its time, with its frequency, unclipped', async () => {
  const { engine, at, send, answer } = await boot();
  send('/d_recv', sine);
  await answer('/done', '/d_recv');
  const path = join(folder, 'sine.wav');
  const recording = await engine.record!(path);
  const start = Date.now() / 1000 + 0.2;
  at(start, ['/s_new', 'sine', 1000, 0, 0, 'freq', 440, 'amp', 0.5]);
  at(start + 0.5, ['/n_set', 1000, 'freq', 660]);
  at(start + 0.9, ['/sync', 1]);
  await answer('/synced', 1);
  const { frames } = await recording.stop();
  const { sampleRate, channels } = readWav(await readFile(path));
  const [left] = channels as [Float32Array];
  expect([sampleRate, channels.length, left.length]).toEqual([48_000, 2, frames]);
  const onset = left.findIndex((sample) => sample !== 0) - 1; // a sine begins with 0
  const expected = (start - recording.startTime!) * 48_000;
  expect(Math.abs(onset - expected)).toBeLessThanOrEqual(48); // one millisecond: the clocks are compared
  const peaks = [onset + 1000, onset + 26_000].map((from) =>
    spectrum(left.subarray(from, from + 16_384), 48_000),
  );
  for (const [i, frequency] of [440, 660].entries()) {
    expect(Math.abs(peaks[i]!.peak - frequency)).toBeLessThan(3); // one bin
  }
  expect(Math.max(...left)).toBeCloseTo(0.5, 2);
});

test('two recordings may overlap, and quitting completes those that run', async () => {
  const { engine, send, answer } = await boot();
  const first = await engine.record!(join(folder, 'first.wav'));
  await engine.record!(join(folder, 'second.wav'));
  const { frames } = await first.stop();
  expect((await first.stop()).frames).toBe(frames);
  send('/sync', 1);
  await answer('/synced', 1); // at least one block more
  await engine.quit();
  const second = readWav(await readFile(join(folder, 'second.wav')));
  expect(second.channels[0]!.length).toBeGreaterThanOrEqual(128);
});

test('a recording into a folder that is not there fails with its path', async () => {
  const { engine } = await boot();
  const path = join(folder, 'nope/a.wav');
  await expect(engine.record!(path)).rejects.toThrow(`The recording ${path} failed: ENOENT`);
});

test('a client’s /quit is answered, and ends the engine', async () => {
  const { engine, send, answer } = await boot();
  send('/quit');
  await answer('/done', '/quit');
  expect(await engine.exited).toEqual({ code: 0, signal: undefined, lastOutput: [], wasRequested: true });
});

test('quit ends the thread, and a second call gives the same', async () => {
  const { engine } = await boot();
  const [first, second] = await Promise.all([engine.quit(), engine.quit()]);
  expect(first).toEqual({ code: 0, signal: undefined, lastOutput: [], wasRequested: true });
  expect(second).toEqual(first);
  expect(() => engine.transport.send(encodePacket(['/status']))).toThrow('nothing can be sent');
});

test('what the engine prints is heard line by line', async () => {
  const { engine, send, answer } = await boot();
  const lines: string[] = [];
  const end = engine.onOutput((line) => lines.push(line));
  send('/s_new', 'nope', 1000, 0, 0);
  await answer('/fail');
  send('/sync', 1);
  await answer('/synced');
  end();
  expect(lines).toEqual([
    '*** ERROR: SynthDef nope not found',
    'FAILURE IN SERVER /s_new SynthDef not found',
  ]);
});

test('an abort while booting ends the thread and rejects with its reason', async () => {
  const abort = new AbortController();
  const booting = bootEmbedded({ device: 'none', signal: abort.signal });
  abort.abort(new Error('no time'));
  await expect(booting).rejects.toThrow('no time');
});

test('a sound device that cannot be opened fails with what was tried', async () => {
  await expect(bootEmbedded({ device: 'no such device' })).rejects.toThrow(
    /The sound device "no such device" could not be opened\. Tried pacat: .+; aplay: .+; play: .+; pw-cat: .+\. Name another/,
  );
});

test('with a player installed, what is heard goes to its standard input', async () => {
  const players = join(folder, 'bin');
  const played = join(folder, 'played');
  await mkdir(players);
  await writeFile(join(players, 'pw-cat'), `#!/bin/sh\nexec cat > '${played}'\n`, { mode: 0o755 });
  const { PATH } = process.env;
  process.env.PATH = `${players}:${PATH}`;
  const { engine, send, answer } = await boot({ device: 'auto' }).finally(() => {
    process.env.PATH = PATH;
  });
  expect(engine.description).toBe('embedded scsynth 3.14.1 · 48000 Hz · 2 out · sound by pw-cat');
  send('/d_recv', level, encodePacket(['/s_new', 'level', 1000, 0, 0]));
  await answer('/done', '/d_recv');
  const recording = await engine.record!(join(folder, 'same.wav'));
  while ((await recordedSamples(played)).at(-2) !== 0.5) await new Promise(setImmediate);
  await recording.stop();
  await engine.quit();
  const samples = await recordedSamples(played);
  const onset = samples.indexOf(0.5);
  expect(onset % 2).toBe(0); // on the left
  expect(samples.slice(onset, onset + 256).filter((_, i) => i % 2 === 0)).toEqual(new Array(128).fill(0.5));
  expect(samples[onset + 1]).toBe(0);
});

test('a crash ends the engine with its reason, the transport, and the recordings', async () => {
  const { engine, send } = await boot();
  const path = join(folder, 'crash.wav');
  await engine.record!(path);
  const closed = new Promise<string>((resolve) => {
    engine.transport.listen({ onPacket: () => undefined, onError: () => undefined, onClose: resolve });
  });
  send('/b_alloc', 1, 100, 1);
  send('/b_gen', 1, 'PreparePartConv', 1, 0); // scsynth divides by the size of 0
  const { code, wasRequested, lastOutput } = await engine.exited;
  expect([code, wasRequested]).toEqual([1, false]);
  expect(lastOutput.at(-1)).toBe('The embedded engine crashed: RuntimeError: divide by zero.');
  expect(await closed).toBe('the other end closed the port');
  expect(readWav(await readFile(path)).channels).toHaveLength(2);
});

test('more outputs than the engine has room for are refused', async () => {
  await expect(bootEmbedded({ device: 'none', numOutputBusChannels: 200 })).rejects.toThrow(
    'Server option numOutputBusChannels is 200; the embedded engine has room for 128.',
  );
});

test('eight outputs at 44.1 kHz are recorded as such', async () => {
  const { engine, send, answer } = await boot({ numOutputBusChannels: 8, sampleRate: 44_100 });
  send('/d_recv', level, encodePacket(['/s_new', 'level', 1000, 0, 0, 'out', 7]));
  await answer('/done', '/d_recv');
  const recording = await engine.record!(join(folder, 'eight.wav'));
  send('/sync', 1);
  await answer('/synced', 1);
  await recording.stop();
  const { sampleRate, channels } = readWav(await readFile(join(folder, 'eight.wav')));
  expect(sampleRate).toBe(44_100);
  expect(channels.map((channel) => channel[0])).toEqual([0, 0, 0, 0, 0, 0, 0, 0.5]);
});

async function recordedSamples(path: string): Promise<number[]> {
  const bytes = await readFile(path);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readFloatLE(4 * i));
}

const distribution = fileURLToPath(new URL('../../../dist/engine/embedded/bootEmbedded.js', import.meta.url));

test.each([
  ['quits', 'await engine.quit();', 0],
  ['throws', "throw new Error('crash');", 1],
  ['calls process.exit', 'process.exit(3);', 3],
])('a program that %s ends at once, with the engine’s thread', async (_, end, code) => {
  const script = join(folder, 'program.mjs');
  await writeFile(
    script,
    `import { bootEmbedded } from ${JSON.stringify(distribution)};
const engine = await bootEmbedded({ device: 'none' });
await engine.record(${JSON.stringify(join(folder, 'program.wav'))});
${end}`,
  );
  const child = spawn(process.execPath, [script], { stdio: 'ignore' });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(code);
});

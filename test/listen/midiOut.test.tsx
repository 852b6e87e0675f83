/** MIDI that goes out, in real time: when bytes arrive at a receiver of the system, against the timestamps of the sound. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { type Commit, Loop, MidiClock, MidiNote, Synth, Transport } from '../../src/index.js';
import { createRoot, openMidiOutput } from '../../src/node.js';
import { toOsc } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { bootForTest } from '../setup/servers.js';

/** A thread that blocks until bytes come, and notes when they came. */
const RECEIVER = `
const { openSync, readSync, closeSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const file = openSync(workerData, 'r');
const bytes = Buffer.alloc(64);
const heard = [];
for (let size = readSync(file, bytes); size > 0; size = readSync(file, bytes))
  heard.push([Number(process.hrtime.bigint()) / 1e9, ...bytes.subarray(0, size)]);
closeSync(file);
parentPort.postMessage(heard);
`;

/** A thread that only sleeps: how late this machine wakes threads meanwhile, whoever they are. */
const SLEEPER = `
const { parentPort, workerData: stop } = require('node:worker_threads');
const late = [];
while (Atomics.load(stop, 1) === 0) {
  const due = performance.now() + 5;
  Atomics.wait(stop, 0, 0, due - performance.now());
  late.push((performance.now() - due) / 1000);
}
parentPort.postMessage(late.sort((a, b) => a - b));
`;

const NOTES = 200;
const BPM = 480;

test('notes and ticks arrive on the moment of the sound', async () => {
  const path = join(temporaryFolder(), 'midi');
  execFileSync('mkfifo', [path]);
  const receiver = new Worker(RECEIVER, { eval: true, workerData: path });
  const heard = new Promise<number[][]>((resolve) => receiver.once('message', resolve));
  const port = await openMidiOutput({ path });
  const stop = new Int32Array(new SharedArrayBuffer(8));
  const sleeper = new Worker(SLEEPER, { eval: true, workerData: stop });
  const slept = new Promise<number[]>((resolve) => sleeper.once('message', resolve));
  const commits: Commit[] = [];
  const server = await bootForTest('embedded', { device: 'none' });
  const root = createRoot(server, {
    latency: 0.1,
    lookahead: 0.5,
    onCommit: (commit) => commits.push(commit),
  });
  const isOver = new Promise<void>((resolve) => {
    const watch = () => {
      if (root.scheduler.counts.moments > NOTES * 24) resolve();
      else setTimeout(watch, 20);
    };
    watch();
  });
  await root.render(
    <Transport bpm={BPM}>
      <MidiClock to={port} />
      <Loop beats={1} times={NOTES}>
        {(pass) => (
          <>
            <Synth def={tone} freq={1000 + pass} />
            <MidiNote to={port} pitch={pass % 128} length={0.5} />
          </>
        )}
      </Loop>
    </Transport>,
  );
  await isOver;
  Atomics.store(stop, 1, 1);
  const machine = await slept;
  await root.unmount();
  await port.close();
  const messages = await heard;
  const offset = (performance.timeOrigin + performance.now()) / 1000 - Number(process.hrtime.bigint()) / 1e9;
  /** The timestamp of each pass's synth. */
  const sounds = new Map(
    commits.flatMap(({ commands, time }) =>
      commands
        .map(toOsc)
        .filter(([address]) => address === '/s_new')
        .map((message) => [Number(message.at(-1)) - 1000, time!] as const),
    ),
  );
  const bytes = messages.flatMap(([time, ...all]) => all.map((byte) => [time! + offset, byte] as const));
  const onsets = bytes.filter(([, byte]) => byte === 0x90).map(([time]) => time);
  expect(onsets.length).toBe(NOTES);
  // The first ones may have ended before their definition was loaded.
  expect(sounds.size).toBeGreaterThan(0.9 * NOTES);
  const late = onsets
    .flatMap((time, index) => (sounds.has(index) ? [Math.abs(time - sounds.get(index)!)] : []))
    .sort((a, b) => a - b);
  const ticks = bytes.filter(([, byte]) => byte === 0xf8).map(([time]) => time);
  const expected = 60 / BPM / 24;
  const mean = (ticks.at(-1)! - ticks[0]!) / (ticks.length - 1);
  const jitter = ticks
    .map((time, index) => Math.abs(time - (ticks[0]! + index * expected)))
    .sort((a, b) => a - b);
  const share = (values: readonly number[], part: number) => values[Math.floor(values.length * part)]!;
  console.log(
    `onset against the sound: median ${(share(late, 0.5) * 1e3).toFixed(3)} ms, p99 ${(share(late, 0.99) * 1e3).toFixed(3)} ms; ` +
      `ticks: median ${(share(jitter, 0.5) * 1e3).toFixed(3)} ms, p99 ${(share(jitter, 0.99) * 1e3).toFixed(3)} ms; ` +
      `a sleeping thread of this machine: median ${(share(machine, 0.5) * 1e3).toFixed(3)} ms, p99 ${(share(machine, 0.99) * 1e3).toFixed(3)} ms`,
  );
  // Two threads wake for each message, ours and the receiver's.
  const allowed = (seconds: number, part: number) => seconds + 2 * Math.max(0, share(machine, part));
  expect(share(late, 0.5)).toBeLessThan(allowed(0.001, 0.5));
  expect(share(late, 0.99)).toBeLessThan(allowed(0.003, 0.99));
  expect(share(jitter, 0.99)).toBeLessThan(allowed(0.003, 0.99));
  // The mean is exact but for the first and the last of all ticks.
  expect(Math.abs(mean - expected) * (ticks.length - 1)).toBeLessThan(allowed(0.003, 0.99));
}, 120_000);

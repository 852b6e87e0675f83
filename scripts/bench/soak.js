/**
 * Minutes of 200 commits a second on a real server, with mounts, releases, moves, changes, buses and buffers: whether
 * memory grows, and whether commits get slower.
 */

import { useState } from 'react';
import { jsx } from 'react/jsx-runtime';
import { createRoot, Group, Synth, useBuffer, useBus } from '../../dist/index.js';
import { DoneAction, Env, EnvGen, Out, SinOsc, synthDef } from '../../dist/synthdef/index.js';
import { heapInUse } from './memory.js';
import { boot, flushSync } from './ours.js';

const COMMITS_A_SECOND = 200;
const SAMPLE_EVERY = 30;
const VOICES = 60;

const voice = synthDef('voice', { freq: 440, amp: 0.001, pan: [0, 0], out: 0, gate: 1 }, (c) => {
  const envelope = EnvGen.kr(Env.asr(0.01, 1, 0.1), { gate: c.gate, doneAction: DoneAction.freeSelf });
  Out.ar(c.out, SinOsc.ar(c.freq).mul(c.amp).mul(envelope));
});

function Player({ freq }) {
  const bus = useBus({ channels: 2 });
  const buffer = useBuffer({ frames: 64 });
  return jsx(Synth, { def: voice, freq, out: bus, pan: buffer });
}

function Piece({ piece }) {
  const [{ keys, freq, players }, set] = useState({ keys: [], freq: 100, players: 0 });
  piece.change = (change) => set((state) => ({ ...state, ...change(state) }));
  return jsx(Group, {
    children: [
      ...keys.map((key) => jsx(Synth, { def: voice, freq: freq + (key % 50), amp: 0.001 }, key)),
      jsx(Group, { children: jsx(Player, { freq }, players) }, 'players'),
    ],
  });
}

/** One of the edits of a piece that goes on: most change a control, some a voice, few everything. */
function edit(count) {
  const freq = 100 + (count % 500);
  if (count % 200 === 0) return ({ players }) => ({ players: players + 1 });
  if (count % 50 === 0) return ({ keys }) => ({ keys: keys.toReversed() });
  if (count % 5 === 0) return ({ keys }) => ({ keys: [...keys.slice(1), count + VOICES] });
  return () => ({ freq });
}

/**
 * @param minutes - How long.
 * @param onSample - Called with each sample of memory.
 * @returns samples, and what they come to: bytes that were left after the first minute and at the end, the change
 *   in bytes a commit, and the median time of a commit in milliseconds in the second minute and in the last.
 */
export async function runSoak(minutes, onSample) {
  const server = await boot({ engine: 'embedded' });
  const errors = [];
  const root = createRoot(server, { onError: (error) => errors.push(error.message) });
  const piece = {};
  await root.render(jsx(Piece, { piece }));
  flushSync(() => piece.change(() => ({ keys: Array.from({ length: VOICES }, (_, key) => key) })));
  const samples = [];
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < minutes * 60_000) {
    const end = performance.now() + SAMPLE_EVERY * 1000;
    const times = [];
    let due = 0;
    const begin = performance.now();
    while (performance.now() < end) {
      due = ((performance.now() - begin) / 1000) * COMMITS_A_SECOND;
      while (times.length < due) {
        count += 1;
        const before = performance.now();
        flushSync(() => piece.change(edit(count)));
        times.push(performance.now() - before);
      }
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    times.sort((a, b) => a - b);
    const heap = await heapInUse();
    const sample = {
      seconds: Math.round((performance.now() - start) / 1000),
      commits: count,
      heap,
      rss: process.memoryUsage().rss,
      median: times[times.length >> 1],
      synths: (await server.status()).synths,
    };
    samples.push(sample);
    onSample(sample);
  }
  const last = samples.at(-1);
  const first = samples[Math.min(1, samples.length - 1)];
  await root.unmount();
  await server.quit();
  return {
    minutes,
    commits: count,
    errors: errors.length,
    samples,
    heapAfterAMinute: first.heap,
    heapAtTheEnd: last.heap,
    bytesACommit: (last.heap - first.heap) / Math.max(1, last.commits - first.commits),
    synthsAtTheEnd: last.synths,
    medianAfterAMinute: first.median,
    medianAtTheEnd: last.median,
  };
}

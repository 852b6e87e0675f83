/** The first example as it is heard: its chords, and that a change sounds when its commit says. */

import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import Hello from '../../examples/hello.js';
import type { Commit } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import { record, type Server } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { bootForTest, engines } from '../setup/servers.js';
import { endOfSteadySound, frequencyOf, levelsBelowPeak, part, peak, readSound } from './listen.js';

const LATENCY = 0.2;
const chords = [
  [57, 60, 64],
  [53, 57, 60],
].map((notes) => notes.map(frequencyOf));

interface Take {
  readonly path: string;
  /** When its first frame sounded, in seconds since 1970. */
  readonly start: number;
  stop(): Promise<unknown>;
}

/** Records from the engine's side where it can, else on the server from a stamped moment on. */
async function startTake(server: Server, path: string): Promise<Take> {
  if (server.engine.record) {
    const recording = await server.engine.record(path);
    return { path, start: recording.startTime!, stop: () => recording.stop() };
  }
  const start = Date.now() / 1000 + LATENCY;
  const recorder = await record(server, { path, time: start });
  return { path, start, stop: () => recorder.stop() };
}

// The dummy sound device is timed by the system's scheduler: on a busy machine it stumbles, and the server's
// clock with it. A second take is a second measurement, not another expectation.
describe.each(engines.filter((engine) => engine !== 'supernova'))('hello on %s', (engine) => {
  test('each chord has its frequencies, nothing clips, and the change is heard within 5 ms of its stamp', {
    retry: 2,
  }, async () => {
    const server = await bootForTest(engine);
    const take = await startTake(server, `${temporaryFolder()}/hello.wav`);
    const commits: Commit[] = [];
    let onChange: () => void = () => {};
    const changed = new Promise<void>((resolve) => {
      onChange = resolve;
    });
    const root = createRoot(server, {
      latency: LATENCY,
      onCommit: (commit) => {
        commits.push(commit);
        if (commits.length === 3) onChange();
      },
    });
    await root.render(createElement(Hello));
    await changed;
    await root.unmount();
    await take.stop();

    const sound = readSound(take.path);
    const [begin, change, next] = commits.map(({ time }) => time! - take.start);
    expect(peak(sound)).toBeLessThan(0.95);
    expect(peak(sound)).toBeGreaterThan(0.05);
    for (const [chord, [from, to]] of [
      [chords[0]!, [begin! + 0.5, change! - 0.1]],
      [chords[1]!, [change! + 0.5, next! - 0.1]],
    ] as const) {
      for (const level of levelsBelowPeak(part(sound, from, to), sound.sampleRate, chord))
        expect(level).toBeGreaterThan(-40);
    }
    const heard = endOfSteadySound(sound, chords[0]!, change! - 0.1, change! + 0.1);
    expect(Math.abs(heard - change!)).toBeLessThan(0.005);
  });
});

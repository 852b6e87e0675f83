/** Live accuracy: what is stamped with a moment sounds at it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { createRoot } from '../../src/node.js';
import { record, type Server } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { Impulses, onsets, randomBeats, secondsOf } from '../offline/impulses.js';
import { click } from '../offline/offlineDefs.js';
import { hasSclang } from '../setup/sclang.js';
import { bootForTest, engines } from '../setup/servers.js';
import { readSound } from './listen.js';

const SCLANG = process.env.SCLANG ?? 'sclang';

/** Beats of 120 bpm: seven seconds. */
const LENGTH = 14;

/** A performance of impulses: renders them, and resolves when the last one is over. */
async function perform(server: Server, beats: readonly number[]): Promise<void> {
  const late: unknown[] = [];
  let left = beats.length;
  // Half a second ahead: what is measured is where things sound, not how busy the machine is.
  const root = createRoot(server, {
    latency: 0.1,
    lookahead: 0.5,
    onLate: (lateness) => late.push(lateness),
  });
  const isOver = new Promise<void>((resolve) => {
    server.on('/n_end', () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
  await root.render(<Impulses beats={beats} />);
  await isOver;
  await root.unmount();
  expect(late).toEqual([]);
}

/** How far each impulse of a recording is from its place, seen from the first, in samples. */
function differencesOf(path: string, seconds: readonly number[]): number[] {
  const { channels, sampleRate } = readSound(path);
  const found = onsets(channels[0]!);
  expect(found).toHaveLength(seconds.length);
  return found.map((frame, index) => frame - found[0]! - (seconds[index]! - seconds[0]!) * sampleRate);
}

// A thread that is busy for longer than the lookahead is late, and says so: on a machine that is, it is measured again.
test('live on the embedded engine a thousand impulses lie as far apart as their beats, to the sample', {
  retry: 2,
}, async () => {
  // The first beat comes when the definition is there and the code has run once: a slow machine took over half a second for that.
  const beats = randomBeats(1000, LENGTH).map((beat) => beat + 4);
  const server = await bootForTest('embedded', { device: 'none' });
  await server.synthDefs.ensure(click);
  const path = join(temporaryFolder(), 'impulses.wav');
  const recording = await server.engine.record!(path);
  await perform(server, beats);
  await recording.stop();
  const differences = differencesOf(path, beats.map(secondsOf));
  expect(Math.max(...differences.map(Math.abs))).toBeLessThanOrEqual(1);
});

/** Half of the smallest distance between two impulses, in seconds. */
const WINDOW = 0.015;

/**
 * By how many samples the distances between neighbours are wrong. Where the sound device stumbles the server's time
 * jumps and impulses may be lost; each is looked for where the one before lets expect it.
 */
function distanceErrors(path: string, seconds: readonly number[]): number[] {
  const { channels, sampleRate } = readSound(path);
  const found = onsets(channels[0]!);
  let offset = found[0]! - seconds[0]! * sampleRate;
  let last: number | undefined;
  const errors: number[] = [];
  for (const second of seconds) {
    const place = second * sampleRate;
    const nearest = found.reduce((best, frame) =>
      Math.abs(frame - place - offset) < Math.abs(best - place - offset) ? frame : best,
    );
    if (Math.abs(nearest - place - offset) > WINDOW * sampleRate) {
      last = undefined;
      continue;
    }
    offset = nearest - place;
    if (last !== undefined) errors.push(offset - last);
    last = offset;
  }
  return errors;
}

/** How many of the distances are right to a sample and a half: two onsets are each rounded. */
const right = (errors: readonly number[]): number => errors.filter((error) => Math.abs(error) <= 1.5).length;

// scsynth's clock follows the system's and the sound device's: how far it strays is no business of a client's. So the
// measure is what sclang gets from the same server in the same minute.
test.runIf(engines.includes('scsynth') && hasSclang)(
  'live on scsynth impulses lie as far apart as they do with sclang',
  { retry: 2, timeout: 90_000 },
  async () => {
    const beats = randomBeats(100, 10, 1);
    const seconds = beats.map(secondsOf);
    const server = await bootForTest('scsynth');
    await server.synthDefs.ensure(click);
    const folder = temporaryFolder();
    const take = async (name: string, act: () => Promise<void>): Promise<number> => {
      const path = join(folder, `${name}.wav`);
      const recorder = await record(server, { path });
      await act();
      await recorder.stop();
      return right(distanceErrors(path, seconds));
    };
    const theirs = await take('sclang', () => playWithSclang(server, folder, seconds));
    const ours = await take('ours', () => perform(server, beats));
    // All 99 where nothing else runs. A stumble costs the one who plays, whoever it is, some of them.
    expect(theirs).toBeGreaterThan(20);
    expect(ours).toBeGreaterThan(theirs - 25);
  },
);

/** The same impulses from a Routine on SystemClock, each a bundle 0.2 s ahead, as sclang's own `s.bind` sends them. */
async function playWithSclang(server: Server, folder: string, seconds: readonly number[]): Promise<void> {
  const [script, times] = [join(folder, 'impulses.scd'), join(folder, 'times.txt')];
  writeFileSync(times, seconds.join(' '));
  writeFileSync(
    script,
    `(
var times = File.readAllString("${times}").split($ ).collect(_.asFloat);
var server = NetAddr("127.0.0.1", ${server.engine.transport.description.split(':').at(-1)});
{
  var last = 0;
  times.do { |time|
    (time - last).wait;
    last = time;
    server.sendBundle(0.2, ["/s_new", \\click, -1, 0, 1]);
  };
  0.5.wait;
  0.exit;
}.fork(SystemClock);
)`,
  );
  await execa(SCLANG, [script], {
    env: { QT_QPA_PLATFORM: 'offscreen', QTWEBENGINE_DISABLE_SANDBOX: '1' },
    stdin: 'ignore',
    timeout: 60_000,
  });
}

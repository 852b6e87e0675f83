/** Voices that play what is in a buffer: wavetables and grains. */

import {
  BufDur,
  BufFrames,
  BufRd,
  Dust,
  GrainBuf,
  LeakDC,
  Phasor,
  SampleDur,
  Sweep,
  TRand,
} from '../catalogue/generated/index.js';
import { lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';
import { definition } from './definition.js';
import { play, playWide, voice } from './voice.js';

/** Frames of a table. */
const FRAMES = 2048;

/**
 * Wavetables of 2048 frames each in one buffer: `position` goes from the first, 0, to the last, 1.
 *
 * `wavetables` makes such a buffer of harmonics. Files of one channel with tables of that size can be loaded as they are.
 */
export const wavetable = /* @__PURE__ */ definition(
  'wavetable',
  { ...voice, buf: 0, position: lagged(0, 0.05) },
  (c) => {
    const last = BufFrames.kr(c.buf).div(FRAMES).sub(1).max(0);
    const table = c.position.clip(0, 1).mul(last);
    const lower = table.floor();
    const phase = Phasor.ar(0, c.freq.mul(SampleDur.ir()).mul(FRAMES), 0, FRAMES);
    const [before, behind] = [read(c.buf, lower, phase), read(c.buf, lower.add(1).min(last), phase)];
    const between = before.add(behind.sub(before).mul(table.sub(lower)));
    play(LeakDC.ar(between, 0.999), c);
  },
);

/** A table at a phase. Behind its last frame comes its first, and not the next table. */
function read(buffer: Signal, table: Signal, phase: Signal): Signal {
  const frame = phase.floor();
  const at = (position: Signal): Signal => BufRd.ar(1, buffer, position.add(table.mul(FRAMES)), 1, 1);
  const [before, behind] = [at(frame), at(frame.add(1).mod(FRAMES))];
  return before.add(behind.sub(before).mul(phase.sub(frame)));
}

/**
 * A cloud of grains from a buffer of one channel: `position` 0 to 1 is its beginning, and `speed` moves it on.
 *
 * At the frequency `root` the buffer is heard at its own pitch.
 */
export const grains = /* @__PURE__ */ definition(
  'grains',
  { ...voice, buf: 0, root: 440, position: 0, speed: 0, density: 20, size: 0.15, spray: 0.02, spread: 0.7 },
  (c) => {
    const trigger = Dust.ar(c.density);
    const jitter = TRand.ar(c.spray.neg(), c.spray, trigger);
    const seconds = Sweep.ar(0, c.speed).add(jitter);
    const position = c.position.add(seconds.div(BufDur.kr(c.buf).max(0.001))).mod(1);
    const pan = TRand.ar(c.spread.neg(), c.spread, trigger);
    // The unit itself counts the buffer's sample rate in.
    const cloud = GrainBuf.ar(2, trigger, c.size, c.buf, c.freq.div(c.root), position, 4, pan, -1, 128);
    // Grains that overlap add up by their power.
    const level = c.density.mul(c.size).max(1).sqrt().reciprocal();
    const [left, right] = cloud.channels as [Signal, Signal];
    playWide(left.mul(level), right.mul(level), c);
  },
);

/** Instruments that are struck and end by themselves. */

import {
  BPF,
  BufRateScale,
  Impulse,
  LeakDC,
  Out,
  Pan2,
  PlayBuf,
  Pluck,
  SinOsc,
  WhiteNoise,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import type { Signal } from '../signal/signal.js';
import { asSignal } from '../signal/signal.js';
import { definition } from './definition.js';

const stroke = { amp: 0.3, pan: 0, out: 0 } as const;

/** A plucked string (Karplus–Strong): `decay` in seconds, `dull` 0 bright … 1 dull. */
export const pluck = /* @__PURE__ */ definition(
  'pluck',
  { ...stroke, freq: 440, decay: 2, dull: 0.3 },
  (c) => {
    const string = Pluck.ar(WhiteNoise.ar(), Impulse.kr(0), 0.1, c.freq.reciprocal(), c.decay, c.dull);
    const envelope = EnvGen.kr(Env.linen(0.001, c.decay, 0.1), { doneAction: DoneAction.freeSelf });
    Out.ar(c.out, Pan2.ar(LeakDC.ar(string, 0.995).mul(1.4).mul(envelope), c.pan, c.amp));
  },
);

/** A bell: partials that die away, the higher the sooner; `decay` in seconds. */
export const bell = /* @__PURE__ */ definition('bell', { ...stroke, freq: 440, decay: 2 }, (c) => {
  const partials = [1, 2, 2.76, 5.4].map((ratio, index) =>
    SinOsc.ar(c.freq.mul(ratio))
      .mul(EnvGen.kr(Env.perc(0.002, c.decay.div(ratio))))
      .mul(0.4 ** index),
  );
  const end = EnvGen.kr(Env.linen(0, c.decay, 0.05), { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(Mix(partials).mul(end).mul(0.7), c.pan, c.amp));
});

/** A bell of two operators: the modulator is `ratio` times the frequency, and `index` how far it goes at first. */
export const fmBell = /* @__PURE__ */ definition(
  'fmBell',
  { ...stroke, freq: 440, decay: 3, ratio: 1.4, index: 3 },
  (c) => {
    const falling = EnvGen.kr(Env.perc(0.001, c.decay.mul(0.6), 1, -4)).mul(c.index);
    const sound = SinOsc.ar(c.freq, SinOsc.ar(c.freq.mul(c.ratio), 0, falling));
    const envelope = EnvGen.kr(Env.perc(0.001, c.decay, 1, -5), { doneAction: DoneAction.freeSelf });
    Out.ar(c.out, Pan2.ar(sound.mul(envelope), c.pan, c.amp));
  },
);

/** A marimba: a bar tuned to its fourth harmonic, and the `hardness` of the mallet, 0 soft … 1 hard. */
export const marimba = /* @__PURE__ */ definition(
  'marimba',
  { ...stroke, freq: 440, decay: 1.2, hardness: 0.4 },
  (c) => {
    const partial = (ratio: number, level: Signal | number, share: number): Signal =>
      SinOsc.ar(c.freq.mul(ratio).min(18000))
        .mul(EnvGen.kr(Env.perc(0.001, c.decay.mul(share), 1, -5)))
        .mul(level);
    const knock = BPF.ar(WhiteNoise.ar(), c.freq.mul(3).min(16000), 0.8)
      .mul(EnvGen.kr(Env.perc(0.0005, 0.012)))
      .mul(c.hardness);
    const bar = Mix([
      partial(1, 1, 0.95),
      partial(3.98, c.hardness, 0.3),
      partial(9.2, c.hardness.mul(0.3), 0.12),
    ]);
    const end = EnvGen.kr(Env.linen(0, c.decay, 0.02), { doneAction: DoneAction.freeSelf });
    Out.ar(c.out, Pan2.ar(bar.add(knock).mul(end).mul(0.8), c.pan, c.amp));
  },
);

const samplerControls = {
  ...stroke,
  /** The buffer. */
  buf: 0,
  /** Speed: 1 as it was recorded, 2 an octave higher, -1 backwards. */
  rate: 1,
  /** First frame. */
  start: 0,
  /** 1 to go on at the beginning until it is released. */
  loop: 0,
  gate: 1,
  release: 0.05,
} as const;

interface SamplerSignals {
  readonly buf: Signal;
  readonly rate: Signal;
  readonly start: Signal;
  readonly loop: Signal;
  readonly gate: Signal;
  readonly release: Signal;
}

function sample(channels: number, c: SamplerSignals): Signal {
  const speed = c.rate.mul(BufRateScale.kr(c.buf));
  const sound = PlayBuf.ar(channels, c.buf, speed, 1, c.start, c.loop, DoneAction.freeSelf);
  const envelope = EnvGen.kr(Env.asr(0.001, 1, c.release), { gate: c.gate, doneAction: DoneAction.freeSelf });
  return sound.mul(envelope);
}

/** Plays a buffer with one channel, once, unless `loop` is 1. */
export const sampler = /* @__PURE__ */ definition('sampler', samplerControls, (c) => {
  Out.ar(c.out, Pan2.ar(sample(1, c), c.pan, c.amp));
});

/** Plays a buffer with two channels, once, unless `loop` is 1. */
export const stereoSampler = /* @__PURE__ */ definition('stereoSampler', samplerControls, (c) => {
  const [left, right] = sample(2, c).channels as [Signal, Signal];
  const balance = [c.pan.neg().add(1).min(1), c.pan.add(1).min(1)] as const;
  Out.ar(c.out, asSignal([left.mul(balance[0]), right.mul(balance[1])]).mul(c.amp));
});

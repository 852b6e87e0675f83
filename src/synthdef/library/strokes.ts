/** Instruments that are struck and end by themselves. */

import {
  BPF,
  BufRateScale,
  HPF,
  Impulse,
  Out,
  Pan2,
  PlayBuf,
  Pluck,
  SinOsc,
  WhiteNoise,
  XLine,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import type { Signal } from '../signal/signal.js';
import { asSignal } from '../signal/signal.js';
import { synthDef } from '../synthDef.js';

const stroke = { amp: 0.3, pan: 0, out: 0 } as const;

const struck = (decay: Signal): Signal =>
  EnvGen.kr(Env.perc(0.001, decay, 1, -6), { doneAction: DoneAction.freeSelf });

/** A plucked string (Karplus–Strong): `decay` in seconds, `dull` 0 bright … 1 dull. */
export const pluck = /* @__PURE__ */ synthDef('pluck', { ...stroke, freq: 440, decay: 2, dull: 0.3 }, (c) => {
  const string = Pluck.ar(WhiteNoise.ar(), Impulse.kr(0), 0.1, c.freq.reciprocal(), c.decay, c.dull);
  const envelope = EnvGen.kr(Env.linen(0.001, c.decay, 0.1), { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(string.mul(envelope), c.pan, c.amp));
});

/** A bass drum: a sine that falls to `freq` Hz, with a click. */
export const kick = /* @__PURE__ */ synthDef('kick', { ...stroke, freq: 50, decay: 0.3 }, (c) => {
  const falling = XLine.kr(c.freq.mul(6), c.freq, 0.06);
  const click = WhiteNoise.ar(EnvGen.kr(Env.perc(0.0005, 0.004))).mul(0.3);
  Out.ar(c.out, Pan2.ar(SinOsc.ar(falling).mul(struck(c.decay)).add(click), c.pan, c.amp));
});

/** A hi-hat: noise above `cutoff` Hz. */
export const hat = /* @__PURE__ */ synthDef('hat', { ...stroke, cutoff: 7000, decay: 0.06 }, (c) => {
  Out.ar(c.out, Pan2.ar(HPF.ar(WhiteNoise.ar(), c.cutoff).mul(struck(c.decay)), c.pan, c.amp));
});

/** A hand clap: three bursts of noise around `freq` Hz, and a tail. */
export const clap = /* @__PURE__ */ synthDef('clap', { ...stroke, freq: 1200, decay: 0.15 }, (c) => {
  const bursts = new Env([0, 1, 0, 1, 0, 1, 0], [0.001, 0.009, 0.001, 0.009, 0.001, c.decay], -4);
  const noise = BPF.ar(WhiteNoise.ar(), c.freq, 0.6).mul(3);
  const envelope = EnvGen.kr(bursts, { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(noise.mul(envelope), c.pan, c.amp));
});

/** A bell: partials that die away, the higher the sooner; `decay` in seconds. */
export const bell = /* @__PURE__ */ synthDef('bell', { ...stroke, freq: 440, decay: 2 }, (c) => {
  const partials = [1, 2, 2.76, 5.4].map((ratio, index) =>
    SinOsc.ar(c.freq.mul(ratio))
      .mul(EnvGen.kr(Env.perc(0.002, c.decay.div(ratio))))
      .mul(0.4 ** index),
  );
  const end = EnvGen.kr(Env.linen(0, c.decay, 0.05), { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(Mix(partials).mul(end), c.pan, c.amp));
});

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
export const sampler = /* @__PURE__ */ synthDef('sampler', samplerControls, (c) => {
  Out.ar(c.out, Pan2.ar(sample(1, c), c.pan, c.amp));
});

/** Plays a buffer with two channels, once, unless `loop` is 1. */
export const stereoSampler = /* @__PURE__ */ synthDef('stereoSampler', samplerControls, (c) => {
  const [left, right] = sample(2, c).channels as [Signal, Signal];
  const balance = [c.pan.neg().add(1).min(1), c.pan.add(1).min(1)] as const;
  Out.ar(c.out, asSignal([left.mul(balance[0]), right.mul(balance[1])]).mul(c.amp));
});

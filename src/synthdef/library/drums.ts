/** Drums and cymbals that are synthesised. Each ends by itself. */

import {
  BPF,
  HPF,
  LeakDC,
  LFNoise1,
  LFPulse,
  LPF,
  Out,
  Pan2,
  SinOsc,
  WhiteNoise,
  XLine,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import type { Signal } from '../signal/signal.js';
import { definition } from './definition.js';

const stroke = { amp: 0.3, pan: 0, out: 0 } as const;

interface StrokeSignals {
  readonly amp: Signal;
  readonly pan: Signal;
  readonly out: Signal;
}

/** Envelope of a stroke, which frees the synth at its end. */
const struck = (decay: Signal): Signal =>
  EnvGen.kr(Env.perc(0.001, decay, 1, -6), { doneAction: DoneAction.freeSelf });

/** Envelope of a part of a stroke, which is over before the whole. */
const part = (decay: Signal | number): Signal => EnvGen.kr(Env.perc(0.0005, decay, 1, -5));

const hit = (sound: Signal, c: StrokeSignals): void => {
  Out.ar(c.out, Pan2.ar(sound, c.pan, c.amp));
};

/** A bass drum: a sine that falls to `freq` Hz, with a click. */
export const kick = /* @__PURE__ */ definition('kick', { ...stroke, freq: 50, decay: 0.3 }, (c) => {
  const falling = XLine.kr(c.freq.mul(6), c.freq, 0.06);
  const click = WhiteNoise.ar(EnvGen.kr(Env.perc(0.0005, 0.004))).mul(0.3);
  hit(SinOsc.ar(falling).mul(struck(c.decay)).add(click), c);
});

/** A snare drum: a membrane at `freq` Hz under the noise of its wires; `snappy` is their level. */
export const snare = /* @__PURE__ */ definition(
  'snare',
  { ...stroke, freq: 180, decay: 0.2, snappy: 0.7 },
  (c) => {
    const bend = XLine.kr(1.6, 1, 0.03);
    const membrane = SinOsc.ar(c.freq.mul(bend))
      .add(SinOsc.ar(c.freq.mul(1.83).mul(bend)).mul(0.5))
      .mul(part(c.decay.mul(0.7)));
    const wires = HPF.ar(WhiteNoise.ar(), 1500).mul(struck(c.decay)).mul(c.snappy);
    hit(membrane.add(wires).mul(0.62), c);
  },
);

/** A hi-hat: noise above `cutoff` Hz. */
export const hat = /* @__PURE__ */ definition('hat', { ...stroke, cutoff: 7000, decay: 0.06 }, (c) => {
  hit(HPF.ar(WhiteNoise.ar(), c.cutoff).mul(struck(c.decay)).mul(1.3), c);
});

/** Six square waves out of tune with each other, as the metal of drum machines. */
const metal = (freq: Signal): Signal =>
  Mix([2, 3, 4.16, 5.43, 6.79, 8.21].map((ratio) => LFPulse.ar(freq.mul(ratio)).mul(2).sub(1))).div(6);

/** An open hi-hat: metal and noise above `cutoff` Hz. */
export const openHat = /* @__PURE__ */ definition('openHat', { ...stroke, cutoff: 7000, decay: 0.5 }, (c) => {
  const sound = metal(c.cutoff.mul(0.03)).mul(2.5).add(WhiteNoise.ar().mul(0.5));
  hit(HPF.ar(HPF.ar(sound, c.cutoff), c.cutoff).mul(struck(c.decay)).mul(0.9), c);
});

/** A hand clap: three bursts of noise around `freq` Hz, and a tail. */
export const clap = /* @__PURE__ */ definition('clap', { ...stroke, freq: 1200, decay: 0.15 }, (c) => {
  const bursts = new Env([0, 1, 0, 1, 0, 1, 0], [0.001, 0.009, 0.001, 0.009, 0.001, c.decay], -4);
  const noise = BPF.ar(WhiteNoise.ar(), c.freq, 0.6).mul(3.4);
  hit(noise.mul(EnvGen.kr(bursts, { doneAction: DoneAction.freeSelf })), c);
});

/** A drum without wires, as toms are: a sine that falls to `freq` Hz, with the noise of the stick. */
function membrane(c: StrokeSignals & { readonly freq: Signal; readonly decay: Signal }): void {
  const falling = XLine.kr(c.freq.mul(1.7), c.freq, 0.08);
  const stick = LPF.ar(WhiteNoise.ar(), 3000).mul(part(0.015)).mul(0.3);
  const overtone = SinOsc.ar(falling.mul(1.59))
    .mul(part(c.decay.mul(0.4)))
    .mul(0.2);
  hit(SinOsc.ar(falling).mul(struck(c.decay)).add(overtone).add(stick), c);
}

/** A tom: a membrane that falls to `freq` Hz. */
export const tom = /* @__PURE__ */ definition('tom', { ...stroke, freq: 160, decay: 0.4 }, membrane);

/** A low tom. */
export const tomLow = /* @__PURE__ */ definition('tomLow', { ...stroke, freq: 90, decay: 0.6 }, membrane);

/** A stroke on the rim: two short tones and a click. */
export const rim = /* @__PURE__ */ definition('rim', { ...stroke, freq: 480, decay: 0.04 }, (c) => {
  const tones = SinOsc.ar(c.freq).add(SinOsc.ar(c.freq.mul(3.4)).mul(0.8));
  const click = HPF.ar(WhiteNoise.ar(), 2000).mul(part(0.006)).mul(0.5);
  hit(tones.mul(struck(c.decay)).add(click).mul(0.65), c);
});

/** A cowbell: two square waves a fifth apart, the lower at `freq` Hz. */
export const cowbell = /* @__PURE__ */ definition('cowbell', { ...stroke, freq: 540, decay: 0.4 }, (c) => {
  const squares = Mix([1, 1.482].map((ratio) => LFPulse.ar(c.freq.mul(ratio)).mul(2).sub(1)));
  const body = LeakDC.ar(BPF.ar(squares, c.freq.mul(1.6), 0.8), 0.995);
  hit(body.mul(struck(c.decay)).mul(0.55), c);
});

/** A crash cymbal: metal and noise above `cutoff` Hz, which dies away in `decay` seconds. */
export const crash = /* @__PURE__ */ definition('crash', { ...stroke, cutoff: 3000, decay: 2 }, (c) => {
  const noise = WhiteNoise.ar().mul(LFNoise1.kr(30).mul(0.2).add(0.7));
  const sound = HPF.ar(metal(c.cutoff.mul(0.09)).add(noise), c.cutoff);
  const splash = HPF.ar(WhiteNoise.ar(), 6000).mul(part(0.15)).mul(0.5);
  hit(sound.mul(struck(c.decay)).add(splash).mul(0.9), c);
});

/** A shaker: grains of noise around `freq` Hz that swell and stop. */
export const shaker = /* @__PURE__ */ definition('shaker', { ...stroke, freq: 6000, decay: 0.12 }, (c) => {
  const swell = Env.perc(c.decay.mul(0.3), c.decay.mul(0.7), 1, -2);
  const envelope = EnvGen.kr(swell, { doneAction: DoneAction.freeSelf });
  hit(BPF.ar(WhiteNoise.ar(), c.freq, 0.7).mul(envelope).mul(1.4), c);
});

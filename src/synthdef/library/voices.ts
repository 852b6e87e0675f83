/** Voices with oscillators and filters, which sound until they are released. Each frees itself after its release. */

import {
  DelayN,
  Lag,
  Linen,
  LPF,
  OffsetOut,
  Pan2,
  Pulse,
  Rand,
  RLPF,
  Saw,
  Select,
  SinOsc,
  VarSaw,
  XLine,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import { initialRate, lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';
import { asSignal } from '../signal/signal.js';
import { definition } from './definition.js';
import { centred, detuned, play, playWide, voice, withVibrato } from './voice.js';

/** A cutoff frequency that no filter of the server gets unstable at. */
const safe = (cutoff: Signal): Signal => cutoff.clip(20, 18000);

/** A falling envelope from 1 to 0 in `decay` seconds, as octaves above a cutoff. */
const sweep = (cutoff: Signal, octaves: Signal, decay: Signal): Signal =>
  safe(
    EnvGen.kr(Env.perc(0.002, decay, 1, -3))
      .mul(octaves)
      .mul(12)
      .midiratio()
      .mul(cutoff),
  );

/** A sine. */
export const sine = /* @__PURE__ */ definition('sine', voice, (c) => play(SinOsc.ar(c.freq), c));

/** Two sawtooths, a little apart, through a resonant low-pass filter: `cutoff` in Hz, `rq` = 1/Q. */
export const saw = /* @__PURE__ */ definition(
  'saw',
  { ...voice, cutoff: lagged(2000, 0.05), rq: 0.7, detune: 0.003 },
  (c) => {
    const pair = Mix(Saw.ar([...detuned(c.freq, c.detune)])).mul(0.7);
    play(centred(RLPF.ar(pair, safe(c.cutoff), c.rq)), c);
  },
);

/** A pulse wave through a resonant low-pass filter: `width` 0.5 is a square. */
export const pulse = /* @__PURE__ */ definition(
  'pulse',
  { ...voice, width: lagged(0.5, 0.05), cutoff: lagged(4000, 0.05), rq: 0.9 },
  (c) => play(centred(RLPF.ar(Pulse.ar(c.freq, c.width.clip(0.02, 0.98)), safe(c.cutoff), c.rq).mul(1.2)), c),
);

/** Frequency modulation: the modulator is `ratio` times the frequency, `index` how far it goes. */
export const fm = /* @__PURE__ */ definition('fm', { ...voice, ratio: 2, index: lagged(2, 0.05) }, (c) => {
  const modulator = SinOsc.ar(c.freq.mul(c.ratio), 0, c.freq.mul(c.ratio).mul(c.index));
  // A whole ratio puts a part of the sound at 0 Hz.
  play(centred(SinOsc.ar(c.freq.add(modulator))), c);
});

/** A sub bass: a sine that `drive` makes fuller with odd harmonics. */
export const sub = /* @__PURE__ */ definition(
  'sub',
  { ...voice, freq: 55, drive: lagged(0.3, 0.05) },
  (c) => {
    const gain = c.drive.mul(4).add(1);
    play(SinOsc.ar(c.freq).mul(gain).tanh().div(gain.tanh()), c);
  },
);

/** Seven sawtooths, `detune` apart and spread over both channels. */
export const supersaw = /* @__PURE__ */ definition(
  'supersaw',
  { ...voice, detune: 0.008, spread: 0.8, cutoff: lagged(8000, 0.05) },
  (c) => {
    const saws = [-1, -0.63, -0.2, 0, 0.2, 0.63, 1].map((place, index) => {
      const wave = Saw.ar(c.freq.mul(c.detune.mul(place).add(1)));
      // All begin with the same phase, which would be a peak of seven times the level.
      return DelayN.ar(wave, 0.02, 0.0013 * index);
    });
    const odd = Mix(saws.filter((_, index) => index % 2 === 1));
    const even = Mix(saws.filter((_, index) => index % 2 === 0));
    const [near, far] = [c.spread.mul(0.5).add(0.5), c.spread.mul(-0.5).add(0.5)];
    const side = (own: Signal, other: Signal): Signal =>
      centred(LPF.ar(own.mul(near).add(other.mul(far)), safe(c.cutoff))).mul(0.58);
    playWide(side(even, odd), side(odd, even), c);
  },
);

/** A lead: a sawtooth and a narrow pulse with vibrato; `glide` in seconds between frequencies. */
export const lead = /* @__PURE__ */ definition(
  'lead',
  {
    ...voice,
    glide: 0.05,
    vibratoRate: 5.5,
    vibratoDepth: lagged(0.15, 0.1),
    cutoff: lagged(3500, 0.05),
    rq: 0.5,
  },
  (c) => {
    const freq = withVibrato(Lag.kr(c.freq, c.glide), c.vibratoRate, c.vibratoDepth);
    const waves = Saw.ar(freq).add(Pulse.ar(freq.mul(1.003), 0.3).mul(0.6));
    play(centred(RLPF.ar(waves, safe(c.cutoff), c.rq).mul(0.8)), c);
  },
);

/** A bass: sawtooth and sine, with a filter that opens `env` octaves at each note and closes in `decay` seconds. */
export const bass = /* @__PURE__ */ definition(
  'bass',
  {
    ...voice,
    freq: 55,
    attack: 0.005,
    release: 0.1,
    cutoff: lagged(400, 0.05),
    rq: 0.5,
    env: 2.5,
    decay: 0.25,
  },
  (c) => {
    const filtered = RLPF.ar(
      Mix(Saw.ar([...detuned(c.freq, asSignal(0.002))])).mul(0.5),
      sweep(c.cutoff, c.env, c.decay),
      c.rq,
    );
    play(centred(filtered.mul(0.8)).add(SinOsc.ar(c.freq).mul(0.6)), c);
  },
);

/**
 * A resonant bass line machine: `wave` 0 is a sawtooth and 1 a square.
 *
 * Its filter opens `env` octaves and closes in `decay` seconds, and `drive` saturates what comes out.
 */
export const acid = /* @__PURE__ */ definition(
  'acid',
  {
    ...voice,
    freq: 55,
    attack: 0.003,
    release: 0.05,
    wave: 0,
    glide: 0.03,
    cutoff: lagged(300, 0.03),
    rq: 0.15,
    env: 3.5,
    decay: 0.25,
    drive: 1.5,
  },
  (c) => {
    const freq = Lag.kr(c.freq, c.glide);
    const wave = Select.ar(c.wave, [Saw.ar(freq), Pulse.ar(freq, 0.5)]);
    const at = sweep(c.cutoff, c.env, c.decay);
    const filtered = LPF.ar(RLPF.ar(wave, at, c.rq), at.mul(2).min(18000));
    play(centred(filtered.mul(c.drive).tanh()).mul(0.9), c);
  },
);

/** The definition that sclang plays when none is named, to the byte. */
export const defaultSynthDef = /* @__PURE__ */ definition(
  'default',
  { out: initialRate(0), freq: 440, amp: 0.1, pan: 0, gate: 1 },
  (c) => {
    const tuned = c.freq.add([0, Rand(-0.4, 0), Rand(0, 0.4)]);
    const filtered = LPF.ar(
      Mix(VarSaw.ar(tuned, 0, 0.3, 0.3)),
      XLine.kr(Rand(4000, 5000), Rand(2500, 3200), 1),
    );
    const z = filtered.mul(Linen.kr(c.gate, 0.01, 0.7, 0.3, DoneAction.freeSelf));
    OffsetOut.ar(c.out, Pan2.ar(z, c.pan, c.amp));
  },
);

/** Voices after keyboards, strings, winds and choirs, which sound until they are released. */

import {
  BPF,
  HPF,
  LFNoise1,
  LFTri,
  Line,
  LPF,
  PinkNoise,
  RLPF,
  Saw,
  SinOsc,
  VarSaw,
} from '../catalogue/generated/index.js';
import { LinSelectX } from '../composites/choosing.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import { lagged } from '../graph/controls.js';
import { asSignal, type Signal } from '../signal/signal.js';
import { definition } from './definition.js';
import { centred, detuned, play, playWide, voice, withVibrato } from './voice.js';

/**
 * An electric piano: two sines that modulate each other, as a tine and its tone bar.
 *
 * It dies away in `decay` seconds, and sooner when it is released. `bright` is the level of the tine.
 */
export const keys = /* @__PURE__ */ definition(
  'keys',
  { ...voice, attack: 0.002, decay: 4, bright: 0.5, tremolo: lagged(0, 0.05) },
  (c) => {
    const body = EnvGen.kr(Env.perc(c.attack, c.decay, 1, -5), { doneAction: DoneAction.freeSelf });
    const tine = SinOsc.ar(
      c.freq.mul(14).min(18000),
      0,
      EnvGen.kr(Env.perc(0.001, 0.25, 1, -5)).mul(c.bright),
    );
    const bar = SinOsc.ar(c.freq, 0, body.mul(c.bright).mul(1.2));
    const sound = SinOsc.ar(c.freq, bar).add(SinOsc.ar(c.freq, tine).mul(0.4)).mul(body);
    const swing = SinOsc.kr(5).mul(c.tremolo).mul(0.5);
    playWide(sound.mul(swing.add(0.8)), sound.mul(swing.neg().add(0.8)), c);
  },
);

/** An organ with drawbars: `sub` is 16', `bright` are the four above 8', `rotor` the speed of a rotary speaker in Hz. */
export const organ = /* @__PURE__ */ definition(
  'organ',
  {
    ...voice,
    attack: 0.005,
    release: 0.05,
    sub: lagged(0.3, 0.05),
    bright: lagged(0.5, 0.05),
    rotor: lagged(0.8, 0.5),
  },
  (c) => {
    const turn = SinOsc.kr(c.rotor);
    const freq = c.freq.mul(turn.mul(0.002).add(1));
    const upper = Mix(
      [2, 3, 4, 6].map((ratio, index) => SinOsc.ar(freq.mul(ratio)).mul([0.6, 0.4, 0.35, 0.2][index]!)),
    );
    const sound = SinOsc.ar(freq)
      .add(SinOsc.ar(freq.mul(0.5)).mul(c.sub))
      .add(upper.mul(c.bright))
      .mul(0.9);
    const side = turn.mul(0.15);
    playWide(sound.mul(side.add(0.85)), sound.mul(side.neg().add(0.85)), c);
  },
);

/** A pad: pairs of soft waves on either side, through a filter that drifts by `drift` octaves. */
export const pad = /* @__PURE__ */ definition(
  'pad',
  {
    ...voice,
    attack: 0.8,
    release: 1.5,
    detune: 0.004,
    cutoff: lagged(1500, 0.1),
    drift: 0.5,
  },
  (c) => {
    const side = (sign: number): Signal => {
      const [low, high] = detuned(c.freq, c.detune.mul(sign));
      const waves = VarSaw.ar(low, 0.25, 0.1).add(VarSaw.ar(high.mul(1.001), 0.5 + sign * 0.2, 0.3));
      const at = LFNoise1.kr(0.3).mul(c.drift).mul(12).midiratio().mul(c.cutoff).clip(20, 18000);
      return RLPF.ar(waves, at, 0.8).mul(0.48);
    };
    playWide(side(1), side(-1), c);
  },
);

/** Bowed strings: four sawtooths with a vibrato each, spread over both channels. */
export const string = /* @__PURE__ */ definition(
  'string',
  {
    ...voice,
    attack: 0.25,
    release: 0.5,
    vibratoDepth: lagged(0.12, 0.1),
    detune: 0.003,
    cutoff: lagged(3000, 0.1),
  },
  (c) => {
    const player = (place: number, rate: number): Signal => {
      const swing = LFTri.kr(rate, place).mul(c.vibratoDepth).midiratio();
      return Saw.ar(c.freq.mul(c.detune.mul(place).add(1)).mul(swing));
    };
    // The body of the instrument: little below the fundamental of a violin, and a resonance in the middle.
    const side = (a: Signal, b: Signal): Signal => {
      const sound = LPF.ar(a.add(b), c.cutoff.clip(20, 18000));
      return centred(sound.add(BPF.ar(sound, 1100, 0.6).mul(0.4))).mul(0.85);
    };
    playWide(side(player(-1, 4.9), player(0.5, 5.6)), side(player(1, 5.3), player(-0.5, 6.1)), c);
  },
);

/** Brass: a sawtooth that gets brighter with its attack; `bright` in octaves above the frequency. */
export const brass = /* @__PURE__ */ definition(
  'brass',
  {
    ...voice,
    attack: 0.06,
    release: 0.15,
    bright: lagged(3, 0.05),
    vibratoRate: 5,
    vibratoDepth: lagged(0.1, 0.1),
  },
  (c) => {
    // Lips reach the pitch from below.
    const reached = Line.kr(-0.5, 0, 0.06).midiratio();
    const freq = withVibrato(c.freq, c.vibratoRate, c.vibratoDepth).mul(reached);
    const blown = EnvGen.kr(Env.adsr(c.attack.mul(1.5), 0.2, 0.75, c.release), { gate: c.gate });
    const at = blown.mul(c.bright).mul(12).midiratio().mul(c.freq).clip(20, 16000);
    play(centred(RLPF.ar(Mix(Saw.ar([...detuned(freq, asSignal(0.002))])).mul(0.78), at, 0.8)), c);
  },
);

/** A flute: a few harmonics, `breath` of noise around the frequency, and a vibrato of loudness and pitch. */
export const flute = /* @__PURE__ */ definition(
  'flute',
  {
    ...voice,
    attack: 0.08,
    release: 0.15,
    breath: lagged(0.3, 0.05),
    vibratoRate: 5,
    vibratoDepth: lagged(0.1, 0.1),
  },
  (c) => {
    const freq = withVibrato(c.freq, c.vibratoRate, c.vibratoDepth);
    const swell = SinOsc.kr(c.vibratoRate).mul(c.vibratoDepth).add(1);
    const tone = Mix(
      [1, 2, 3].map((ratio, index) => SinOsc.ar(freq.mul(ratio)).mul([0.8, 0.2, 0.06][index]!)),
    );
    const chiff = EnvGen.kr(Env.perc(0.02, 0.12)).mul(2).add(1);
    const air = BPF.ar(PinkNoise.ar(), c.freq.mul(2).min(16000), 0.5).mul(c.breath).mul(chiff);
    play(tone.mul(swell).add(air), c);
  },
);

/** Centre frequencies, bandwidths by frequency, and levels of the first four formants of a, e, i, o and u. */
const FORMANTS = [
  { freqs: [800, 400, 300, 450, 325], rq: 0.1, levels: [1, 1, 1, 1, 1] },
  { freqs: [1150, 1700, 1950, 800, 700], rq: 0.08, levels: [0.6, 0.3, 0.3, 0.4, 0.25] },
  { freqs: [2900, 2600, 2700, 2830, 2700], rq: 0.05, levels: [0.25, 0.3, 0.3, 0.2, 0.08] },
  { freqs: [3900, 3200, 3300, 3800, 3800], rq: 0.04, levels: [0.15, 0.2, 0.2, 0.1, 0.06] },
] as const;

/** A choir: voices through the formants of a `vowel`: 0 a, 1 e, 2 i, 3 o, 4 u, and those between. */
export const choir = /* @__PURE__ */ definition(
  'choir',
  {
    ...voice,
    attack: 0.3,
    release: 0.6,
    vowel: lagged(0, 0.1),
    vibratoDepth: lagged(0.15, 0.1),
    breath: lagged(0.1, 0.05),
  },
  (c) => {
    const formants = FORMANTS.map(({ freqs, rq, levels }) => ({
      freq: LinSelectX.kr(c.vowel.clip(0, 4), freqs),
      level: LinSelectX.kr(c.vowel.clip(0, 4), levels),
      rq,
    }));
    const side = (sign: number): Signal => {
      const singers = [4.7, 5.4].map((rate, index) => {
        const swing = SinOsc.kr(rate + sign * 0.2, index * 2 + sign).mul(c.vibratoDepth);
        return Saw.ar(c.freq.mul(swing.add(sign * (index === 0 ? 0.06 : -0.04)).midiratio()));
      });
      const source = Mix(singers).add(PinkNoise.ar(c.breath.mul(2)));
      const mouth = Mix(formants.map(({ freq, level, rq }) => BPF.ar(source, freq, rq).mul(level)));
      // The chest carries the fundamental where no formant is near.
      return centred(mouth.mul(3).add(LPF.ar(source, c.freq.mul(1.2)).mul(0.9)));
    };
    playWide(side(1), side(-1), c);
  },
);

/** A pad of noise around its frequency: `rq` is the width of the band by the frequency. */
export const noise = /* @__PURE__ */ definition(
  'noise',
  { ...voice, attack: 0.5, release: 1, rq: lagged(0.1, 0.1) },
  (c) => {
    const band = (): Signal => BPF.ar(PinkNoise.ar(), c.freq.clip(20, 16000), c.rq).div(c.rq.sqrt()).mul(5.5);
    playWide(HPF.ar(band(), 20), HPF.ar(band(), 20), c);
  },
);

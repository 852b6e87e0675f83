/** Instruments that sound until they are released: each has a gate, and frees itself when its release has ended. */

import {
  Linen,
  LPF,
  OffsetOut,
  Out,
  Pan2,
  Rand,
  RLPF,
  Saw,
  SinOsc,
  VarSaw,
  XLine,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import { initialRate, lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';
import { synthDef } from '../synthDef.js';

/** Controls that every voice has. */
const voice = {
  /** Hz */
  freq: 440,
  /** Amplitude; a change glides in 20 ms, so that it does not click. */
  amp: lagged(0.1, 0.02),
  /** -1 left … 1 right */
  pan: 0,
  /** First of the two buses it is heard on. */
  out: 0,
  /** 0 releases it. */
  gate: 1,
  /** Seconds */
  attack: 0.01,
  /** Seconds */
  release: 0.3,
} as const;

interface VoiceSignals {
  readonly amp: Signal;
  readonly pan: Signal;
  readonly out: Signal;
  readonly gate: Signal;
  readonly attack: Signal;
  readonly release: Signal;
}

function play(sound: Signal, c: VoiceSignals): void {
  const envelope = EnvGen.kr(Env.asr(c.attack, 1, c.release), {
    gate: c.gate,
    doneAction: DoneAction.freeSelf,
  });
  Out.ar(c.out, Pan2.ar(sound.mul(envelope), c.pan, c.amp));
}

/** A sine. */
export const sine = /* @__PURE__ */ synthDef('sine', voice, (c) => play(SinOsc.ar(c.freq), c));

/** Two sawtooths, a little apart, through a resonant low-pass filter: `cutoff` in Hz, `rq` = 1/Q. */
export const saw = /* @__PURE__ */ synthDef(
  'saw',
  { ...voice, cutoff: lagged(2000, 0.05), rq: 0.7, detune: 0.003 },
  (c) => {
    const pair = Mix(Saw.ar([c.freq.mul(c.detune.neg().add(1)), c.freq.mul(c.detune.add(1))])).mul(0.5);
    play(RLPF.ar(pair, c.cutoff.clip(20, 18000), c.rq), c);
  },
);

/** Frequency modulation: the modulator is `ratio` times the frequency, `index` how far it goes. */
export const fm = /* @__PURE__ */ synthDef('fm', { ...voice, ratio: 2, index: lagged(2, 0.05) }, (c) => {
  const modulator = SinOsc.ar(c.freq.mul(c.ratio), 0, c.freq.mul(c.ratio).mul(c.index));
  play(SinOsc.ar(c.freq.add(modulator)), c);
});

/** The definition that sclang plays when none is named, to the byte. */
export const defaultSynthDef = /* @__PURE__ */ synthDef(
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

/** Controls, envelope and output that all voices have in common. */

import { Balance2, LeakDC, Line, Out, Pan2, SinOsc } from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';

/** Controls that every voice has. */
export const voice = {
  /** Hz */
  freq: 440,
  /** Amplitude: one voice peaks near -12 dBFS. A change glides in 20 ms, so that it does not click. */
  amp: /* @__PURE__ */ lagged(0.3, 0.02),
  /** -1 left … 1 right */
  pan: 0,
  /** First of the two buses that it plays to. */
  out: 0,
  /** 0 releases it. */
  gate: 1,
  /** Seconds */
  attack: 0.01,
  /** Seconds */
  release: 0.3,
} as const;

/** Signals of the controls that every voice has. */
export interface VoiceSignals {
  readonly freq: Signal;
  readonly amp: Signal;
  readonly pan: Signal;
  readonly out: Signal;
  readonly gate: Signal;
  readonly attack: Signal;
  readonly release: Signal;
}

/** Envelope of a voice, which frees the synth at the end of its release. */
function contour(c: VoiceSignals): Signal {
  return EnvGen.kr(Env.asr(c.attack, 1, c.release), {
    gate: c.gate,
    doneAction: DoneAction.freeSelf,
  });
}

/** Plays one channel through the envelope of a voice. */
export function play(sound: Signal, c: VoiceSignals): void {
  Out.ar(c.out, Pan2.ar(sound.mul(contour(c)), c.pan, c.amp));
}

/** Plays two channels through the envelope of a voice. In the middle each has the level of a panned one. */
export function playWide(left: Signal, right: Signal, c: VoiceSignals): void {
  const envelope = contour(c);
  Out.ar(c.out, Balance2.ar(left.mul(envelope), right.mul(envelope), c.pan, c.amp));
}

/** A frequency with a vibrato of `depth` semitones, which begins after half a second as a player's does. */
export function withVibrato(freq: Signal, rate: Signal, depth: Signal): Signal {
  const onset = Line.kr(0, 1, 0.5);
  return freq.mul(SinOsc.kr(rate).mul(depth).mul(onset).midiratio());
}

/** The two ways to detune: a little below and a little above. */
export const detuned = (freq: Signal, detune: Signal): readonly [Signal, Signal] => [
  freq.mul(detune.neg().add(1)),
  freq.mul(detune.add(1)),
];

/** Without the offset of the server's sawtooth, which its integrator starts with: 0.002 of 1 in the first second. */
export const centred = (sound: Signal): Signal => LeakDC.ar(sound, 0.999);

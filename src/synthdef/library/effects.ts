/** Effects of space and time on two channels: rooms and echoes. Each goes after the synths that it processes. */

import {
  AllpassC,
  AllpassN,
  CombL,
  ControlDur,
  DelayC,
  DelayN,
  FreeVerb2,
  LeakDC,
  LocalOut,
  LPF,
  OnePole,
  PartConv,
  SinOsc,
  XFade2,
} from '../catalogue/generated/index.js';
import { LocalIn } from '../composites/buses.js';
import { lagged } from '../graph/controls.js';
import { asSignal, type Signal } from '../signal/signal.js';
import { definition } from './definition.js';
import { insert, mixed, process, processMixed } from './insert.js';

/** A room: `mix` 0 dry … 1 wet, `room` 0 small … 1 large, `damp` 0 bright … 1 dull. */
export const reverb = /* @__PURE__ */ definition(
  'reverb',
  { ...insert, mix: lagged(0.33, 0.05), room: 0.7, damp: 0.4 },
  (c) => process(c, (_, left, right) => FreeVerb2.ar(left, right, c.mix, c.room, c.damp)),
);

/**
 * The sound of a room or of a thing, by its impulse response: `gain` in decibels is that of the effect.
 *
 * `left` and `right` are buffers for `PartConv`: `useBuffer({ impulse: 'hall.wav' })`. The effect is 21 ms late at 48 kHz.
 */
export const convolution = /* @__PURE__ */ definition(
  'convolution',
  { ...mixed(0.3), left: 0, right: 0, gain: lagged(-30, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) =>
      asSignal([PartConv.ar(left, 2048, c.left), PartConv.ar(right, 2048, c.right)]).mul(c.gain.dbamp()),
    ),
);

/** Echoes: every `time` seconds (at most 2), 60 dB less after `decay` seconds. */
export const delay = /* @__PURE__ */ definition(
  'delay',
  { ...insert, mix: lagged(0.4, 0.05), time: lagged(0.375, 0.2), decay: 3 },
  (c) =>
    process(c, (input) => {
      const wet = AllpassC.ar(CombL.ar(input, 2, c.time, c.decay), 0.05, [0.031, 0.037], 0.1);
      return XFade2.ar(input, wet, c.mix.mul(2).sub(1));
    }),
);

/** Echoes that go from left to right: each `time` seconds (at most 2) after the one before, and `feedback` as loud. */
export const pingPong = /* @__PURE__ */ definition(
  'pingPong',
  { ...mixed(0.4), time: lagged(0.375, 0.2), feedback: lagged(0.5, 0.05), cutoff: lagged(6000, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) => {
      // A local bus is read one control period later.
      const back = DelayC.ar(LocalIn.ar(1), 2, c.time.sub(ControlDur.ir()).max(0));
      const feedback = c.feedback.clip(0, 0.95);
      const first = DelayC.ar(left.add(right).mul(0.5), 2, c.time).add(back);
      const second = DelayC.ar(LPF.ar(first, c.cutoff.clip(20, 18000)).mul(feedback), 2, c.time);
      LocalOut.ar(LPF.ar(second, c.cutoff.clip(20, 18000)).mul(feedback));
      return asSignal([first, second]);
    }),
);

/** Seconds of the delays of Dattorro's plate, as samples at 29761 Hz. @see J. Dattorro, Effect Design 1 (1997) */
const at = (samples: number): number => samples / 29761;

/** An all-pass filter with a coefficient: the server has its decay time instead. */
const diffuse = (input: Signal, seconds: number, coefficient: number): Signal =>
  AllpassN.ar(input, seconds, seconds, (seconds * Math.log(0.001)) / Math.log(coefficient));

/**
 * A plate: denser and brighter than `reverb`.
 *
 * Four all-pass filters diffuse the sound into a tank of two branches, each of which feeds the other one. `decay` is the
 * time to 60 dB less, `damp` 0 bright … 1 dull, `predelay` in seconds (at most 0.2).
 */
export const plate = /* @__PURE__ */ definition(
  'plate',
  { ...mixed(0.33), decay: lagged(2.5, 0.05), damp: lagged(0.3, 0.05), predelay: 0.01 },
  (c) =>
    processMixed(c, (_, left, right) => {
      const early = LPF.ar(DelayN.ar(left.add(right).mul(0.5), 0.2, c.predelay), 12000);
      const diffused = diffuse(
        diffuse(diffuse(diffuse(early, at(142), 0.75), at(107), 0.75), at(379), 0.625),
        at(277),
        0.625,
      );
      // Half of the tank takes 0.36 s, and has two gains.
      const gain = asSignal(0.001).pow(asSignal(0.18).div(c.decay.max(0.1)));
      const back = LocalIn.ar(2);
      const branch = (input: Signal, [first, second, third, fourth]: readonly number[], phase: number) => {
        // A little movement keeps single frequencies from ringing.
        const moving = SinOsc.kr(0.7, phase).mul(0.0005).add(at(first!));
        const a = DelayN.ar(AllpassC.ar(input, 0.05, moving, -1.3), at(second!), at(second!));
        const damped = OnePole.ar(a, c.damp.clip(0, 0.95)).mul(gain);
        const b = diffuse(damped, at(third!), 0.5);
        return { a, b, end: DelayN.ar(b, at(fourth!), at(fourth!)).mul(gain) };
      };
      const one = branch(diffused.add(back.at(1)), [672, 4453, 1800, 3720], 0);
      const other = branch(diffused.add(back.at(0)), [908, 4217, 2656, 3163], Math.PI / 2);
      LocalOut.ar([LeakDC.ar(one.end, 0.999), LeakDC.ar(other.end, 0.999)]);
      return asSignal([
        other.a.add(other.b).sub(one.b.mul(0.6)).mul(0.6),
        one.a.add(one.b).sub(other.b.mul(0.6)).mul(0.6),
      ]);
    }),
);

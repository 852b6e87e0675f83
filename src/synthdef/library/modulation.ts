/** Effects that move: chorus, flanger, phaser, tremolo and panorama. */

import { BAllPass, CombC, DelayC, SinOsc } from '../catalogue/generated/index.js';
import { lagged } from '../graph/controls.js';
import { asSignal, type Signal } from '../signal/signal.js';
import { definition } from './definition.js';
import { mixed, processMixed } from './insert.js';

/** A chorus: three copies of each channel, whose delays move by `depth` (0 to 1) at `rate` Hz. */
export const chorus = /* @__PURE__ */ definition(
  'chorus',
  { ...mixed(0.5), rate: 0.6, depth: lagged(0.5, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) => {
      const copies = (input: Signal, phase: number): Signal =>
        [0, 1, 2]
          .map((copy) => {
            const swing = SinOsc.kr(c.rate.mul(1 + copy * 0.17), phase + copy * 2.1);
            return DelayC.ar(
              input,
              0.05,
              swing
                .mul(c.depth)
                .mul(0.006)
                .add(0.015 + copy * 0.004),
            );
          })
          .reduce((sum, copy) => sum.add(copy))
          .mul(0.5);
      return asSignal([copies(left, 0), copies(right, Math.PI / 2)]);
    }),
);

/** A flanger: a short delay with `feedback` (-0.95 to 0.95) that moves between 0.5 and 8 ms at `rate` Hz. */
export const flanger = /* @__PURE__ */ definition(
  'flanger',
  { ...mixed(0.5), rate: 0.2, depth: lagged(0.7, 0.05), feedback: lagged(0.5, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) => {
      const amount = c.feedback.abs().clip(0.001, 0.95);
      const moved = (input: Signal, phase: number): Signal => {
        const time = SinOsc.kr(c.rate, phase).mul(c.depth).mul(0.00375).add(0.00425);
        // The server takes the time to 60 dB less for a feedback; its sign is the feedback's.
        const decay = time.mul(Math.log(0.001)).div(amount.log()).mul(c.feedback.sign());
        return CombC.ar(input, 0.02, time, decay).mul(amount.neg().add(1).sqrt());
      };
      return asSignal([moved(left, 0), moved(right, Math.PI / 2)]);
    }),
);

/** A phaser: four all-pass filters that move by `depth` octaves around `freq` Hz at `rate` Hz. */
export const phaser = /* @__PURE__ */ definition(
  'phaser',
  { ...mixed(0.5), rate: 0.3, depth: lagged(1.5, 0.05), freq: lagged(800, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) => {
      const moved = (input: Signal, phase: number): Signal => {
        const centre = SinOsc.kr(c.rate, phase).mul(c.depth).mul(12).midiratio().mul(c.freq);
        return [0.5, 1, 1.9, 3.7].reduce(
          (sound, ratio) => BAllPass.ar(sound, centre.mul(ratio).clip(30, 16000), 1.2),
          input,
        );
      };
      return asSignal([moved(left, 0), moved(right, 0.8)]);
    }),
);

/** A tremolo: the level falls by `depth` (0 to 1) and comes back at `rate` Hz. */
export const tremolo = /* @__PURE__ */ definition(
  'tremolo',
  { ...mixed(1), rate: 5, depth: lagged(0.5, 0.05) },
  (c) => processMixed(c, (input) => input.mul(SinOsc.kr(c.rate).mul(0.5).add(0.5).mul(c.depth).neg().add(1))),
);

/** Moves the sound from side to side by `depth` (0 to 1) at `rate` Hz. */
export const autoPan = /* @__PURE__ */ definition(
  'autoPan',
  { ...mixed(1), rate: 0.5, depth: lagged(0.8, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) => {
      const place = SinOsc.kr(c.rate).mul(c.depth);
      // A balance leaves the middle as it is.
      return asSignal([left.mul(place.neg().add(1).min(1)), right.mul(place.add(1).min(1))]);
    }),
);

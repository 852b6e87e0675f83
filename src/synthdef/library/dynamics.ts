/** Effects on loudness: compressor, noise gate and limiters. */

import {
  Amplitude,
  In,
  InFeedback,
  LagUD,
  Limiter as LimiterUnit,
  ReplaceOut,
  Schmidt,
  Select,
} from '../catalogue/generated/index.js';
import { lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';
import { definition } from './definition.js';
import { insert, mixed, process, processMixed } from './insert.js';

/** The louder of both channels, so that the middle stays where it is. */
const louder = (sound: Signal): Signal => sound.at(0).abs().max(sound.at(1).abs());

/**
 * A compressor: what is `threshold` decibels or louder gets quieter by `ratio`; `makeup` decibels are added behind it.
 *
 * `sidechain` is the first of two buses whose level counts instead of the input's: -1 for the input.
 */
export const compressor = /* @__PURE__ */ definition(
  'compressor',
  {
    ...mixed(1),
    threshold: lagged(-18, 0.05),
    ratio: lagged(4, 0.05),
    attack: 0.005,
    release: 0.12,
    makeup: lagged(0, 0.05),
    sidechain: -1,
  },
  (c) =>
    processMixed(c, (input) => {
      // No bus is below 0, and the server would read another one.
      // A bus that is written later in the block is heard one block late, and not as silence.
      const other = InFeedback.ar(c.sidechain.max(0), 2);
      const key = Select.ar(c.sidechain.ge(0), [louder(input), louder(other)]);
      const over = Amplitude.kr(key, c.attack, c.release).max(1e-6).ampdb().sub(c.threshold).max(0);
      const gain = over.mul(c.ratio.max(1).reciprocal().sub(1)).add(c.makeup);
      return input.mul(gain.dbamp());
    }),
);

/** Keeps the sound below `level`, looking 10 ms ahead, which delays it by 20 ms. */
export const limit = /* @__PURE__ */ definition('limit', { ...insert, level: lagged(0.95, 0.05) }, (c) =>
  process(c, (input) => LimiterUnit.ar(input, c.level, 0.01)),
);

/** A noise gate: what is quieter than `threshold` decibels gets quieter by `range` decibels. */
export const gateNoise = /* @__PURE__ */ definition(
  'gateNoise',
  { ...insert, threshold: lagged(-45, 0.05), range: 60, attack: 0.005, release: 0.15 },
  (c) =>
    process(c, (input) => {
      const level = Amplitude.kr(louder(input), 0.002, 0.05).max(1e-6).ampdb();
      // It closes 4 dB lower than it opens, so that it does not flutter.
      const isOpen = Schmidt.kr(level, c.threshold.sub(4), c.threshold);
      const closed = c.range.neg().dbamp();
      return input.mul(LagUD.kr(isOpen, c.attack, c.release).mul(closed.neg().add(1)).add(closed));
    }),
);

/** Keeps what is on its buses below `level`, looking 10 ms ahead; replaces it there. For the end of a piece. */
export const limiter = /* @__PURE__ */ definition('limiter', { out: 0, level: 0.95 }, (c) => {
  ReplaceOut.ar(c.out, LimiterUnit.ar(In.ar(c.out, 2), c.level, 0.01));
});

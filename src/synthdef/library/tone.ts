/** Effects on the spectrum: equaliser, filter, saturation and reduction of bits. */

import {
  BHiShelf,
  BLowShelf,
  BPeakEQ,
  BPF,
  Impulse,
  Latch,
  LeakDC,
  LPF,
  RHPF,
  RLPF,
  SampleRate,
  Select,
} from '../catalogue/generated/index.js';
import { lagged } from '../graph/controls.js';
import { asSignal, type Signal } from '../signal/signal.js';
import { definition } from './definition.js';
import { insert, mixed, process, processMixed } from './insert.js';

const safe = (freq: Signal): Signal => freq.clip(20, 18000);

/** An equaliser of four bands: a low shelf, two peaks and a high shelf. Gains are decibels. */
export const eq = /* @__PURE__ */ definition(
  'eq',
  {
    ...insert,
    lowFreq: lagged(120, 0.05),
    lowGain: lagged(0, 0.05),
    peak1Freq: lagged(500, 0.05),
    peak1Gain: lagged(0, 0.05),
    peak1Rq: lagged(1, 0.05),
    peak2Freq: lagged(2500, 0.05),
    peak2Gain: lagged(0, 0.05),
    peak2Rq: lagged(1, 0.05),
    highFreq: lagged(8000, 0.05),
    highGain: lagged(0, 0.05),
  },
  (c) =>
    process(c, (input) => {
      const low = BLowShelf.ar(input, safe(c.lowFreq), 1, c.lowGain);
      const first = BPeakEQ.ar(low, safe(c.peak1Freq), c.peak1Rq, c.peak1Gain);
      const second = BPeakEQ.ar(first, safe(c.peak2Freq), c.peak2Rq, c.peak2Gain);
      return BHiShelf.ar(second, safe(c.highFreq), 1, c.highGain);
    }),
);

/** A resonant filter at `cutoff` Hz: `type` 0 low-pass, 1 high-pass, 2 band-pass; `rq` = 1/Q. */
export const filter = /* @__PURE__ */ definition(
  'filter',
  { ...mixed(1), type: 0, cutoff: lagged(1000, 0.05), rq: lagged(0.5, 0.05) },
  (c) =>
    processMixed(c, (_, left, right) => {
      const at = safe(c.cutoff);
      const rq = c.rq.max(0.02);
      const filtered = (input: Signal): Signal =>
        Select.ar(c.type, [RLPF.ar(input, at, rq), RHPF.ar(input, at, rq), BPF.ar(input, at, rq)]);
      return asSignal([filtered(left), filtered(right)]);
    }),
);

/** Saturation by `drive` decibels, through a low-pass filter at `cutoff` Hz. Quiet sounds get louder by half of it. */
export const drive = /* @__PURE__ */ definition(
  'drive',
  { ...mixed(1), drive: lagged(12, 0.05), cutoff: lagged(8000, 0.05) },
  (c) =>
    processMixed(c, (input) => {
      const gain = c.drive.dbamp();
      return LPF.ar(LeakDC.ar(input.mul(gain).tanh(), 0.995), safe(c.cutoff)).div(gain.sqrt());
    }),
);

/**
 * Fewer samples and coarser ones: `rate` samples a second, of `bits` bits.
 *
 * A sample is held from impulse to impulse, so the highest rate is half of the server's.
 */
export const bitCrusher = /* @__PURE__ */ definition(
  'bitCrusher',
  { ...mixed(1), rate: 11025, bits: 8 },
  (c) =>
    processMixed(c, (input) =>
      Latch.ar(input, Impulse.ar(c.rate.min(SampleRate.ir().mul(0.5)))).round(
        asSignal(2).pow(c.bits.neg().add(1)),
      ),
    ),
);

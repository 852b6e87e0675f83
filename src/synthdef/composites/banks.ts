/** Banks of oscillators and resonators: frequencies, amplitudes, and phases or ring times, as arrays. */

import { SuperColliderError } from '../../errors.js';
import { Ringz, SinOsc } from '../catalogue/generated/index.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from '../signal/expand.js';
import { asSignal, type Signal, type SignalInput } from '../signal/signal.js';

/** The frequency of each partial, its amplitude, and its phase (Klang) or 60 dB time in seconds (Klank). */
export interface Partials {
  /** Frequencies, hertz. */
  readonly freqs: readonly SignalInput[];
  /** @default 1 each */
  readonly amps?: readonly SignalInput[];
  /** Radians. @default 0 each */
  readonly phases?: readonly SignalInput[];
  /** Seconds. @default 1 each */
  readonly times?: readonly SignalInput[];
}

const klangKind: UnitKind = { className: 'Klang' };
const klankKind: UnitKind = { className: 'Klank' };

/** Frequency, amplitude and the third, partial after partial; the shorter ones start again. */
function partialInputs(
  name: string,
  freqs: readonly SignalInput[],
  amps: readonly SignalInput[],
  third: readonly SignalInput[],
): Signal[] {
  const lists = [freqs, amps, third].map((list) =>
    list.map((input) => asSignal(input, `a partial of ${name}`)),
  );
  if (lists.some((list) => list.length === 0)) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `${name}: a list of partials is empty: give at least one frequency.`,
    );
  }
  const count = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: count }, (_, index) => lists.map((list) => list[index % list.length]!)).flat();
}

/** Sines of fixed frequencies, added. Audio rate, 1 output. @default freqscale 1, freqoffset 0 */
export const Klang = {
  ar(
    { freqs, amps = freqs.map(() => 1), phases = freqs.map(() => 0) }: Partials,
    freqscale: SignalInput = 1,
    freqoffset: SignalInput = 0,
  ): Signal {
    return expand(
      [asSignal(freqscale), asSignal(freqoffset), ...partialInputs('Klang', freqs, amps, phases)],
      (mono) => newUnit(klangKind, 'audio', mono).output,
    );
  },
};

/** Resonators of fixed frequencies that a signal excites, added. Audio rate, 1 output. @default 1, 0, 1 */
export const Klank = {
  ar(
    { freqs, amps = freqs.map(() => 1), times = freqs.map(() => 1) }: Partials,
    input: SignalInput,
    freqscale: SignalInput = 1,
    freqoffset: SignalInput = 0,
    decayscale: SignalInput = 1,
  ): Signal {
    const scales = [input, freqscale, freqoffset, decayscale].map((signal) => asSignal(signal));
    return expand(
      [...scales, ...partialInputs('Klank', freqs, amps, times)],
      (mono) => newUnit(klankKind, 'audio', mono).output,
    );
  },
};

const dynKlang =
  (make: typeof SinOsc.ar) =>
  (
    { freqs, amps = [1], phases = [0] }: Partials,
    freqscale: SignalInput = 1,
    freqoffset: SignalInput = 0,
  ): Signal =>
    expand([asSignal(freqscale), asSignal(freqoffset)], ([scale, offset]) =>
      make(asSignal(freqs).mul(scale!).add(offset!), [...phases], [...amps]).sum(),
    );

/** As Klang, with partials that may move. Audio, control rate, 1 output. */
export const DynKlang = { ar: dynKlang(SinOsc.ar), kr: dynKlang(SinOsc.kr) };

const dynKlank =
  (make: typeof Ringz.ar) =>
  (
    { freqs, amps = [1], times = [1] }: Partials,
    input: SignalInput,
    freqscale: SignalInput = 1,
    freqoffset: SignalInput = 0,
    decayscale: SignalInput = 1,
  ): Signal =>
    expand(
      [input, freqscale, freqoffset, decayscale].map((signal) => asSignal(signal)),
      ([input, scale, offset, decay]) =>
        make(input!, asSignal(freqs).mul(scale!).add(offset!), asSignal(times).mul(decay!), [...amps]).sum(),
    );

/** As Klank, with partials that may move. Audio, control rate, 1 output. */
export const DynKlank = { ar: dynKlank(Ringz.ar), kr: dynKlank(Ringz.kr) };

/** Buffers that belong to one synth, and spectra in them. */

import { SuperColliderError } from '../../errors.js';
import { ClearBuf, Unpack1FFT } from '../catalogue/generated/index.js';
import { currentGraph, newUnit } from '../graph/build.js';
import { countLocalBuffer } from '../graph/localBuffers.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from '../signal/expand.js';
import { asSignal, Channels, Constant, type Signal, type SignalInput } from '../signal/signal.js';
import { listOf, wholeNumber } from './arguments.js';

const localBufKind: UnitKind = { className: 'LocalBuf', widthFirst: true };
const setBufKind: UnitKind = { className: 'SetBuf', widthFirst: true, effect: true };
const packKind: UnitKind = { className: 'PackFFT', widthFirst: true, chain: true };

const localBuf = (numFrames: SignalInput = 1, numChannels: SignalInput = 1): Signal =>
  expand([asSignal(numChannels), asSignal(numFrames)], ([channels, frames]) => {
    const counter = countLocalBuffer(currentGraph('LocalBuf'));
    return newUnit(localBufKind, 'scalar', [channels!, frames!, counter]).output;
  });

/**
 * A buffer of the synth's own, freed with it; in it is what was in that memory before. @default 1 frame, 1 channel
 *
 * `LocalBuf.from` has values in it, one array for each channel; `LocalBuf.cleared` has zeros.
 */
export const LocalBuf = Object.assign(localBuf, {
  from(values: readonly number[] | readonly (readonly number[])[]): Signal {
    const channels = (Array.isArray(values[0]) ? values : [values]) as readonly (readonly number[])[];
    const frames = channels[0]!.length;
    if (channels.some((channel) => channel.length !== frames)) {
      throw new SuperColliderError(
        'invalid-synthdef',
        'LocalBuf.from: give as many values for each channel.',
      );
    }
    const buffer = localBuf(frames, channels.length);
    SetBuf(
      buffer,
      Array.from({ length: frames }, (_, frame) => channels.map((channel) => channel[frame]!)).flat(),
    );
    return buffer;
  },
  cleared(numFrames: SignalInput = 1, numChannels: SignalInput = 1): Signal {
    const buffer = localBuf(numFrames, numChannels);
    ClearBuf(buffer);
    return buffer;
  },
});

/** Writes values into a local buffer when the synth starts. @default offset 0 */
export function SetBuf(buffer: SignalInput, values: SignalInput, offset: SignalInput = 0): Signal {
  const list = listOf(values);
  return expand(
    [asSignal(buffer), asSignal(offset), new Constant(list.length), ...list],
    (mono) => newUnit(setBufKind, 'scalar', mono).output,
  );
}

/** Magnitude and phase of each bin of a spectrum, on demand. @default bins 0 … bufsize / 2 */
export function UnpackFFT(chain: SignalInput, bufsize: number, fromBin = 0, toBin = bufsize / 2): Signal {
  const last = Math.min(wholeNumber('UnpackFFT: toBin', toBin, 0), bufsize / 2);
  const bins = Array.from({ length: last - fromBin + 1 }, (_, index) => fromBin + index);
  const magnitudes = Unpack1FFT(chain, bufsize, bins, 0);
  const phases = Unpack1FFT(chain, bufsize, bins, 1);
  return new Channels(bins.flatMap((_, index) => [magnitudes.at(index), phases.at(index)]));
}

/** Writes magnitudes and phases, in turn, into the bins of a spectrum. @default bins 0 … bufsize / 2, others kept */
export function PackFFT(
  chain: SignalInput,
  bufsize: number,
  magnitudesAndPhases: SignalInput,
  fromBin = 0,
  toBin = bufsize / 2,
  zeroOthers: SignalInput = 0,
): Signal {
  const list = listOf(magnitudesAndPhases);
  const inputs = [chain, bufsize, fromBin, toBin, zeroOthers, list.length].map((input) => asSignal(input));
  return expand([...inputs, ...list], (mono) => newUnit(packKind, 'control', mono).output);
}

/**
 * A spectrum with each bin changed by a function.
 *
 * The function takes magnitude, phase and the bin's number. It returns a magnitude, or a magnitude and a
 * phase.
 */
export function pvCollect(
  chain: SignalInput,
  numFrames: number,
  change: (magnitude: Signal, phase: Signal, bin: number) => SignalInput,
  fromBin = 0,
  toBin?: number,
  zeroOthers: SignalInput = 0,
): Signal {
  const bins = UnpackFFT(chain, numFrames, fromBin, toBin).channels;
  const changed: Signal[] = [];
  for (let index = 0; index < bins.length; index += 2) {
    const [magnitude, phase] = [bins[index]!, bins[index + 1]!];
    const [newMagnitude, newPhase = phase] = asSignal(change(magnitude, phase, fromBin + index / 2)).channels;
    changed.push(newMagnitude!, newPhase);
  }
  return PackFFT(chain, numFrames, changed, fromBin, toBin, zeroOthers);
}

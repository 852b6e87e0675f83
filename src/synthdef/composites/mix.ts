/**
 * Many channels made fewer, or spread.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/Mix.sc
 */

import { SuperColliderError } from '../../errors.js';
import { A2K, DC, K2A, Pan2, PanAz } from '../catalogue/generated/index.js';
import { sum, sum3, sum4 } from '../signal/operators.js';
import { asSignal, type Signal, type SignalInput } from '../signal/signal.js';
import { listOf, wholeNumber } from './arguments.js';

function mix(channels: readonly Signal[]): Signal {
  const mixed: Signal[] = [];
  for (let first = 0; first < channels.length; first += 4) {
    const [a, b, c, d] = channels.slice(first, first + 4) as [Signal, ...Signal[]];
    mixed.push(d ? sum4(a, b!, c!, d) : c ? sum3(a, b!, c) : sum(b ? [a, b] : [a]));
  }
  if (mixed.length < 3) return sum(mixed);
  return mixed.length === 3 ? sum3(mixed[0]!, mixed[1]!, mixed[2]!) : mix(mixed);
}

/** All channels added to one, at the fastest rate among them. `Mix.ar`, `Mix.kr`: at that rate. */
export const Mix = Object.assign((channels: SignalInput): Signal => mix(listOf(channels)), {
  /** Adds up `count` signals. */
  fill: (count: number, make: (index: number) => SignalInput): Signal => mix(filled(count, make)),
  ar(channels: SignalInput): Signal {
    const mixed = mix(listOf(channels));
    if (mixed.rate === 'audio') return mixed;
    if (mixed.rate === 'control') return K2A.ar(mixed);
    if (mixed.rate === 'scalar') return DC.ar(mixed);
    throw new SuperColliderError('invalid-synthdef', 'Mix.ar mixes no demand-rate signals.');
  },
  kr(channels: SignalInput): Signal {
    const mixed = mix(
      listOf(channels).map((channel) => (channel.rate === 'audio' ? A2K.kr(channel) : channel)),
    );
    if (mixed.rate === 'control') return mixed;
    if (mixed.rate === 'scalar') return DC.kr(mixed);
    throw new SuperColliderError('invalid-synthdef', 'Mix.kr mixes no demand-rate signals.');
  },
});

const filled = (count: number, make: (index: number) => SignalInput): Signal[] =>
  Array.from({ length: wholeNumber('The number of signals', count) }, (_, index) => asSignal(make(index)));

/** Inputs of `Splay`. */
export interface SplayInputs {
  /** 0 all in the middle, 1 over the whole width. @default 1 */
  readonly spread?: SignalInput;
  /** @default 1 */
  readonly level?: SignalInput;
  /** -1 left … 1 right. @default 0 */
  readonly center?: SignalInput;
  /** Keeps the loudness with more channels. @default true */
  readonly levelComp?: boolean;
}

const splay =
  (rate: 'audio' | 'control') =>
  (
    channels: SignalInput,
    { spread = 1, level = 1, center = 0, levelComp = true }: SplayInputs = {},
  ): Signal => {
    const inputs = listOf(channels);
    const count = Math.max(2, inputs.length);
    const positions = Array.from({ length: count }, (_, index) =>
      asSignal(index * (2 / (count - 1)) - 1)
        .mul(spread)
        .add(center),
    );
    const compensation = rate === 'audio' ? Math.sqrt(1 / count) : 1 / count;
    const pan = rate === 'audio' ? Pan2.ar : Pan2.kr;
    const compensated = !levelComp
      ? asSignal(level)
      : rate === 'audio'
        ? asSignal(level).mul(compensation)
        : asSignal(level).div(count);
    const panned = pan(inputs, positions) as Signal;
    return asSignal(mix(panned.channels)).mul(compensated);
  };

/** Spreads channels over two, from left to right. Audio, control rate, 2 outputs. */
export const Splay = { ar: splay('audio'), kr: splay('control') };

/** Inputs of `SplayAz`. */
export interface SplayAzInputs extends SplayInputs {
  /** Channels that one signal is heard in. @default 2 */
  readonly width?: SignalInput;
  /** 0 a speaker in front, 0.5 between two. @default 0.5 */
  readonly orientation?: SignalInput;
}

const splayAz =
  (rate: 'audio' | 'control') =>
  (
    numChannels: number,
    channels: SignalInput,
    { spread = 1, level = 1, width = 2, center = 0, orientation = 0.5, levelComp = true }: SplayAzInputs = {},
  ): Signal => {
    const inputs = listOf(channels);
    const count = Math.max(1, inputs.length);
    const middle = asSignal(center);
    const positions = count === 1 ? middle : resampled([middle.sub(spread), middle.add(spread)], count);
    const compensated = levelComp ? asSignal(level).mul(Math.sqrt(1 / count)) : asSignal(level);
    const pan = rate === 'audio' ? PanAz.ar : PanAz.kr;
    const panned = pan(numChannels, inputs, positions, compensated, width, orientation) as Signal;
    return panned.flop().map((channel) => mix(channel.channels));
  };

/** Spreads channels over a ring of `numChannels`. Audio, control rate. */
export const SplayAz = { ar: splayAz('audio'), kr: splayAz('control') };

/** `count` values from the first to the last: sclang's `resamp1`, which also blends each end with itself. */
function resampled(ends: readonly [Signal, Signal], count: number): Signal[] {
  const factor = 1 / (count - 1);
  const at = (index: number): Signal => (index > 0 ? ends[1] : ends[0]);
  return Array.from({ length: count }, (_, place) => {
    const index = place * factor;
    const before = Math.ceil(index) - 1;
    return at(before).blend(at(before + 1), Math.abs(index - before));
  });
}

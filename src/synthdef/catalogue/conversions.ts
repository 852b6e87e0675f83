/** Signals made to fit the inputs of units that take audio signals only. */

import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from '../signal/expand.js';
import { Channels, Constant, type Mono, type Signal } from '../signal/signal.js';

const dcKind: UnitKind = { className: 'DC', pure: true, manyOutputs: true };
const k2aKind: UnitKind = { className: 'K2A', pure: true };

/** An audio signal of the same value: DC for a number, K2A for a slower signal. */
export function atAudioRate(signal: Signal): Signal {
  return expand([signal], ([input]) => {
    if (input!.rate === 'audio') return input!;
    return newUnit(input instanceof Constant ? dcKind : k2aKind, 'audio', [input!]).output;
  });
}

/** One DC with as many outputs as there are zeros, in their places. */
export function withSilence(signal: Signal): Signal {
  const isZero = (channel: Signal): boolean => channel instanceof Constant && channel.value === 0;
  const zeros = signal.channels.filter(isZero).length;
  if (zeros === 0) return signal;
  const silent = silence(zeros).channels;
  let next = 0;
  const replaced = signal.channels.map((channel) => {
    if (isZero(channel)) return silent[next++]!;
    return channel instanceof Channels ? withSilence(channel) : channel;
  });
  return new Channels(replaced);
}

/** Audio channels of 0. */
export function silence(channels: number): Signal {
  const [first] = channels > 0 ? [dcOfZero()] : [];
  return channels === 1 ? first! : new Channels(Array(channels).fill(first));
}

const dcOfZero = (): Mono => newUnit(dcKind, 'audio', [new Constant(0)]).output;

/** Inputs and outputs beyond those of the catalogue. */

import { SuperColliderError } from '../../errors.js';
import { silence } from '../catalogue/conversions.js';
import { In, NumOutputBuses } from '../catalogue/generated/index.js';
import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { mulAdd } from '../signal/operators.js';
import { asSignal, Channels, Constant, type Mono, type Signal, type SignalInput } from '../signal/signal.js';
import { wholeNumber } from './arguments.js';

const localInKind: UnitKind = { className: 'LocalIn', manyOutputs: true };

const localIn =
  (rate: UnitRate) =>
  (numChannels = 1, initial: SignalInput = 0): Signal => {
    const values = asSignal(initial).channels;
    const inputs = Array.from(
      { length: wholeNumber('LocalIn: numChannels', numChannels) },
      (_, index) => values[index % values.length]!,
    );
    if (inputs.some((input) => input instanceof Channels)) {
      throw new SuperColliderError('invalid-synthdef', 'LocalIn: give one initial value for each channel.');
    }
    const unit = newUnit(localInKind, rate, inputs as Mono[], { outputs: numChannels });
    return numChannels === 1 ? unit.output : new Channels(unit.outputs);
  };

/**
 * The signal that LocalOut wrote in the block before; `initial` in the first. Audio, control rate. @default 1
 * channel, 0
 */
export const LocalIn = { ar: localIn('audio'), kr: localIn('control') };

/** The server's inputs, from 0. Audio rate; a channel for each bus. @default 0 */
export const SoundIn = {
  ar(bus: SignalInput = 0, mul: SignalInput = 1, add: SignalInput = 0): Signal {
    const buses = asSignal(bus);
    const offset = NumOutputBuses.ir();
    if (!(buses instanceof Channels)) return mulAdd(In.ar(offset.add(buses), 1), mul, add);
    const isRow = buses.channels.every((channel, index) => {
      const before = buses.channels[index - 1];
      return (
        index === 0 ||
        (channel instanceof Constant && before instanceof Constant && channel.value === before.value + 1)
      );
    });
    if (isRow) return mulAdd(In.ar(offset.add(buses.at(0)), buses.length), mul, add);
    return mulAdd(In.ar(offset.add(buses)), mul, add);
  },
};

/** Audio channels of silence. @default 1 */
export const Silent = {
  ar: (numChannels = 1): Signal => silence(wholeNumber('Silent.ar: numChannels', numChannels)),
};

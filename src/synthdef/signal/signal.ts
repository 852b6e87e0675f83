/**
 * Inputs and outputs of unit generators.
 *
 * A signal is a number (`Constant`), an output of a unit generator (`UnitOutput`), or several signals side by
 * side (`Channels`). There is one type for all three, so that an expression reads the same for one channel
 * and for many.
 */

import { SuperColliderError } from '../../errors.js';
import type { UnitRate } from '../file/graph.js';
import type { Unit } from '../graph/unit.js';
import { Arranging } from './arranging.js';

/** A value in place of a signal: a number, a boolean (1 or 0), a signal, or an array of these (channels). */
export type SignalInput = number | boolean | Signal | readonly SignalInput[];

/** A signal of a graph: one channel, or several. */
export abstract class Signal extends Arranging {
  /** Its rate; of several channels the first in the alphabet. */
  abstract readonly rate: UnitRate;

  /** Its channels; itself alone when it has only one. */
  abstract readonly channels: readonly Signal[];

  /** Number of channels. */
  get length(): number {
    return this.channels.length;
  }

  /** One channel; negative indices count from the end. @throws SuperColliderError `invalid-synthdef` outside */
  at(index: number): Signal {
    const channel = this.channels.at(index);
    if (!channel) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `Channel ${index} of a signal with ${this.length}: give one from 0 to ${this.length - 1}.`,
      );
    }
    return channel;
  }

  /** Signal with each channel changed. */
  map(change: (channel: Signal, index: number) => SignalInput): Signal {
    return asSignal(this.channels.map(change));
  }

  /** Iterates over the channels. */
  [Symbol.iterator](): IterableIterator<Signal> {
    return this.channels[Symbol.iterator]() as IterableIterator<Signal>;
  }
}

/** A number that does not change. */
export class Constant extends Signal {
  override readonly rate = 'scalar';

  constructor(readonly value: number) {
    super();
  }

  get channels(): readonly Signal[] {
    return [this];
  }
}

/** One output of a unit generator. */
export class UnitOutput extends Signal {
  constructor(
    readonly unit: Unit,
    readonly index: number,
    override readonly rate: UnitRate,
  ) {
    super();
  }

  get channels(): readonly Signal[] {
    return [this];
  }
}

/** Several signals side by side; an element may have channels of its own. */
export class Channels extends Signal {
  constructor(readonly channels: readonly Signal[]) {
    super();
  }

  /** Rate of one channel; of several the first in the alphabet, as in sclang: audio, control, demand, scalar. */
  get rate(): UnitRate {
    return this.channels.map((channel) => channel.rate).reduce((a, b) => (b < a ? b : a), 'scalar');
  }
}

/** One channel. */
export type Mono = Constant | UnitOutput;

/**
 * A number, or an array of channels, as a signal, for operators that begin with a number: `signal(2).div(x)`.
 *
 * @param what - What it was given for, for the error.
 * @throws SuperColliderError `invalid-synthdef` for what is no signal.
 */
export function asSignal(input: SignalInput, what = 'an input'): Signal {
  if (typeof input === 'number') {
    if (Number.isNaN(input)) {
      throw new SuperColliderError('invalid-synthdef', `${capital(what)} is NaN: give a number or a signal.`);
    }
    return new Constant(input);
  }
  if (input instanceof Signal) return input;
  if (typeof input === 'boolean') return new Constant(input ? 1 : 0);
  if (Array.isArray(input)) {
    return new Channels(input.map((channel, index) => asSignal(channel, `channel ${index} of ${what}`)));
  }
  throw new SuperColliderError(
    'invalid-synthdef',
    `${capital(what)} is ${shown(input)}: give a number, a signal, or an array of these.`,
  );
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  if (typeof value === 'string') return `the text "${value}"`;
  return typeof value === 'function' ? 'a function' : 'an object';
}

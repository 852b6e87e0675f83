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
import { Shaping } from './shaping.js';

/** Anything that stands for a signal: a number, a boolean (1 or 0), a signal, or an array of these (channels). */
export type SignalInput = number | boolean | Signal | readonly SignalInput[];

/** A number, an output of a unit generator, or several of these side by side. Methods return new signals. */
export abstract class Signal extends Shaping {
  /** Rate at which it is computed; of several channels the fastest. */
  abstract readonly rate: UnitRate;

  /** Its channels; itself alone when it has only one. */
  abstract readonly channels: readonly Signal[];

  /** Number of channels. */
  get length(): number {
    return this.channels.length;
  }

  /** One channel; negative indices count from the end. @throws SuperColliderError `bad-synthdef` outside */
  at(index: number): Signal {
    const channel = this.channels.at(index);
    if (!channel) {
      throw new SuperColliderError(
        'bad-synthdef',
        `Channel ${index} of a signal with ${this.length}: give one from 0 to ${this.length - 1}.`,
      );
    }
    return channel;
  }

  /** Channels that a function returns, one for each channel. @throws SuperColliderError `bad-synthdef` */
  map(change: (channel: Signal, index: number) => SignalInput): Signal {
    return asSignal(this.channels.map(change), 'what the function of map returns');
  }

  /** `count` channels of this same signal, as `!` in sclang. @default 2 */
  dup(count = 2): Signal {
    if (!Number.isInteger(count) || count < 1) {
      throw new SuperColliderError('bad-synthdef', `dup(${count}): give a whole number from 1.`);
    }
    return new Channels(Array.from({ length: count }, () => this));
  }

  /** The channels backwards; a signal of one channel stays. */
  reverse(): Signal {
    return this.length === 1 ? this : new Channels(this.channels.toReversed());
  }

  /** The channels moved up by `steps`, the last ones to the front. @default 1 */
  rotate(steps = 1): Signal {
    if (!Number.isInteger(steps)) {
      throw new SuperColliderError('bad-synthdef', `rotate(${steps}): give a whole number.`);
    }
    if (this.length === 1) return this;
    const first = (((-steps % this.length) + this.length) % this.length) as number;
    return new Channels([...this.channels.slice(first), ...this.channels.slice(0, first)]);
  }

  /** Rows made columns: `[[a, b], [c, d]]` becomes `[[a, c], [b, d]]`. Shorter rows start again. */
  flop(): Signal {
    const width = Math.max(...this.channels.map((row) => row.length));
    return new Channels(
      Array.from(
        { length: width },
        (_, column) => new Channels(this.channels.map((row) => row.channels[column % row.length]!)),
      ),
    );
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

  /** The rate of its only channel; of several the first in the alphabet, as in sclang: audio, control, demand, scalar. */
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
 * @throws SuperColliderError `bad-synthdef` for what is no signal.
 */
export function asSignal(input: SignalInput, what = 'an input'): Signal {
  if (typeof input === 'number') {
    if (Number.isNaN(input)) {
      throw new SuperColliderError('bad-synthdef', `${capital(what)} is NaN: give a number or a signal.`);
    }
    return new Constant(input);
  }
  if (input instanceof Signal) return input;
  if (typeof input === 'boolean') return new Constant(input ? 1 : 0);
  if (Array.isArray(input)) {
    return new Channels(input.map((channel, index) => asSignal(channel, `channel ${index} of ${what}`)));
  }
  throw new SuperColliderError(
    'bad-synthdef',
    `${capital(what)} is ${shown(input)}: give a number, a signal, or an array of these.`,
  );
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  if (typeof value === 'string') return `the text "${value}"`;
  return typeof value === 'function' ? 'a function' : 'an object';
}

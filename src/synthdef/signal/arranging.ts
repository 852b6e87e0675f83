/**
 * Channels repeated, turned and exchanged, and printed: what sclang has as methods of arrays.
 *
 * @see https://doc.sccode.org/Classes/Array.html
 */

import { SuperColliderError } from '../../errors.js';
import { poll } from './polling.js';
import { Shaping } from './shaping.js';
import { Channels, type Signal, type SignalInput } from './signal.js';

export abstract class Arranging extends Shaping {
  /**
   * Channels that are all this same signal: `x.dup(2)` is sclang's `x ! 2`. Each noise of its own takes a call of
   * its own: `signal([WhiteNoise.ar(), WhiteNoise.ar()])`. @default 2
   */
  dup(this: Signal, count = 2): Signal {
    return new Channels(Array<Signal>(whole('dup: the number of channels', count, 1)).fill(this));
  }

  /** The last channel first. */
  reverse(this: Signal): Signal {
    return this instanceof Channels ? new Channels(this.channels.toReversed()) : this;
  }

  /** Channels moved up by `steps`, the last ones to the beginning; down where negative. @default 1 */
  rotate(this: Signal, steps = 1): Signal {
    whole('rotate: the number of steps', steps, Number.NEGATIVE_INFINITY);
    if (!(this instanceof Channels)) return this;
    const { channels, length } = this;
    const first = (((-steps % length) + length) % length) | 0;
    return new Channels([...channels.slice(first), ...channels.slice(0, first)]);
  }

  /** Rows made columns: of two channels that have three each, three that have two each. */
  flop(this: Signal): Signal {
    if (!(this instanceof Channels)) return this;
    const empty = this.channels.findIndex(({ length }) => length === 0);
    if (empty >= 0) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `flop: channel ${empty} is an empty array: give it at least one channel.`,
      );
    }
    const width = Math.max(0, ...this.channels.map(({ length }) => length));
    return new Channels(
      Array.from(
        { length: width },
        (_, column) => new Channels(this.channels.map((row) => row.channels[column % row.length]!)),
      ),
    );
  }

  /**
   * Prints values on the server's side at each trigger, or `trig` times a second, and gives the signal back. With a
   * `trigid`, `/tr` goes to clients as well. @default 10 times a second, the class's name, -1
   */
  poll(
    this: Signal,
    trig: SignalInput = 10,
    label?: string | readonly string[],
    trigid: SignalInput = -1,
  ): Signal {
    const numbered = () => this.channels.map((_, index) => `UGen Array [${index}]`);
    return poll(undefined, trig, this, label ?? (this instanceof Channels ? numbered() : undefined), trigid);
  }
}

function whole(what: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new SuperColliderError(
    'invalid-synthdef',
    `${what} is ${String(value)}: give a whole number${least > 0 ? ` from ${least}` : ''}.`,
  );
}

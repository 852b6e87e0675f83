/**
 * Multichannel expansion: where an input has channels, there is one unit for each, and shorter inputs
 * start again from their beginning.
 *
 * @see https://doc.sccode.org/Guides/Multichannel-Expansion.html
 */

import { SuperColliderError } from '../../errors.js';
import { Channels, Constant, type Mono, type Signal, UnitOutput } from './signal.js';

/** @throws SuperColliderError `invalid-synthdef` for an input without channels. */
export function expand(inputs: readonly Signal[], make: (inputs: readonly Mono[]) => Signal): Signal {
  let width = 0;
  let isMono = true;
  for (const input of inputs) {
    if (input instanceof Channels) {
      isMono = false;
      width = Math.max(width, input.length);
      if (input.length === 0) {
        throw new SuperColliderError(
          'invalid-synthdef',
          'An input is an empty array: give at least one channel.',
        );
      }
    }
  }
  if (isMono) return make(inputs as readonly Mono[]);
  const results: Signal[] = [];
  for (let channel = 0; channel < width; channel++) {
    const row = inputs.map((input) =>
      input instanceof Channels ? input.channels[channel % input.length]! : input,
    );
    results.push(expand(row, make));
  }
  return new Channels(results);
}

/** Nested channels in one row. */
export function flatten(signal: Signal): readonly Mono[] {
  if (signal instanceof Constant || signal instanceof UnitOutput) return [signal];
  return signal.channels.flatMap(flatten);
}

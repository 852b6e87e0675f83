/** Any unit generator by its class name, for those that the catalogue does not have. */

import { wholeNumber } from './composites/arguments.js';
import type { UnitRate } from './file/graph.js';
import { newUnit } from './graph/build.js';
import { expand } from './signal/expand.js';
import { asSignal, Channels, type Signal, type SignalInput } from './signal/signal.js';

/** Outputs and special index of a unit. */
export interface UnitShape {
  /** @default 1 */
  readonly outputs?: number;
  /** @default 0 */
  readonly specialIndex?: number;
}

/**
 * A unit generator of a plugin of one's own: `unit('MyFilter', 'audio', [input, 440])`. Inputs in the order of
 * the plugin; channels expand. It is kept also when nothing reads it, as it may do more than its outputs say.
 *
 * @throws SuperColliderError `unsupported`, when the definition is loaded by a server without it.
 */
export function unit(
  className: string,
  rate: UnitRate,
  inputs: readonly SignalInput[] = [],
  { outputs = 1, specialIndex = 0 }: UnitShape = {},
): Signal {
  wholeNumber(`unit("${className}"): outputs`, outputs, 0);
  const signals = inputs.map((input, index) => asSignal(input, `input ${index} of ${className}`));
  return expand(signals, (mono) => {
    const made = newUnit({ className, effect: true }, rate, mono, { outputs, specialIndex });
    return outputs > 1 ? new Channels(made.outputs) : made.output;
  });
}

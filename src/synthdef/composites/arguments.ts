/** Arguments of functions written by hand: in order, or the last ones by name, as in the catalogue. */

import { SuperColliderError } from '../../errors.js';
import { named } from '../catalogue/define.js';
import { asSignal, Constant, type Signal, type SignalInput } from '../signal/signal.js';

/** Signals of what was given in order or by name, with defaults. */
export function signalsOf<Name extends string>(
  what: string,
  defaults: Readonly<Record<Name, SignalInput>>,
  given: readonly unknown[],
): Record<Name, Signal> {
  const names = Object.keys(defaults) as Name[];
  const values = named(what, names, given);
  return Object.fromEntries(
    names.map((name) => [name, asSignal(values[name] ?? defaults[name], `the input "${name}" of ${what}`)]),
  ) as Record<Name, Signal>;
}

/** A number that is fixed when the definition is made. @throws SuperColliderError `invalid-synthdef` */
export function wholeNumber(what: string, value: unknown, least = 1): number {
  const number = value instanceof Constant ? value.value : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least) return number;
  throw new SuperColliderError(
    'invalid-synthdef',
    `${what} is ${typeof number === 'number' ? number : 'a signal'}: give a whole number from ${least}.`,
  );
}

/** Elements of an array or channels of a signal. */
export const listOf = (input: SignalInput): readonly Signal[] => asSignal(input).channels;

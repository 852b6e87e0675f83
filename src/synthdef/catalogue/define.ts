/**
 * Makes the function of a unit generator from its entry in the catalogue.
 *
 * Inputs are given in order, by name in one object, or both: the first in order and the others by name.
 */

import { nearest, SuperColliderError } from '../../errors.js';
import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from '../signal/expand.js';
import { mulAdd } from '../signal/operators.js';
import { asSignal, Channels, Constant, type Mono, type Signal, type SignalInput } from '../signal/signal.js';
import { atAudioRate, withSilence } from './conversions.js';

/** A unit generator's function at one rate: inputs in order, by name, or the first in order and the rest by name. */
export interface UnitFunction<InOrder extends readonly unknown[], ByName> {
  (...inputs: InOrder): Signal;
  (inputs: ByName): Signal;
  (first: SignalInput, inputs: Partial<ByName>): Signal;
  (first: SignalInput, second: SignalInput, inputs: Partial<ByName>): Signal;
  (first: SignalInput, second: SignalInput, third: SignalInput, inputs: Partial<ByName>): Signal;
  (
    first: SignalInput,
    second: SignalInput,
    third: SignalInput,
    fourth: SignalInput,
    inputs: Partial<ByName>,
  ): Signal;
}

/** One way to make a unit: sclang's class methods `ar`, `kr`, `ir` and `new`. */
export interface Method {
  readonly rate: UnitRate;
  /** Its arguments in order, each with its default; `null` where one must be given. */
  readonly args: Readonly<Record<string, number | null>>;
  /** The arguments that are the unit's inputs, in the unit's order. @default all but mul and add, in order */
  readonly inputs?: readonly string[];
  /** The one that becomes the last inputs, one for each of its channels. */
  readonly list?: string;
  /** Those that become audio signals where they are not. */
  readonly audio?: readonly string[];
  /** Its list takes silence where a channel is 0. */
  readonly silence?: boolean;
  /** Number of outputs, the argument that gives it, or the list that has one for each channel. @default 1 */
  readonly outputs?: number | string;
  /** The argument that it returns, instead of an output; `0` for none. */
  readonly returns?: string | 0;
  /** The argument that goes through as it is while it never changes: a lag of a constant. */
  readonly passes?: string;
  /** False where mul and add are arguments that do nothing, as in sclang. */
  readonly madd?: false;
}

export interface Entry extends UnitKind {
  readonly ar?: Method;
  readonly kr?: Method;
  readonly ir?: Method;
  readonly new?: Method;
}

export type Given = Readonly<Record<string, SignalInput | undefined>>;

/** The functions of a catalogue entry. A class with `new` is called itself. */
export function define<Functions>(entry: Entry): Functions {
  const { ar, kr, ir, new: create } = entry;
  const functions = create ? functionOf(entry, create, entry.className) : {};
  if (ar) Object.assign(functions, { ar: functionOf(entry, ar, `${entry.className}.ar`) });
  if (kr) Object.assign(functions, { kr: functionOf(entry, kr, `${entry.className}.kr`) });
  if (ir) Object.assign(functions, { ir: functionOf(entry, ir, `${entry.className}.ir`) });
  return Object.assign(functions, { [catalogueEntry]: entry }) as Functions;
}

const catalogueEntry = Symbol('catalogue entry');

/** The catalogue's entry of a unit generator; `undefined` for one that is made of others. */
export function entryOf(functions: object): Entry | undefined {
  return (functions as { readonly [catalogueEntry]?: Entry })[catalogueEntry];
}

function functionOf(entry: Entry, method: Method, name: string) {
  const names = Object.keys(method.args);
  const inputNames = method.inputs ?? names.filter((arg) => arg !== 'mul' && arg !== 'add');
  const kind: UnitKind = { ...entry, inputNames: inputNames.concat(method.list ?? []) };
  return (...given: readonly unknown[]): Signal =>
    unitOf(kind, method, inputNames, named(name, names, given), name);
}

/** Given inputs by name. @throws SuperColliderError `invalid-synthdef` for too many, unknown and doubled ones */
export function named(what: string, names: readonly string[], given: readonly unknown[]): Given {
  const last = given.at(-1);
  const byName = isByName(last) ? last : {};
  const inOrder = byName === last ? given.slice(0, -1) : given;
  if (inOrder.length > names.length) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `${what} was given ${inOrder.length} inputs and has ${names.length}: ${names.join(', ')}.`,
    );
  }
  const result: Record<string, SignalInput | undefined> = {};
  inOrder.forEach((input, index) => {
    result[names[index]!] = input as SignalInput;
  });
  for (const [key, input] of Object.entries(byName)) {
    if (!names.includes(key)) {
      const near = nearest(key, names);
      throw new SuperColliderError(
        'invalid-synthdef',
        `${what} has no input "${key}".${near ? ` Did you mean "${near}"?` : ''} It has: ${names.join(', ') || 'none'}.`,
      );
    }
    if (result[key] !== undefined) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `${what} was given its input "${key}" twice: in order and by name.`,
      );
    }
    result[key] = input as SignalInput;
  }
  return result;
}

const isByName = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && Object.getPrototypeOf(given) === Object.prototype;

function unitOf(
  kind: UnitKind,
  method: Method,
  inputNames: readonly string[],
  given: Given,
  name: string,
): Signal {
  const signalFor = (arg: string): Signal => {
    const input = given[arg] ?? method.args[arg];
    if (input === null || input === undefined) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `${name} needs its input "${arg}": give a number or a signal.`,
      );
    }
    const signal = asSignal(input, `the input "${arg}" of ${name}`);
    return method.audio?.includes(arg) ? atAudioRate(signal) : signal;
  };
  // In the order in which they are written, since making one an audio signal adds a unit.
  const values = new Map(Object.keys(method.args).map((arg) => [arg, signalFor(arg)]));
  const madd = (signal: Signal): Signal => {
    if (method.madd === false || !values.has('mul') || inputNames.includes('mul')) return signal;
    return mulAdd(signal, values.get('mul')!, values.get('add')!);
  };
  const constant = method.passes ? values.get(method.passes)! : undefined;
  if (constant?.rate === 'scalar') return madd(constant);
  const inputs = inputNames.map((arg) => values.get(arg)!);
  if (method.list) {
    const list = values.get(method.list)!;
    inputs.push(...(method.silence ? withSilence(list) : list).channels);
  }
  const outputs = outputsOf(method, values, name);
  const make = (): Signal => expand(inputs, (mono) => outputOf(kind, method.rate, mono, outputs));
  const mul = values.get('mul');
  // Noise for several amplitudes is as many noises, not one at several amplitudes.
  const isNoise = inputs.length === 0 && mul instanceof Channels;
  const result = madd(isNoise ? new Channels(mul.channels.map(make)) : make());
  if (method.returns === undefined) return result;
  return method.returns === 0 ? new Constant(0) : values.get(method.returns)!;
}

function outputOf(kind: UnitKind, rate: UnitRate, inputs: readonly Mono[], outputs: number): Signal {
  const unit = newUnit(kind, rate, inputs, { outputs });
  return outputs > 1 ? new Channels(unit.outputs) : unit.output;
}

function outputsOf({ outputs = 1, list }: Method, values: ReadonlyMap<string, Signal>, name: string): number {
  if (typeof outputs === 'number') return outputs;
  const count = values.get(outputs);
  if (outputs === list) return count!.length;
  if (count instanceof Constant && Number.isInteger(count.value) && count.value > 0) return count.value;
  throw new SuperColliderError(
    'invalid-synthdef',
    `${name}: "${outputs}" is ${count instanceof Constant ? count.value : 'a signal'}: the number of channels is a whole number from 1, fixed when the definition is made.`,
  );
}

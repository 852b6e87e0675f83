/**
 * Writes arguments by osc-min whose type the plain form cannot express: `TypedArgument`.
 */

import { type OscMessageInput, toBuffer } from 'osc-min';
import { SuperColliderError } from '../errors.js';
import { isFloat32 } from '../units.js';
import type { Argument, Message, TypedArgument } from './message.js';

/** The number of type tags of the arguments; -1 when one of them has an explicit type. */
export function tagCount(args: readonly Argument[], from: number): number {
  let count = 0;
  for (let index = from; index < args.length; index++) {
    const argument = args[index]!;
    count += 1;
    if (typeof argument !== 'object') continue;
    if (Array.isArray(argument)) {
      const inside = tagCount(argument, 0);
      if (inside < 0) return -1;
      count += 1 + inside;
    } else if (isTyped(argument)) return -1;
  }
  return count;
}

const isTyped = (argument: Argument): argument is TypedArgument =>
  typeof argument === 'object' &&
  argument !== null &&
  !(argument instanceof Uint8Array) &&
  !Array.isArray(argument) &&
  'type' in argument;

export function encodeTyped([address, ...args]: Message): Uint8Array {
  const view = toBuffer({ address, args: args.map(toOscMin) } as OscMessageInput);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function toOscMin(argument: Argument): unknown {
  if (typeof argument === 'number') {
    if (!isFloat32(argument)) throw invalidNumber(argument);
    return { type: (argument | 0) === argument ? 'integer' : 'float', value: argument };
  }
  if (typeof argument === 'string') return { type: 'string', value: argument };
  if (argument instanceof Uint8Array) {
    return { type: 'blob', value: new DataView(argument.buffer, argument.byteOffset, argument.byteLength) };
  }
  if (Array.isArray(argument)) return { type: 'array', value: argument.map(toOscMin) };
  const typed = argument as TypedArgument;
  if (typed.type === 'blob') return toOscMin(typed.value);
  return typed;
}

const invalidNumber = (value: number): SuperColliderError =>
  new SuperColliderError(
    'invalid-osc',
    `An OSC argument is ${value}. A number is up to 3.4e38: more is infinite as a float32.`,
  );

/** Operators between signals: the unit that computes one, or the number when both are numbers. */

import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from './expand.js';
import { binaryOfNumbers, unaryOfNumber } from './numbers.js';
import { type BinaryOperator, binaryIndex, type UnaryOperator, unaryIndex } from './operatorNames.js';
import { asSignal, Constant, type Mono, type Signal, type SignalInput } from './signal.js';

export const unaryKind: UnitKind = { className: 'UnaryOpUGen', pure: true };
export const binaryKind: UnitKind = { className: 'BinaryOpUGen', pure: true };
export const mulAddKind: UnitKind = { className: 'MulAdd' };
export const sum3Kind: UnitKind = { className: 'Sum3' };
export const sum4Kind: UnitKind = { className: 'Sum4' };

export function unary(operator: UnaryOperator, input: SignalInput): Signal {
  return expand([asSignal(input)], ([mono]) => unaryOfMono(operator, mono!));
}

function unaryOfMono(operator: UnaryOperator, input: Mono): Mono {
  const ofNumber = input instanceof Constant && unaryOfNumber[operator];
  if (ofNumber) return new Constant(ofNumber((input as Constant).value));
  return newUnit(unaryKind, input.rate, [input], { operator, specialIndex: unaryIndex.get(operator)! })
    .output;
}

export function binary(operator: BinaryOperator, left: SignalInput, right: SignalInput): Signal {
  return expand([asSignal(left), asSignal(right, `the operand of ${operator}`)], ([a, b]) =>
    binaryOfMono(operator, a!, b!),
  );
}

const isNumber = (input: Mono, value: number): boolean => input instanceof Constant && input.value === value;

/** Leaves out what changes nothing, as sclang does. */
export function binaryOfMono(operator: BinaryOperator, a: Mono, b: Mono): Mono {
  if (a instanceof Constant && b instanceof Constant) {
    const ofNumbers = binaryOfNumbers[operator];
    if (ofNumbers) return new Constant(ofNumbers(a.value, b.value));
  }
  switch (operator) {
    case '*':
      if (isNumber(a, 0) || isNumber(b, 0)) return new Constant(0);
      if (isNumber(a, 1)) return b;
      if (isNumber(a, -1)) return unaryOfMono('neg', b);
      if (isNumber(b, 1)) return a;
      if (isNumber(b, -1)) return unaryOfMono('neg', a);
      break;
    case '+':
      if (isNumber(a, 0)) return b;
      if (isNumber(b, 0)) return a;
      break;
    case '-':
      if (isNumber(a, 0)) return unaryOfMono('neg', b);
      if (isNumber(b, 0)) return a;
      break;
    case '/':
      if (isNumber(b, 1)) return a;
      if (isNumber(b, -1)) return unaryOfMono('neg', a);
  }
  return newUnit(binaryKind, binaryRate(a, b), [a, b], { operator, specialIndex: binaryIndex.get(operator)! })
    .output;
}

function binaryRate(a: Mono, b: Mono) {
  for (const rate of ['demand', 'audio', 'control'] as const)
    if (a.rate === rate || b.rate === rate) return rate;
  return 'scalar';
}

/** `input * mul + add` in one unit where the rates allow it. */
export function mulAdd(input: SignalInput, mul: SignalInput, add: SignalInput): Signal {
  return expand([asSignal(input), asSignal(mul, 'mul'), asSignal(add, 'add')], ([input, mul, add]) =>
    mulAddOfMono(input!, mul!, add!),
  );
}

export function mulAddOfMono(input: Mono, mul: Mono, add: Mono): Mono {
  if (isNumber(mul, 0)) return add;
  const noMul = isNumber(mul, 1);
  const noAdd = isNumber(add, 0);
  if (noMul && noAdd) return input;
  if (isNumber(mul, -1) && noAdd) return unaryOfMono('neg', input);
  if (noAdd) return binaryOfMono('*', input, mul);
  if (isNumber(mul, -1)) return binaryOfMono('-', add, input);
  if (noMul) return binaryOfMono('+', input, add);
  if (input instanceof Constant && mul instanceof Constant && add instanceof Constant) {
    return new Constant(input.value * mul.value + add.value);
  }
  if (canBeMulAdd(input, mul, add)) return newMulAdd(input, mul, add);
  if (canBeMulAdd(mul, input, add)) return newMulAdd(mul, input, add);
  return binaryOfMono('+', binaryOfMono('*', input, mul), add);
}

function newMulAdd(input: Mono, mul: Mono, add: Mono): Mono {
  return newUnit(mulAddKind, fastest([input, mul, add]), [input, mul, add]).output;
}

/** True for inputs that the server's MulAdd takes: anything with an audio signal, nothing faster than itself otherwise. */
export function canBeMulAdd(input: Mono, mul: Mono, add: Mono): boolean {
  if (input.rate === 'audio') return true;
  const slow = (signal: Mono) => signal.rate === 'control' || signal.rate === 'scalar';
  return input.rate === 'control' && slow(mul) && slow(add);
}

/** Adds three signals in one unit. */
export function sum3(a: SignalInput, b: SignalInput, c: SignalInput): Signal {
  return expand([asSignal(a), asSignal(b), asSignal(c)], ([a, b, c]) => sum3OfMono(a!, b!, c!));
}

export function sum3OfMono(a: Mono, b: Mono, c: Mono): Mono {
  if (isNumber(c, 0)) return binaryOfMono('+', a, b);
  if (isNumber(b, 0)) return binaryOfMono('+', a, c);
  if (isNumber(a, 0)) return binaryOfMono('+', b, c);
  const inputs = sortedByRate([a, b, c]);
  return newUnit(sum3Kind, fastest(inputs), inputs).output;
}

/** Adds four signals in one unit. */
export function sum4(a: SignalInput, b: SignalInput, c: SignalInput, d: SignalInput): Signal {
  return expand([asSignal(a), asSignal(b), asSignal(c), asSignal(d)], ([a, b, c, d]) =>
    sum4OfMono(a!, b!, c!, d!),
  );
}

export function sum4OfMono(a: Mono, b: Mono, c: Mono, d: Mono): Mono {
  if (isNumber(a, 0)) return sum3OfMono(b, c, d);
  if (isNumber(b, 0)) return sum3OfMono(a, c, d);
  if (isNumber(c, 0)) return sum3OfMono(a, b, d);
  if (isNumber(d, 0)) return sum3OfMono(a, b, c);
  const inputs = sortedByRate([a, b, c, d]);
  return newUnit(sum4Kind, fastest(inputs), inputs).output;
}

const fastest = (inputs: readonly Mono[]) =>
  inputs.map((input) => input.rate).reduce((a, b) => (b < a ? b : a));

/** By the names of the rates, and those with the same rate backwards: sclang's insertion sort with `<`. */
function sortedByRate(inputs: readonly Mono[]): Mono[] {
  const sorted = [...inputs];
  for (let index = 1; index < sorted.length; index++) {
    const moving = sorted[index]!;
    let place = index;
    while (place > 0 && !(sorted[place - 1]!.rate < moving.rate)) {
      sorted[place] = sorted[place - 1]!;
      place--;
    }
    sorted[place] = moving;
  }
  return sorted;
}

/** Adds up channels from the left, as `sum` of an array in sclang: `0 + a + b …`. */
export function sum(inputs: readonly SignalInput[]): Signal {
  return inputs.reduce<Signal>((total, input) => binary('+', total, input), new Constant(0));
}

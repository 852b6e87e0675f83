/**
 * Values of operators for plain numbers, as sclang computes them before a definition is made.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/include/plugin_interface/SC_InlineUnaryOp.h
 * @see https://github.com/supercollider/supercollider/blob/3.13/include/plugin_interface/SC_InlineBinaryOp.h
 */

import type { BinaryOperator, UnaryOperator } from './operatorNames.js';

const modulo = (a: number, b: number): number => (b === 0 ? 0 : a - b * Math.floor(a / b));

const clip = (x: number, lo: number, hi: number): number => Math.max(Math.min(x, hi), lo);

/** Reflects at `lo` and `hi`. */
export function fold(x: number, lo: number, hi: number): number {
  const range = hi - lo;
  if (range === 0) return lo;
  const period = modulo(x - lo, 2 * range);
  return (period < range ? period : 2 * range - period) + lo;
}

/** Goes on at `lo` after `hi`. */
export function wrap(x: number, lo: number, hi: number): number {
  return hi === lo ? lo : modulo(x - lo, hi - lo) + lo;
}

const greatestDivisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(Math.trunc(a)), Math.abs(Math.trunc(b))];
  while (y > 0) [x, y] = [y, x % y];
  return a <= 0 && b <= 0 ? -x : x;
};

/** Operators with chance in them have no value here: the server computes them. */
export const unaryOfNumber: Readonly<Partial<Record<UnaryOperator, (x: number) => number>>> = {
  neg: (x) => -x,
  not: (x) => (x > 0 ? 0 : 1),
  bitNot: (x) => ~x,
  abs: Math.abs,
  asFloat: (x) => x,
  asInteger: Math.trunc,
  ceil: Math.ceil,
  floor: Math.floor,
  frac: (x) => x - Math.floor(x),
  sign: Math.sign,
  squared: (x) => x * x,
  cubed: (x) => x * x * x,
  sqrt: (x) => (x < 0 ? -Math.sqrt(-x) : Math.sqrt(x)),
  exp: Math.exp,
  reciprocal: (x) => 1 / x,
  midicps: (x) => 440 * 2 ** ((x - 69) * (1 / 12)),
  cpsmidi: (x) => Math.log2(x * (1 / 440)) * 12 + 69,
  midiratio: (x) => 2 ** (x * (1 / 12)),
  ratiomidi: (x) => 12 * Math.log2(x),
  dbamp: (x) => 10 ** (x * 0.05),
  ampdb: (x) => Math.log10(x) * 20,
  octcps: (x) => 440 * 2 ** (x - 4.75),
  cpsoct: (x) => Math.log2(x * (1 / 440)) + 4.75,
  log: Math.log,
  log2: (x) => Math.log2(Math.abs(x)),
  log10: (x) => Math.log10(Math.abs(x)),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  distort: (x) => x / (1 + Math.abs(x)),
  softclip: (x) => (Math.abs(x) <= 0.5 ? x : (Math.abs(x) - 0.25) / x),
  silence: () => 0,
  thru: (x) => x,
  rectWindow: (x) => (x < 0 || x > 1 ? 0 : 1),
  hanWindow: (x) => (x < 0 || x > 1 ? 0 : 0.5 - 0.5 * Math.cos(x * 2 * Math.PI)),
  welWindow: (x) => (x < 0 || x > 1 ? 0 : Math.sin(x * Math.PI)),
  triWindow: (x) => (x < 0 || x > 1 ? 0 : x < 0.5 ? 2 * x : -2 * x + 2),
  ramp: (x) => clip(x, 0, 1),
  scurve: (x) => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x)),
};

export const binaryOfNumbers: Readonly<Partial<Record<BinaryOperator, (a: number, b: number) => number>>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  div: (a, b) => Math.floor(a / b),
  '/': (a, b) => a / b,
  mod: modulo,
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  min: Math.min,
  max: Math.max,
  bitAnd: (a, b) => a & b,
  bitOr: (a, b) => a | b,
  bitXor: (a, b) => a ^ b,
  lcm: (a, b) => (a === 0 || b === 0 ? 0 : (a * b) / greatestDivisor(a, b)),
  gcd: greatestDivisor,
  round: (a, b) => (b === 0 ? a : Math.floor(a / b + 0.5) * b),
  roundUp: (a, b) => (b === 0 ? a : Math.ceil(a / b) * b),
  trunc: (a, b) => (b === 0 ? a : Math.floor(a / b) * b),
  atan2: Math.atan2,
  hypot: Math.hypot,
  hypotApx: (a, b) => {
    const [x, y] = [Math.abs(a), Math.abs(b)];
    return x + y - (Math.SQRT2 - 1) * Math.min(x, y);
  },
  pow: (a, b) => (a >= 0 ? a ** b : -((-a) ** b)),
  leftShift: (a, b) => a << b,
  rightShift: (a, b) => a >> b,
  unsignedRightShift: (a, b) => a >>> b,
  ring1: (a, b) => a * b + a,
  ring2: (a, b) => a * b + a + b,
  ring3: (a, b) => a * a * b,
  ring4: (a, b) => a * a * b - a * b * b,
  difsqr: (a, b) => a * a - b * b,
  sumsqr: (a, b) => a * a + b * b,
  sqrsum: (a, b) => (a + b) ** 2,
  sqrdif: (a, b) => (a - b) ** 2,
  absdif: (a, b) => Math.abs(a - b),
  thresh: (a, b) => (a < b ? 0 : a),
  amclip: (a, b) => (b < 0 ? 0 : a * b),
  scaleneg: (a, b) => (a < 0 ? a * b : a),
  clip2: (a, b) => clip(a, -b, b),
  excess: (a, b) => a - clip(a, -b, b),
  fold2: (a, b) => fold(a, -b, b),
  wrap2: (a, b) => wrap(a, -b, b),
  firstArg: (a) => a,
};

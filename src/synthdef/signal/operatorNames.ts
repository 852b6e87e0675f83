/**
 * The operators that the server knows, at the number that stands for each in a definition.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/lang/LangSource/Opcodes.h
 */

const unaryNames = [
  'neg', 'not', 'isNil', 'notNil', 'bitNot', 'abs', 'asFloat', 'asInteger', 'ceil', 'floor', 'frac', 'sign',
  'squared', 'cubed', 'sqrt', 'exp', 'reciprocal', 'midicps', 'cpsmidi', 'midiratio', 'ratiomidi', 'dbamp',
  'ampdb', 'octcps', 'cpsoct', 'log', 'log2', 'log10', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh',
  'cosh', 'tanh', 'rand', 'rand2', 'linrand', 'bilinrand', 'sum3rand', 'distort', 'softclip', 'coin',
  'digitValue', 'silence', 'thru', 'rectWindow', 'hanWindow', 'welWindow', 'triWindow', 'ramp', 'scurve',
] as const; // biome-ignore format: a table

const binaryNames = [
  '+', '-', '*', 'div', '/', 'mod', '==', '!=', '<', '>', '<=', '>=', 'min', 'max', 'bitAnd', 'bitOr', 'bitXor',
  'lcm', 'gcd', 'round', 'roundUp', 'trunc', 'atan2', 'hypot', 'hypotApx', 'pow', 'leftShift', 'rightShift',
  'unsignedRightShift', 'fill', 'ring1', 'ring2', 'ring3', 'ring4', 'difsqr', 'sumsqr', 'sqrsum', 'sqrdif',
  'absdif', 'thresh', 'amclip', 'scaleneg', 'clip2', 'excess', 'fold2', 'wrap2', 'firstArg', 'rrand', 'exprand',
] as const; // biome-ignore format: a table

/** The name of an operator of one signal. */
export type UnaryOperator = (typeof unaryNames)[number];
/** The name of an operator of two signals. */
export type BinaryOperator = (typeof binaryNames)[number];

/** Number of each operator: the special index of its UnaryOpUGen. */
export const unaryIndex: ReadonlyMap<UnaryOperator, number> = new Map(
  unaryNames.map((name, index) => [name, index]),
);

/** Number of each operator: the special index of its BinaryOpUGen. */
export const binaryIndex: ReadonlyMap<BinaryOperator, number> = new Map(
  binaryNames.map((name, index) => [name, index]),
);

/** Names of the operators with one operand, by special index. */
export const unaryOperators: readonly UnaryOperator[] = unaryNames;
/** Names of the operators with two operands, by special index. */
export const binaryOperators: readonly BinaryOperator[] = binaryNames;

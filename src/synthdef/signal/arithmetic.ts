/**
 * Operators as methods. With several channels, each channel; with an operand that has several, one result
 * for each.
 *
 * @see https://doc.sccode.org/Overviews/Operators.html
 */

import { binary, unary } from './operators.js';
import type { Signal, SignalInput } from './signal.js';

export abstract class Arithmetic {
  /** -x */
  neg(this: Signal): Signal {
    return unary('neg', this);
  }
  /** 1 where x ≤ 0, else 0 */
  not(this: Signal): Signal {
    return unary('not', this);
  }
  /** all bits of the integer part turned over */
  bitNot(this: Signal): Signal {
    return unary('bitNot', this);
  }
  /** without its sign */
  abs(this: Signal): Signal {
    return unary('abs', this);
  }
  /** x */
  asFloat(this: Signal): Signal {
    return unary('asFloat', this);
  }
  /** without its fraction */
  asInteger(this: Signal): Signal {
    return unary('asInteger', this);
  }
  /** the next integer up */
  ceil(this: Signal): Signal {
    return unary('ceil', this);
  }
  /** the next integer down */
  floor(this: Signal): Signal {
    return unary('floor', this);
  }
  /** x - floor(x) */
  frac(this: Signal): Signal {
    return unary('frac', this);
  }
  /** -1, 0 or 1 */
  sign(this: Signal): Signal {
    return unary('sign', this);
  }
  /** x² */
  squared(this: Signal): Signal {
    return unary('squared', this);
  }
  /** x³ */
  cubed(this: Signal): Signal {
    return unary('cubed', this);
  }
  /** √x; -√-x below 0 */
  sqrt(this: Signal): Signal {
    return unary('sqrt', this);
  }
  /** eˣ */
  exp(this: Signal): Signal {
    return unary('exp', this);
  }
  /** 1/x */
  reciprocal(this: Signal): Signal {
    return unary('reciprocal', this);
  }
  /** MIDI note number → Hz */
  midicps(this: Signal): Signal {
    return unary('midicps', this);
  }
  /** Hz → MIDI note number */
  cpsmidi(this: Signal): Signal {
    return unary('cpsmidi', this);
  }
  /** semitones → frequency ratio */
  midiratio(this: Signal): Signal {
    return unary('midiratio', this);
  }
  /** frequency ratio → semitones */
  ratiomidi(this: Signal): Signal {
    return unary('ratiomidi', this);
  }
  /** dB → amplitude */
  dbamp(this: Signal): Signal {
    return unary('dbamp', this);
  }
  /** amplitude → dB */
  ampdb(this: Signal): Signal {
    return unary('ampdb', this);
  }
  /** octaves (decimal) → Hz */
  octcps(this: Signal): Signal {
    return unary('octcps', this);
  }
  /** Hz → octaves (decimal) */
  cpsoct(this: Signal): Signal {
    return unary('cpsoct', this);
  }
  /** natural logarithm */
  log(this: Signal): Signal {
    return unary('log', this);
  }
  /** logarithm to base 2 */
  log2(this: Signal): Signal {
    return unary('log2', this);
  }
  /** logarithm to base 10 */
  log10(this: Signal): Signal {
    return unary('log10', this);
  }
  /** sine of radians */
  sin(this: Signal): Signal {
    return unary('sin', this);
  }
  /** cosine of radians */
  cos(this: Signal): Signal {
    return unary('cos', this);
  }
  /** tangent of radians */
  tan(this: Signal): Signal {
    return unary('tan', this);
  }
  /** arcsine, radians */
  asin(this: Signal): Signal {
    return unary('asin', this);
  }
  /** arccosine, radians */
  acos(this: Signal): Signal {
    return unary('acos', this);
  }
  /** arctangent, radians */
  atan(this: Signal): Signal {
    return unary('atan', this);
  }
  /** hyperbolic sine */
  sinh(this: Signal): Signal {
    return unary('sinh', this);
  }
  /** hyperbolic cosine */
  cosh(this: Signal): Signal {
    return unary('cosh', this);
  }
  /** hyperbolic tangent */
  tanh(this: Signal): Signal {
    return unary('tanh', this);
  }
  /** a random number from 0 to x, at the synth’s start */
  rand(this: Signal): Signal {
    return unary('rand', this);
  }
  /** a random number from -x to x */
  rand2(this: Signal): Signal {
    return unary('rand2', this);
  }
  /** random from 0 to x, smaller ones more often */
  linrand(this: Signal): Signal {
    return unary('linrand', this);
  }
  /** random from -x to x, those near 0 more often */
  bilinrand(this: Signal): Signal {
    return unary('bilinrand', this);
  }
  /** random from -x to x, nearly normal */
  sum3rand(this: Signal): Signal {
    return unary('sum3rand', this);
  }
  /** x / (1 + |x|) */
  distort(this: Signal): Signal {
    return unary('distort', this);
  }
  /** bent above 0.5, never above 1 */
  softclip(this: Signal): Signal {
    return unary('softclip', this);
  }
  /** 1 with the probability x, else 0 */
  coin(this: Signal): Signal {
    return unary('coin', this);
  }
  /** the value of an ASCII digit */
  digitValue(this: Signal): Signal {
    return unary('digitValue', this);
  }
  /** 0 */
  silence(this: Signal): Signal {
    return unary('silence', this);
  }
  /** x */
  thru(this: Signal): Signal {
    return unary('thru', this);
  }
  /** 1 from 0 to 1, 0 outside */
  rectWindow(this: Signal): Signal {
    return unary('rectWindow', this);
  }
  /** a Hann window from 0 to 1 */
  hanWindow(this: Signal): Signal {
    return unary('hanWindow', this);
  }
  /** a sine window from 0 to 1 */
  welWindow(this: Signal): Signal {
    return unary('welWindow', this);
  }
  /** a triangle from 0 to 1 */
  triWindow(this: Signal): Signal {
    return unary('triWindow', this);
  }
  /** 0…1, straight */
  ramp(this: Signal): Signal {
    return unary('ramp', this);
  }
  /** 0…1, an S */
  scurve(this: Signal): Signal {
    return unary('scurve', this);
  }
  /** x + y */
  add(this: Signal, y: SignalInput): Signal {
    return binary('+', this, y);
  }
  /** x - y */
  sub(this: Signal, y: SignalInput): Signal {
    return binary('-', this, y);
  }
  /** x · y */
  mul(this: Signal, y: SignalInput): Signal {
    return binary('*', this, y);
  }
  /** ⌊x / y⌋ */
  intDiv(this: Signal, y: SignalInput): Signal {
    return binary('div', this, y);
  }
  /** x / y */
  div(this: Signal, y: SignalInput): Signal {
    return binary('/', this, y);
  }
  /** the rest of x / y, of the sign of y */
  mod(this: Signal, y: SignalInput): Signal {
    return binary('mod', this, y);
  }
  /** 1 where equal, else 0 */
  eq(this: Signal, y: SignalInput): Signal {
    return binary('==', this, y);
  }
  /** 1 where different, else 0 */
  ne(this: Signal, y: SignalInput): Signal {
    return binary('!=', this, y);
  }
  /** 1 where x < y, else 0 */
  lt(this: Signal, y: SignalInput): Signal {
    return binary('<', this, y);
  }
  /** 1 where x > y, else 0 */
  gt(this: Signal, y: SignalInput): Signal {
    return binary('>', this, y);
  }
  /** 1 where x ≤ y, else 0 */
  le(this: Signal, y: SignalInput): Signal {
    return binary('<=', this, y);
  }
  /** 1 where x ≥ y, else 0 */
  ge(this: Signal, y: SignalInput): Signal {
    return binary('>=', this, y);
  }
  /** the smaller */
  min(this: Signal, y: SignalInput): Signal {
    return binary('min', this, y);
  }
  /** the greater */
  max(this: Signal, y: SignalInput): Signal {
    return binary('max', this, y);
  }
  /** bits in both */
  bitAnd(this: Signal, y: SignalInput): Signal {
    return binary('bitAnd', this, y);
  }
  /** bits in either */
  bitOr(this: Signal, y: SignalInput): Signal {
    return binary('bitOr', this, y);
  }
  /** bits in one of them */
  bitXor(this: Signal, y: SignalInput): Signal {
    return binary('bitXor', this, y);
  }
  /** least common multiple */
  lcm(this: Signal, y: SignalInput): Signal {
    return binary('lcm', this, y);
  }
  /** greatest common divisor */
  gcd(this: Signal, y: SignalInput): Signal {
    return binary('gcd', this, y);
  }
  /** the nearest multiple of y */
  round(this: Signal, y: SignalInput): Signal {
    return binary('round', this, y);
  }
  /** the next multiple of y */
  roundUp(this: Signal, y: SignalInput): Signal {
    return binary('roundUp', this, y);
  }
  /** the multiple of y before */
  trunc(this: Signal, y: SignalInput): Signal {
    return binary('trunc', this, y);
  }
  /** the angle of (y, x), radians */
  atan2(this: Signal, y: SignalInput): Signal {
    return binary('atan2', this, y);
  }
  /** √(x² + y²) */
  hypot(this: Signal, y: SignalInput): Signal {
    return binary('hypot', this, y);
  }
  /** √(x² + y²), nearly */
  hypotApx(this: Signal, y: SignalInput): Signal {
    return binary('hypotApx', this, y);
  }
  /** xʸ; of -x negative below 0 */
  pow(this: Signal, y: SignalInput): Signal {
    return binary('pow', this, y);
  }
  /** bits moved up by y */
  leftShift(this: Signal, y: SignalInput): Signal {
    return binary('leftShift', this, y);
  }
  /** bits moved down by y */
  rightShift(this: Signal, y: SignalInput): Signal {
    return binary('rightShift', this, y);
  }
  /** bits moved down by y, zeros from above */
  unsignedRightShift(this: Signal, y: SignalInput): Signal {
    return binary('unsignedRightShift', this, y);
  }
  /** x·y + x */
  ring1(this: Signal, y: SignalInput): Signal {
    return binary('ring1', this, y);
  }
  /** x·y + x + y */
  ring2(this: Signal, y: SignalInput): Signal {
    return binary('ring2', this, y);
  }
  /** x·x·y */
  ring3(this: Signal, y: SignalInput): Signal {
    return binary('ring3', this, y);
  }
  /** x·x·y - x·y·y */
  ring4(this: Signal, y: SignalInput): Signal {
    return binary('ring4', this, y);
  }
  /** x² - y² */
  difsqr(this: Signal, y: SignalInput): Signal {
    return binary('difsqr', this, y);
  }
  /** x² + y² */
  sumsqr(this: Signal, y: SignalInput): Signal {
    return binary('sumsqr', this, y);
  }
  /** (x + y)² */
  sqrsum(this: Signal, y: SignalInput): Signal {
    return binary('sqrsum', this, y);
  }
  /** (x - y)² */
  sqrdif(this: Signal, y: SignalInput): Signal {
    return binary('sqrdif', this, y);
  }
  /** |x - y| */
  absdif(this: Signal, y: SignalInput): Signal {
    return binary('absdif', this, y);
  }
  /** x where x ≥ y, else 0 */
  thresh(this: Signal, y: SignalInput): Signal {
    return binary('thresh', this, y);
  }
  /** x·y where y > 0, else 0 */
  amclip(this: Signal, y: SignalInput): Signal {
    return binary('amclip', this, y);
  }
  /** x·y where x < 0, else x */
  scaleneg(this: Signal, y: SignalInput): Signal {
    return binary('scaleneg', this, y);
  }
  /** within ±y */
  clip2(this: Signal, y: SignalInput): Signal {
    return binary('clip2', this, y);
  }
  /** what clip2 cuts off */
  excess(this: Signal, y: SignalInput): Signal {
    return binary('excess', this, y);
  }
  /** reflected at ±y */
  fold2(this: Signal, y: SignalInput): Signal {
    return binary('fold2', this, y);
  }
  /** going on at the other of ±y */
  wrap2(this: Signal, y: SignalInput): Signal {
    return binary('wrap2', this, y);
  }
  /** x, while y is computed too */
  firstArg(this: Signal, y: SignalInput): Signal {
    return binary('firstArg', this, y);
  }
  /** a random number between x and y */
  rrand(this: Signal, y: SignalInput): Signal {
    return binary('rrand', this, y);
  }
  /** a random number between x and y, exponentially */
  exprand(this: Signal, y: SignalInput): Signal {
    return binary('exprand', this, y);
  }
}

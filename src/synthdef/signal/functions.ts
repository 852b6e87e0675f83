/**
 * Functions of one signal as methods. With several channels, each channel.
 *
 * @see https://doc.sccode.org/Overviews/Operators.html
 */

import { unary } from './operators.js';
import type { Signal } from './signal.js';

export abstract class Functions {
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
}

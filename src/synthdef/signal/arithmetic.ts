/**
 * Operators between signals as methods. With several channels, each channel; with an operand that has
 * several, one result for each.
 *
 * @see https://doc.sccode.org/Overviews/Operators.html
 */

import { Functions } from './functions.js';
import { binary } from './operators.js';
import type { Signal, SignalInput } from './signal.js';

export abstract class Arithmetic extends Functions {
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

import { SuperColliderError } from '../../errors.js';

/** A number as methods of {@link Fraction} take it. A number stands for the simplest fraction that equals it. */
export type Rational = Fraction | number | bigint;

/**
 * An exact number of cycles: thirds stay thirds, however often a pattern repeats.
 *
 * Its integers are bigints, as each nesting multiplies the denominator: safe integers would end within a few levels.
 */
export class Fraction {
  private constructor(
    /** The integer above the line, which carries the sign. */
    readonly numerator: bigint,
    /** The integer below the line, always over 0. */
    readonly denominator: bigint,
  ) {}

  /** The fraction 0. */
  static readonly zero = new Fraction(0n, 1n);

  /** The fraction 1. */
  static readonly one = new Fraction(1n, 1n);

  /**
   * Makes a fraction in lowest terms.
   *
   * @throws SuperColliderError `invalid-argument` for a denominator of 0.
   */
  static ratio(numerator: bigint, denominator: bigint): Fraction {
    if (denominator === 0n) throw new SuperColliderError('invalid-argument', 'A fraction was divided by 0.');
    const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
    return new Fraction(numerator / divisor, denominator / divisor);
  }

  /**
   * Makes a fraction of a number: 0.1 gives 1/10, and `1 / 3` gives 1/3.
   *
   * @throws SuperColliderError `invalid-argument` for a number that is not finite.
   */
  static of(value: Rational): Fraction {
    if (value instanceof Fraction) return value;
    if (typeof value === 'bigint') return new Fraction(value, 1n);
    if (Number.isInteger(value)) return new Fraction(BigInt(value), 1n);
    if (Number.isFinite(value)) return simplest(value);
    throw new SuperColliderError(
      'invalid-argument',
      `A fraction is made of ${value}. It is a finite number.`,
    );
  }

  /** Reads decimal digits exactly, such as `-2`, `1.5` or `.5`. */
  static decimal(text: string): Fraction {
    const [whole = '', part = ''] = text.replace('-', '').split('.');
    const value = Fraction.ratio(BigInt(`0${whole}${part}`), 10n ** BigInt(part.length));
    return text.startsWith('-') ? value.negated() : value;
  }

  /** The sum. */
  plus(other: Rational): Fraction {
    const { numerator, denominator } = Fraction.of(other);
    if (this.denominator === denominator) return Fraction.ratio(this.numerator + numerator, denominator);
    return Fraction.ratio(
      this.numerator * denominator + numerator * this.denominator,
      this.denominator * denominator,
    );
  }

  /** The difference. */
  minus(other: Rational): Fraction {
    return this.plus(Fraction.of(other).negated());
  }

  /** The product. */
  times(other: Rational): Fraction {
    const { numerator, denominator } = Fraction.of(other);
    return Fraction.ratio(this.numerator * numerator, this.denominator * denominator);
  }

  /**
   * The quotient.
   *
   * @throws SuperColliderError `invalid-argument` for a division by 0.
   */
  over(other: Rational): Fraction {
    const { numerator, denominator } = Fraction.of(other);
    return Fraction.ratio(this.numerator * denominator, this.denominator * numerator);
  }

  /** The same number with the other sign. */
  negated(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }

  /** The whole number at or below this one: the cycle that a time is in. */
  floor(): bigint {
    const quotient = this.numerator / this.denominator;
    // Division of bigints cuts towards 0.
    return this.numerator < 0n && quotient * this.denominator !== this.numerator ? quotient - 1n : quotient;
  }

  /** The rest over whole multiples of `size`: from 0 up to `size`. */
  modulo(size: Rational): Fraction {
    return this.minus(Fraction.of(size).times(this.over(size).floor()));
  }

  /** Below 0 where this number is the smaller one, 0 where both are equal, else over 0. */
  compare(other: Rational): number {
    const { numerator, denominator } = Fraction.of(other);
    const difference =
      denominator === this.denominator
        ? this.numerator - numerator
        : this.numerator * denominator - numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  /** True for the same number. */
  equals(other: Rational): boolean {
    return this.compare(other) === 0;
  }

  /** The smaller of two numbers. */
  min(other: Fraction): Fraction {
    return this.compare(other) <= 0 ? this : other;
  }

  /** The larger of two numbers. */
  max(other: Fraction): Fraction {
    return this.compare(other) >= 0 ? this : other;
  }

  /** The nearest number of JavaScript, so that `<` and arithmetic work as well. */
  valueOf(): number {
    const above = Number(this.numerator);
    const below = Number(this.denominator);
    if (Number.isFinite(above) && Number.isFinite(below)) return above / below;
    // Beyond 2^1023 both integers would be Infinity as numbers: 64 bits of the quotient are more than a double has.
    const shift = bitLength(this.denominator) - bitLength(this.numerator) + 64;
    const [up, down] = [BigInt(Math.max(0, shift)), BigInt(Math.max(0, -shift))];
    const quotient = Number((this.numerator << up) / (this.denominator << down));
    // In two steps, as 2^-1100 alone would be 0.
    const half = Math.trunc(-shift / 2);
    return quotient * 2 ** half * 2 ** (-shift - half);
  }

  /** Numerator and denominator: `1/3`, or `2` for a whole number. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }
}

const bitLength = (integer: bigint): number => integer.toString(16).length * 4;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let larger = a < 0n ? -a : a;
  let smaller = b < 0n ? -b : b;
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/**
 * The simplest fraction that is the same double.
 *
 * @see https://en.wikipedia.org/wiki/Continued_fraction (convergents)
 */
function simplest(value: number): Fraction {
  let exponent = 0n;
  let scaled = value;
  // Doubles are multiples of a power of two, so the doubling loses nothing.
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent += 1n;
  }
  const exact = Fraction.ratio(BigInt(scaled), 1n << exponent);
  let rest = exact;
  let [numerator, formerNumerator, denominator, formerDenominator] = [1n, 0n, 0n, 1n];
  for (;;) {
    const digit = rest.floor();
    [numerator, formerNumerator] = [digit * numerator + formerNumerator, numerator];
    [denominator, formerDenominator] = [digit * denominator + formerDenominator, denominator];
    if (Number(numerator) / Number(denominator) === value) return Fraction.ratio(numerator, denominator);
    rest = rest.minus(digit);
    if (rest.numerator === 0n) return exact;
    rest = Fraction.one.over(rest);
  }
}

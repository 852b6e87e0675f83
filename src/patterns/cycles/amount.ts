import { SuperColliderError } from '../../errors.js';
import { Fraction, type Rational } from './fraction.js';

/** The largest count of a transform, such as the parts of `chunk`: each of them costs time in each cycle. */
export const MAX_COUNT = 1024;

interface Bounds {
  /** The transform, for the message. */
  readonly name: string;
  readonly low?: number;
  readonly high?: number;
  readonly isWhole?: boolean;
}

/**
 * Reads an amount as a fraction.
 *
 * @throws SuperColliderError `invalid-argument` for an amount outside its bounds, or a text that is no number.
 */
export function readAmount(given: Rational | string, { name, low, high, isWhole }: Bounds): Fraction {
  const isNumber = typeof given !== 'string' || /^-?(\d+\.?\d*|\.\d+)$/.test(given);
  if (isNumber && (typeof given !== 'number' || Number.isFinite(given))) {
    const amount = typeof given === 'string' ? Fraction.decimal(given) : Fraction.of(given);
    const isInside =
      (low === undefined || amount.compare(low) >= 0) && (high === undefined || amount.compare(high) <= 0);
    if (isInside && (!isWhole || amount.denominator === 1n)) return amount;
  }
  const kind = isWhole ? 'a whole number' : 'a number';
  const from = low === undefined ? '' : ` from ${low}`;
  const to = high === undefined ? '' : ` to ${high}`;
  const shown = typeof given === 'string' ? JSON.stringify(given) : String(given);
  throw new SuperColliderError(
    'invalid-argument',
    `${name}: the amount is ${shown}. It is ${kind}${from}${to}.`,
  );
}

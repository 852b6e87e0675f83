import { SuperColliderError } from '../errors.js';
import { isFloat32 } from '../units.js';

/** @throws SuperColliderError `invalid-argument` unless it is a number that the server can have. */
export function checkNumber(what: string, value: unknown): void {
  if (isFloat32(value)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what} was given ${String(value)}. A live value is a number up to 3.4e38.`,
  );
}

/** @throws SuperColliderError `invalid-time` unless it is a number of seconds or beats from 0 up. */
export function checkLength(what: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return;
  throw new SuperColliderError('invalid-time', `${what} is ${String(value)}. It is a number from 0 up.`);
}

/** Checks of arguments before anything is sent. Servers accept an invalid argument silently, or crash. */

import { SuperColliderError } from '../errors.js';
import { isFloat32 } from '../units.js';

/** @throws SuperColliderError `invalid-argument` unless it is a whole number from `min` to `max`. */
export function checkWhole(what: string, value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return;
  const limit = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
  throw new SuperColliderError(
    'invalid-argument',
    `${what} is ${show(value)}. It is a whole number ${limit}.`,
  );
}

/** @throws SuperColliderError `invalid-argument` unless it is a finite number. */
export function checkNumber(what: string, value: unknown): void {
  if (isFloat32(value)) return;
  throw new SuperColliderError('invalid-argument', `${what} is ${show(value)}. It is a number up to 3.4e38.`);
}

/** @throws SuperColliderError `invalid-argument` unless it is a number of seconds over 0, or 0 where it may be. */
export function checkSeconds(
  what: string,
  value: unknown,
  { orZero = false, orInfinity = false } = {},
): void {
  if (typeof value === 'number') {
    if (orInfinity && value === Number.POSITIVE_INFINITY) return;
    if ((value > 0 || (orZero && value === 0)) && value < 2 ** 31) return;
  }
  throw new SuperColliderError(
    'invalid-argument',
    `${what} is ${show(value)}. It is a number of seconds ${orZero ? 'from 0 up' : 'over 0'}` +
      `${orInfinity ? ', or Infinity' : ''}.`,
  );
}

/** @throws SuperColliderError `invalid-argument` unless all are finite numbers, at least one of them. */
export function checkNumbers(what: string, values: ArrayLike<unknown>): void {
  if (!(typeof values === 'object' && values !== null && values.length >= 1)) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what} is ${show(values)}. It is a list of finite numbers.`,
    );
  }
  for (let index = 0; index < values.length; index++)
    checkNumber(`${what}: value ${index + 1}`, values[index]);
}

/** @throws SuperColliderError `invalid-argument` unless it is a string with something in it. */
export function checkText(what: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what} is ${show(value)}. It is a string with something in it.`,
  );
}

/** @throws SuperColliderError `invalid-argument` unless it is a control's name or index. */
export function checkControl(what: string, control: unknown): void {
  if (typeof control === 'number') checkWhole(`${what}: index of the control`, control, 0);
  else checkText(`${what}: name of the control`, control);
}

/** @throws SuperColliderError `invalid-argument` unless it is a function. */
export function checkFunction(what: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new SuperColliderError('invalid-argument', `${what} is ${show(value)}. It is a function.`);
}

/** @throws SuperColliderError `invalid-argument` unless it is one of a list. */
export function checkOneOf(what: string, value: unknown, all: readonly unknown[]): void {
  if (all.includes(value)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what} is ${show(value)}. It is one of ${all.map(show).join(', ')}.`,
  );
}

const show = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : (JSON.stringify(value) ?? String(value));

/** Samples that a buffer may have: 2 GB. More freezes the machine before it fails. */
const MAX_SAMPLES = 2 ** 29;

/** @throws SuperColliderError `invalid-argument` for a buffer that no server makes. */
export function checkBufferSize(frames: number, channels: number): void {
  // scsynth answers nothing at all to 0 frames or less.
  checkWhole('frames', frames, 1);
  checkWhole('channels', channels, 1, 1024);
  if (frames * channels > MAX_SAMPLES) {
    throw new SuperColliderError(
      'invalid-argument',
      `A buffer of ${frames} frames with ${channels} channels takes ${Math.round((frames * channels * 4) / 2 ** 30)} GB. 2 GB is the most.`,
    );
  }
}

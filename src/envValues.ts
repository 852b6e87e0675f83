/** Envelopes as values of array controls. */

import { isFloat32 } from './units.js';

/** Marks an Env, so that elements and handles know one without the code that makes definitions. */
export const envelope: unique symbol = Symbol.for('react-collider.Env');

/** An Env, as elements and handles see it. */
export interface Envelope {
  /** @throws SuperColliderError for an envelope with channels or signals in it. */
  asArray(): readonly number[];
}

export const isEnv = (value: unknown): value is Envelope =>
  typeof value === 'object' && value !== null && envelope in value;

/** Says what is wrong with an envelope as a control's value; `undefined` for a right one. */
export function envProblem(env: Envelope): string | undefined {
  const numbers = numbersOf(env);
  if (!numbers)
    return 'an Env with channels or signals in it, where each level, time and curve has to be one number';
  const wrong = numbers.find((number) => !isFloat32(number));
  return wrong === undefined ? undefined : `an Env with ${wrong} in it`;
}

/** True when both have the same numbers. */
export function sameEnv(a: Envelope, b: Envelope): boolean {
  const [before, now] = [numbersOf(a), numbersOf(b)];
  return (
    before !== undefined &&
    before.length === now?.length &&
    before.every((number, index) => number === now[index])
  );
}

function numbersOf(env: Envelope): readonly number[] | undefined {
  try {
    return env.asArray();
  } catch {
    return undefined;
  }
}

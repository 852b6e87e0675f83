import { SuperColliderError } from './errors.js';

/**
 * Checks that controls are given as an object of names and values.
 *
 * @param what - Who was given them, for the message.
 * @throws SuperColliderError `invalid-argument`
 */
export function checkControlsGiven(what: () => string, controls: unknown): void {
  if (typeof controls === 'object' && controls !== null && !Array.isArray(controls)) return;
  const given = typeof controls === 'string' ? JSON.stringify(controls) : String(controls);
  throw new SuperColliderError(
    'invalid-argument',
    `${what()}: the controls are ${given}. Give an object of names and values, such as { freq: 440 }.`,
  );
}

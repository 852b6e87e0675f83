import { nearest, SuperColliderError } from '../errors.js';

/**
 * Refuses props and options that nothing would read: a type check says so, and not everybody has one running.
 *
 * @param given - The props, or what is left of them when those that are known were taken.
 * @throws SuperColliderError `invalid-argument`, with what it has.
 */
export function rejectUnknownProps(what: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new SuperColliderError(
      'invalid-argument',
      `${what} has no ${what.startsWith('<') ? 'prop' : 'option'} "${name}".${near ? ` Did you mean "${near}"?` : ''} ` +
        `It has: ${known.join(', ')}.`,
    );
  }
}

/**
 * Refuses options that are no object, such as a number: everything in them would be missing.
 *
 * @param instead - What was probably meant, by what was given.
 */
export function checkObject(what: string, given: unknown, instead: (value: string) => string): void {
  if (typeof given === 'object' && given !== null) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what} was given ${JSON.stringify(given)}. Its options are an object: ${instead(JSON.stringify(given))}.`,
  );
}

/** @throws SuperColliderError `invalid-argument` unless it is a number of channels. */
export function checkChannels(what: string, channels: number): void {
  if (Number.isInteger(channels) && channels >= 1) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: channels is ${channels}. It is a whole number from 1 up.`,
  );
}

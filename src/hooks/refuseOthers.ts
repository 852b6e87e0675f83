import { nearest, SuperColliderError } from '../errors.js';

/**
 * Refuses props and options that nothing would read: a type check says so, and not everybody has one running.
 *
 * @param given - The props, or what is left of them when those that are known were taken.
 * @throws SuperColliderError `bad-argument`, with what it has.
 */
export function refuseOthers(what: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new SuperColliderError(
      'bad-argument',
      `${what} has no ${what.startsWith('<') ? 'prop' : 'option'} "${name}".${near ? ` Did you mean "${near}"?` : ''} ` +
        `It has: ${known.join(', ')}.`,
    );
  }
}

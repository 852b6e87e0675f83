import { nearest, SuperColliderError } from '../errors.js';

/**
 * Refuses props and options that nothing would read: a type check says so, and not everybody has one running.
 *
 * @param others - What is left of the props when those that are known were taken.
 * @throws SuperColliderError `bad-argument`, with what it has.
 */
export function refuseOthers(what: string, others: object, known: readonly string[]): void {
  for (const name of Object.keys(others)) {
    const near = nearest(name, known);
    throw new SuperColliderError(
      'bad-argument',
      `${what} has no ${what.startsWith('<') ? 'prop' : 'option'} "${name}".${near ? ` Did you mean "${near}"?` : ''} ` +
        `It has: ${known.join(', ')}.`,
    );
  }
}

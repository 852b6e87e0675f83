/** Calls of the entry for Node that are wrong before anything is done: types say so, and not everybody checks types. */

import { nearest, SuperColliderError } from '../errors.js';
import { checkSeconds } from '../server/checks.js';
import { Server } from '../server/server.js';

/**
 * Checks the names of options.
 *
 * @param known - All names; with their values `true`, so that the compiler finds a missing one.
 * @throws SuperColliderError `invalid-argument` for what is no object, and for an unknown name.
 */
export function checkOptions(what: string, options: unknown, known: Readonly<Record<string, true>>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what}: its options are ${show(options)}. Give an object, such as { ${Object.keys(known)[0]}: … }.`,
    );
  }
  const names = Object.keys(known);
  for (const name of Object.keys(options)) {
    if (name in known) continue;
    const near = nearest(name, names);
    throw new SuperColliderError(
      'invalid-argument',
      `${what} has no option "${name}". ${near === undefined ? '' : `Did you mean "${near}"? `}It has: ${names.join(', ')}.`,
    );
  }
}

/** @throws SuperColliderError `invalid-argument` for what is no server, such as a promise of one. */
export function checkServer(server: unknown): void {
  if (server instanceof Server) return;
  const isPromise = typeof (server as { then?: unknown } | undefined)?.then === 'function';
  throw new SuperColliderError(
    'invalid-argument',
    `createRoot: its server is ${isPromise ? 'a promise' : show(server)}. ` +
      `${isPromise ? 'Wait for it' : 'Boot one'}: createRoot(await boot()).`,
  );
}

/** Checks options that are seconds, 0 or more. */
export function checkDurations<Name extends string>(
  options: Readonly<Partial<Record<Name, unknown>>>,
  names: readonly Name[],
  limits: { readonly orZero?: boolean; readonly orInfinity?: boolean },
): void {
  for (const name of names) if (options[name] !== undefined) checkSeconds(name, options[name], limits);
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'an array' : 'another object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/**
 * Problems of a dev session, for people and for programs.
 */

import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SuperColliderError } from 'react-collider';
import { codeFrame, type Place, placeOf, syntaxProblemOf } from './codeFrame.js';
import type { Thrower } from './componentGuard.js';

export interface Problem {
  /** A file that is no program, one that throws when it runs, a component that throws, an element or a file. */
  readonly kind: 'syntax' | 'module' | 'render' | 'scene';
  readonly message: string;
  readonly code: string | undefined;
  readonly place: Place | undefined;
  /** Some lines around the place. */
  readonly frame: string | undefined;
  /** The components above, one a line. */
  readonly componentStack: string | undefined;
}

/**
 * @param thrower - The component that threw, where one did.
 * @returns `undefined` for what only says that something else failed.
 */
export function problemOf(thrown: unknown, thrower?: Thrower): Problem | undefined {
  const error = asError(thrown);
  // Vite's words after each error of a module.
  if (error.message.startsWith('Failed to reload')) return undefined;
  const syntax = syntaxProblemOf(error);
  if (syntax) {
    const { reason, place } = syntax;
    const where = place ? `${relative(process.cwd(), place.file)} has` : 'There is';
    return problem('syntax', `${where} a syntax error: ${reason}.`, error, place);
  }
  if (thrower) {
    const { name, ownerStack } = thrower;
    // Elements of ours say themselves which they are.
    const message = error.message.startsWith(`<${name}>`)
      ? error.message
      : `<${name}> threw: ${error.message}`;
    return problem('render', message, error, placeOf(error, ownerStack));
  }
  const kind = error instanceof SuperColliderError ? 'scene' : 'module';
  return problem(kind, error.message, error, placeOf(error));
}

function problem(kind: Problem['kind'], message: string, error: Error, place: Place | undefined): Problem {
  const { code, componentStack } = error as Partial<SuperColliderError>;
  return {
    kind,
    message: stripVTControlCharacters(message),
    code,
    place,
    frame: place && codeFrame(place),
    componentStack,
  };
}

function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  // Vite's payload of an error, or whatever a module threw.
  const message = (thrown as { message?: unknown } | undefined)?.message;
  return Object.assign(new Error(String(message ?? thrown)), { stack: '' });
}

/**
 * Error texts and exit codes of the command line.
 */

import { type ErrorCode, SuperColliderError } from 'react-collider';
import { codeFrame, placeOf } from '../dev/codeFrame.js';
import { exitCodes } from './exitCodes.js';

/** An end of the program with a message for the user. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const engineCodes = new Set<ErrorCode>([
  'invalid-option',
  'not-found',
  'boot-failed',
  'port-in-use',
  'server-offline',
  'too-many-clients',
  'timeout',
  'transport-closed',
]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (!(error instanceof SuperColliderError)) return exitCodes.composition;
  if (error.code === 'write-failed') return exitCodes.output;
  return engineCodes.has(error.code) ? exitCodes.engine : exitCodes.composition;
}

/** The message, where it happened in the user's file, and the components above. */
export function describeFailure(error: unknown, file: string | undefined): string {
  if (!(error instanceof Error)) return `Error: ${String(error)}`;
  const parts = [`Error: ${error.message}`];
  const frame = file === undefined ? undefined : frameOf(error);
  if (frame) parts.push(frame);
  const stack = (error as SuperColliderError).componentStack;
  if (stack) parts.push(stack);
  return parts.join('\n');
}

/** The line of the user's that the error comes from, with those around it. */
function frameOf(error: Error): string | undefined {
  const place = placeOf(error);
  return place && codeFrame(place);
}

/**
 * What the command line says when something is wrong, and the exit code it ends with.
 */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, SuperColliderError } from 'react-collider';
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
  'bad-option',
  'not-found',
  'boot-failed',
  'port-in-use',
  'server-offline',
  'server-unresponsive',
  'too-many-clients',
  'timeout',
  'transport-closed',
]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof SuperColliderError)
    return engineCodes.has(error.code) ? exitCodes.engine : exitCodes.composition;
  return exitCodes.composition;
}

/** The message, where it happened in the user's file, and the components above. */
export function describeFailure(error: unknown, file: string | undefined): string {
  if (!(error instanceof Error)) return `Error: ${String(error)}`;
  const parts = [`Error: ${error.message}`];
  const frame = file === undefined ? undefined : frameOf(error, file);
  if (frame) parts.push(frame);
  const stack = (error as SuperColliderError).componentStack;
  if (stack) parts.push(stack);
  return parts.join('\n');
}

/** The line of the user's file that the error comes from, with those around it. */
function frameOf(error: Error, file: string): string | undefined {
  for (const line of error.stack?.split('\n') ?? []) {
    const match = /\(?((?:file:\/\/)?\/[^():]+|[A-Za-z]:[^():]+):(\d+):(\d+)\)?$/.exec(line.trim());
    if (!match) continue;
    const path = match[1]!.startsWith('file:') ? fileURLToPath(match[1]!) : match[1]!;
    if (path === file) return codeFrame(file, Number(match[2]), Number(match[3]));
  }
  return undefined;
}

/** Some lines of a file with one of them pointed at. */
export function codeFrame(file: string, line: number, column: number): string | undefined {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const width = String(line + 2).length;
  const shown = lines.slice(Math.max(0, line - 3), line + 2).map((text, index) => {
    const number = Math.max(0, line - 3) + index + 1;
    const pointer = number === line ? '>' : ' ';
    const row = `${pointer} ${String(number).padStart(width)} | ${text}`;
    return number === line ? `${row}\n  ${' '.repeat(width)} | ${' '.repeat(Math.max(0, column - 1))}^` : row;
  });
  return `${relative(process.cwd(), file)}:${line}:${column}\n${shown.join('\n')}`;
}

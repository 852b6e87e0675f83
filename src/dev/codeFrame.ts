/**
 * Lines of the user's files around an error.
 */

import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { SuperColliderError } from 'react-collider';

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Some lines of a file with one of them pointed at; `undefined` when it cannot be read. */
export function codeFrame({ file, line, column }: Place): string | undefined {
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

/** Our folders: the code that runs, and the code that source maps lead to. */
const ourFolders = ['../../dist/', '../../src/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/** The lines of a stack that are in files of the user's: neither of a package, nor of ours, nor of Node. */
function placeIn(stack: string | undefined): Place | undefined {
  for (const text of stack?.split('\n') ?? []) {
    const match = /\(?((?:file:\/\/)?\/[^():]+|[A-Za-z]:[^():]+):(\d+):(\d+)\)?$/.exec(text.trim());
    if (!match) continue;
    const path = match[1]!.startsWith('file:') ? fileURLToPath(match[1]!) : match[1]!;
    const file = path.replace(/\?.*$/, '');
    if (file.includes('/node_modules/') || ourFolders.some((folder) => file.startsWith(folder))) continue;
    return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

/**
 * Finds where the user's files are wrong: the line that threw, or else the JSX of the element. What an element is wrong
 * about is in its JSX, whoever has rendered it.
 *
 * @param ownerStack - Of the component that threw, as lines of a stack. @default the error's own
 */
export function placeOf(
  error: Error,
  ownerStack = (error as SuperColliderError).ownerStack,
): Place | undefined {
  const isOfElement = (error as SuperColliderError).path !== undefined;
  const [thrown, written] = [placeIn(error.stack), placeIn(ownerStack)];
  return isOfElement ? (written ?? thrown) : (thrown ?? written);
}

export interface SyntaxProblem {
  readonly reason: string;
  readonly place: Place | undefined;
}

/**
 * Reads a syntax error of the transform. Vite's parser puts kind, reason and place into a coloured drawing: the kind
 * in brackets, the reason on the line after it, and `file:line:column`.
 */
export function syntaxProblemOf({ message }: Error): SyntaxProblem | undefined {
  const text = stripVTControlCharacters(message);
  const reason = /\[PARSE_ERROR\] (.+)/.exec(text)?.[1];
  if (reason === undefined) return undefined;
  const place = /\[ (\S+):(\d+):(\d+) \]/.exec(text);
  if (!place) return { reason, place: undefined };
  const [, path, line, column] = place;
  return { reason, place: { file: resolve(path!), line: Number(line), column: Number(column) } };
}

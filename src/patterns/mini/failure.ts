import { SuperColliderError } from '../../errors.js';

/** The letters of a long line that an error shows on each side of the place. */
const SHOWN = 40;

/**
 * The error for a place in a text of mini-notation, with a caret under the place.
 *
 * @param problem - A sentence without its end, such as `expected a number after "*"`.
 * @param found - Adds what stands at the place.
 */
export function failure(text: string, at: number, problem: string, found = false): SuperColliderError {
  const { line, column, lines } = locate(text, at);
  const seen = found ? `, found ${nameOf(text, at)}` : '';
  const shown = lines[line]!;
  const from = Math.max(0, column - SHOWN);
  const before = from > 0 ? '…' : '';
  const after = shown.length > column + SHOWN ? '…' : '';
  const excerpt = shown.slice(from, column + SHOWN).replace(/\s/g, ' ');
  return new SuperColliderError(
    'invalid-argument',
    `mini: ${problem} at ${placeOf(text, at)}${seen}.\n  ${before}${excerpt}${after}\n  ${' '.repeat(before.length + column - from)}^`,
  );
}

/** The place for another error's sentence, such as `column 4`. */
export function placeOf(text: string, at: number): string {
  const { line, column, lines } = locate(text, at);
  return lines.length === 1 ? `column ${column + 1}` : `line ${line + 1}, column ${column + 1}`;
}

function locate(text: string, at: number) {
  const lines = text.split('\n');
  const before = text.slice(0, at).split('\n');
  return { lines, line: before.length - 1, column: before.at(-1)!.length };
}

function nameOf(text: string, at: number): string {
  const letter = text.codePointAt(at);
  if (letter === undefined) return 'the end';
  const shown = String.fromCodePoint(letter);
  return /\s/.test(shown) ? 'a space' : shown === '"' ? "'\"'" : `"${shown}"`;
}

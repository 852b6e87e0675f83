import { Fraction } from '../cycles/fraction.js';
import type { WordNode } from './ast.js';
import { MAX_COUNT, MAX_DIGITS } from './limits.js';
import type { Reader } from './reader.js';

/** The numbers that an operator takes. */
export interface NumberRule {
  /** The number's place, for errors: `after "*"`. */
  readonly where: string;
  readonly low?: number;
  readonly high?: number;
  readonly isWhole?: boolean;
  readonly isOverZero?: boolean;
}

const NUMBER = /-?(?:\d+(?:\.\d+)?|\.\d+)/y;
// Words go on after a dot or a hyphen only with a letter, so that "0..3" and "bd ." are no words.
const WORD = /(?:-?\.?(?=\d))?[\p{L}\p{N}][\p{L}\p{N}\p{M}_#']*(?:[.-][\p{L}\p{N}][\p{L}\p{N}\p{M}_#']*)*/uy;
const SAMPLE = /\d+/y;
const WORD_LETTER = /[\p{L}\p{N}_#']/u;

/** Reads a word or a number, with its sample number. */
export function readWord(reader: Reader): string {
  const word = reader.match(WORD);
  if (word === undefined) reader.fail('expected a step');
  if (!reader.take(':')) return word;
  const sample = reader.match(SAMPLE);
  if (sample === undefined) reader.fail('expected a sample number after ":"');
  return `${word}:${sample}`;
}

/** Reads a number that fits a rule. */
export function readNumber(reader: Reader, rule: NumberRule): string {
  const at = reader.at;
  const text = reader.match(NUMBER);
  if (text === undefined || WORD_LETTER.test(reader.peek())) reader.fail(`expected a number ${rule.where}`);
  const { where, low, high, isWhole, isOverZero } = rule;
  if (text.replace(/\D/g, '').length > MAX_DIGITS)
    reader.fail(`expected a number ${where} of at most ${MAX_DIGITS} digits`, at);
  const value = Number(text);
  const isInside = value >= (low ?? -Infinity) && value <= (high ?? Infinity);
  if (isInside && (!isWhole || Number.isInteger(value)) && (!isOverZero || value > 0)) return text;
  const from = isOverZero ? ' over 0' : low === undefined ? '' : ` from ${low}`;
  const to = high === undefined ? '' : ` to ${high}`;
  const kind = isWhole ? 'a whole number' : 'a number';
  reader.fail(`expected ${kind} ${where}${from || to ? ',' : ''}${from}${to}, not ${text},`, at);
}

/** Reads `..` and the last number of a range, and returns all its numbers; downwards where the last is the smaller. */
export function readRange(reader: Reader, first: string, rule: NumberRule | undefined): WordNode[] {
  const at = reader.at;
  reader.take('..');
  reader.skipSpace();
  const last = readNumber(reader, { where: 'after ".."', isWhole: true, ...rule });
  if (!Number.isInteger(Number(last))) reader.fail('expected a whole number after ".."', at);
  if ('*/!@?:('.includes(reader.peek()) && reader.peek() !== '')
    reader.fail('a range with an operator needs brackets, such as "[0 .. 3]*2",', reader.at);
  const from = Fraction.decimal(first);
  const count = Math.abs(Number(last) - Number(first)) + 1;
  if (count > MAX_COUNT)
    reader.fail(`a range of ${count} numbers, and at most ${MAX_COUNT} are possible,`, at);
  const direction = Number(last) < Number(first) ? -1 : 1;
  return Array.from({ length: count }, (_, index) => ({
    type: 'word',
    text: String(from.plus(direction * index)),
    at,
    depth: 1,
  }));
}

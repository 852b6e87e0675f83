/** OSC messages as text, as one writes and reads them: `/n_set 1000 freq 440.5 "a name" [1 2]`. */

import type { Message, ReceivedMessage } from '../../server/index.js';

type Argument = Message[number];

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|\[|\]|[^\s[\]"]+)/gy;

/**
 * A message from its text. A number with a point goes out as float32, one without as int32. Text in quotes, and any other
 * word, goes out as a string; `[1 2]` as an array.
 *
 * @throws Error that says where it cannot be read.
 */
export function parseMessage(text: string): Message {
  const tokens = [...tokensOf(text.trim())];
  const [address, ...rest] = tokens;
  if (!address?.startsWith('/'))
    throw new Error(`"${text}" is no message: it begins with an address, such as /status or /n_set.`);
  const open: Argument[][] = [[]];
  for (const token of rest) {
    if (token === '[') open.push([]);
    else if (token === ']') {
      const array = open.pop()!;
      if (open.length === 0) throw new Error(`"${text}" closes an array that it does not open.`);
      open.at(-1)!.push(array as Argument);
    } else open.at(-1)!.push(argumentOf(token));
  }
  if (open.length > 1) throw new Error(`"${text}" opens an array that it does not close: "]" is missing.`);
  return [address, ...open[0]!] as Message;
}

function* tokensOf(text: string): Generator<string> {
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const found = TOKEN.exec(text);
    if (!found)
      throw new Error(`The text cannot be read from "${text.slice(at, at + 20)}" on: a quote is open.`);
    at = TOKEN.lastIndex;
    yield found[1]!;
  }
}

function argumentOf(token: string): Argument {
  if (token.startsWith('"')) return JSON.parse(token) as string;
  const value = Number(token);
  if (Number.isNaN(value)) return token;
  return /^-?\d+$/.test(token) ? value : { type: 'float', value };
}

/** A message as text; numbers without the digits that float32 does not have. */
export function printMessage([address, ...args]: Message): string {
  return [address, ...args.map(printArgument)].join(' ');
}

export const printReceived = ({ address, args }: ReceivedMessage): string =>
  printMessage([address, ...(args as Message[number][])]);

function printArgument(argument: unknown): string {
  if (argument instanceof Uint8Array) return `<${argument.length} bytes>`;
  if (Array.isArray(argument)) return `[${argument.map(printArgument).join(' ')}]`;
  if (typeof argument === 'string') return /^[\w/.-]+$/.test(argument) ? argument : JSON.stringify(argument);
  if (typeof argument === 'number')
    return String(Number.isInteger(argument) ? argument : Number(argument.toPrecision(7)));
  if (typeof argument === 'object' && argument !== null && 'type' in argument)
    return 'value' in argument ? printArgument(argument.value) : String(argument.type);
  return String(argument);
}

/** Bytes of a message in a packet, with the 4 that say how many they are. */
export function sizeOf([address, ...args]: Message): number {
  // The type tags: a comma, one for each argument, two for the brackets of an array.
  const tags = { count: 1, bytes: 0 };
  for (const argument of args) measure(argument, tags);
  return 4 + padded(bytesOf(address) + 1) + padded(tags.count + 1) + tags.bytes;
}

function measure(argument: unknown, tags: { count: number; bytes: number }): void {
  tags.count += 1;
  if (typeof argument === 'string') tags.bytes += padded(bytesOf(argument) + 1);
  else if (argument instanceof Uint8Array) tags.bytes += 4 + padded(argument.length);
  else if (Array.isArray(argument)) {
    tags.count += 1;
    for (const element of argument) measure(element, tags);
  } else tags.bytes += 4;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;
const padded = (bytes: number): number => (bytes + 3) & ~3;

/** Sizes of packets in bytes, without writing them. */

import type { Argument, Message } from './message.js';
import { encodeTyped, tagCount } from './typed.js';

const textEncoder = new TextEncoder();

/** The size of a message in bytes. */
export function sizeOf(message: Message): number {
  const tags = tagCount(message, 1);
  if (tags < 0) return encodeTyped(message).length;
  let size = stringSize(message[0]) + ((tags + 5) & ~3);
  for (let index = 1; index < message.length; index++) size += argumentSize(message[index]!);
  return size;
}

function argumentSize(argument: Argument): number {
  if (typeof argument === 'number') return 4;
  if (typeof argument === 'string') return stringSize(argument);
  if (argument instanceof Uint8Array) return 4 + ((argument.length + 3) & ~3);
  if (Array.isArray(argument)) return argument.reduce((sum: number, part) => sum + argumentSize(part), 0);
  return 8;
}

function stringSize(text: string): number {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0x80) return (textEncoder.encode(text).length + 4) & ~3;
  }
  return (text.length + 4) & ~3;
}

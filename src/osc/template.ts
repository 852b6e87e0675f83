/**
 * Messages of which only numbers change: everything else of their bytes is made once.
 *
 * A commit may hold a thousand messages that differ in an id and a few values. Copying words and putting these in
 * takes a fifth of the time of writing address, type tags and names each time.
 */

import { BUNDLE_HEADER, encodePacket } from './encode.js';
import type { Argument } from './message.js';

export class MessageTemplate {
  /** The message as an element of a bundle: its size, then its bytes, in words as they lie in memory. */
  readonly words: Int32Array;
  /** The size of the message in bytes. */
  readonly size: number;
  /**
   * The positions of its numbers, in their order: type tag and value in turn, in bytes from the message's
   * size on.
   */
  readonly places: Int32Array;

  /** @param args - Strings, which stay, and numbers, which stand for those that are put in. */
  constructor(address: string, args: readonly Argument[]) {
    const bytes = encodePacket({ timetag: [0, 1], elements: [[address, ...args]] }).slice(BUNDLE_HEADER);
    this.words = new Int32Array(bytes.buffer);
    this.size = bytes.length;
    // After the address come a comma, a tag for each argument, and at least one zero.
    let tag = bytes.indexOf(COMMA, 4) + 1;
    let value = (tag + args.length + 4) & ~3;
    const places: number[] = [];
    for (const argument of args) {
      if (typeof argument === 'number') places.push(tag, value);
      value = typeof argument === 'number' ? value + 4 : (bytes.indexOf(0, value) + 4) & ~3;
      tag += 1;
    }
    this.places = Int32Array.from(places);
  }
}

const COMMA = 0x2c;

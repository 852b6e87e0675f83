/**
 * Bytes to packets. What comes from a network may be anything, so every length is checked before it is
 * believed.
 *
 * @see https://opensoundcontrol.stanford.edu/spec-1_0.html
 */

import { SuperColliderError } from '../errors.js';
import type { ReceivedArgument, ReceivedMessage, ReceivedPacket } from './message.js';

const TAG_COMMA = 0x2c;
const TAG_INT = 0x69;
const TAG_FLOAT = 0x66;
const TAG_STRING = 0x73;
const TAG_OPEN = 0x5b;
const TAG_CLOSE = 0x5d;

const textDecoder = new TextDecoder();
/** Deeper than anybody nests; a bound, so that a hostile packet cannot exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * The packet that the bytes are.
 *
 * Types i f s S b d h t c r m T F N I and arrays are read. A 64-bit integer becomes the nearest double:
 * exact up to 2^53.
 *
 * @throws SuperColliderError `invalid-osc`, saying what is wrong at which byte.
 */
export function decodePacket(bytes: Uint8Array): ReceivedPacket {
  return new Reader(bytes).packet(bytes.length, 0);
}

/** All messages of a packet, in order, however deep they are nested. */
export function messagesOf(packet: ReceivedPacket): readonly ReceivedMessage[] {
  return 'address' in packet ? [packet] : packet.elements.flatMap(messagesOf);
}

class Reader {
  readonly #view: DataView;
  #position = 0;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  packet(end: number, depth: number): ReceivedPacket {
    if (end - this.#position < 4) throw this.#bad('a packet of at least 4 bytes');
    const address = this.#string(end);
    if (address === '#bundle') return this.#bundle(end, depth);
    if (!address.startsWith('/')) throw this.#bad('an address that starts with "/" or "#bundle"', 0);
    if (this.#position >= end) return { address, args: [] };
    const tags = this.#position;
    this.#skipString(end);
    if (this.bytes[tags] !== TAG_COMMA) throw this.#bad('type tags that start with ","');
    return { address, args: this.#arguments(tags + 1, end) };
  }

  #bundle(end: number, depth: number): ReceivedPacket {
    if (depth > MAX_DEPTH) throw this.#bad(`bundles nested at most ${MAX_DEPTH} deep`);
    const timetag = [this.#uint32(end), this.#uint32(end)] as const;
    const elements: ReceivedPacket[] = [];
    while (this.#position < end) {
      const size = this.#int32(end);
      if (size < 4 || size % 4 !== 0 || this.#position + size > end) {
        throw this.#bad(`an element of ${size} bytes to fit into the ${end - this.#position} that are left`);
      }
      const elementEnd = this.#position + size;
      elements.push(this.packet(elementEnd, depth + 1));
      this.#position = elementEnd;
    }
    return { timetag, elements };
  }

  /** @param tags - The index of the first type tag; a zero byte ends the tags. */
  #arguments(tags: number, end: number): readonly ReceivedArgument[] {
    const { bytes } = this;
    let open: ReceivedArgument[][] | undefined;
    let args: ReceivedArgument[] = [];
    for (let at = tags; bytes[at] !== 0; at++) {
      const tag = bytes[at]!;
      if (tag === TAG_INT) args.push(this.#int32(end));
      else if (tag === TAG_FLOAT) args.push(this.#float32(end));
      else if (tag === TAG_STRING) args.push(this.#string(end));
      else if (tag === TAG_OPEN) {
        open ??= [];
        if (open.length > MAX_DEPTH) throw this.#bad(`arrays nested at most ${MAX_DEPTH} deep`);
        open.push(args);
        args = [];
      } else if (tag === TAG_CLOSE) {
        const outer = open?.pop();
        if (!outer) throw this.#bad('"[" before "]" in the type tags');
        outer.push(args);
        args = outer;
      } else {
        args.push(this.#argument(String.fromCharCode(tag), end));
      }
    }
    if (open && open.length > 0) throw this.#bad('"]" for each "[" in the type tags');
    return args;
  }

  #argument(tag: string, end: number): ReceivedArgument {
    switch (tag) {
      case 'S':
        return this.#string(end);
      case 'b':
        return this.#blob(end);
      case 'd':
        return this.#view.getFloat64(this.#advance(8, end));
      case 'h':
        return Number(this.#view.getBigInt64(this.#advance(8, end)));
      case 't':
        return [this.#uint32(end), this.#uint32(end)];
      case 'c':
        return String.fromCodePoint(this.#int32(end) & 0xffff);
      case 'r':
      case 'm':
        return this.#uint32(end);
      case 'T':
        return true;
      case 'F':
        return false;
      case 'N':
        return null;
      case 'I':
        return Number.POSITIVE_INFINITY;
      default:
        throw this.#bad(`a known type tag, not "${tag}"`);
    }
  }

  #blob(end: number): Uint8Array {
    const size = this.#int32(end);
    if (size < 0 || this.#position + size > end) throw this.#bad(`a blob of ${size} bytes to fit`);
    const blob = this.bytes.slice(this.#position, this.#position + size);
    this.#position = Math.min(end, this.#position + ((size + 3) & ~3));
    return blob;
  }

  #string(end: number): string {
    const { bytes } = this;
    const start = this.#position;
    const stop = this.#skipString(end);
    let text = '';
    for (let at = start; at < stop; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x80) return textDecoder.decode(bytes.subarray(start, stop));
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Goes past a string and its padding; returns where its zero byte is. */
  #skipString(end: number): number {
    const { bytes } = this;
    const start = this.#position;
    let at = start;
    while (at < end && bytes[at] !== 0) at++;
    if (at >= end) throw this.#bad('a string to end with a zero byte', start);
    this.#position = Math.min(end, (at + 4) & ~3);
    return at;
  }

  #int32(end: number): number {
    return this.#view.getInt32(this.#advance(4, end));
  }

  #uint32(end: number): number {
    return this.#view.getUint32(this.#advance(4, end));
  }

  #float32(end: number): number {
    return this.#view.getFloat32(this.#advance(4, end));
  }

  /** The position of the next bytes, when there are so many. */
  #advance(size: number, end: number): number {
    const at = this.#position;
    if (at + size > end) throw this.#bad(`${size} more bytes`);
    this.#position = at + size;
    return at;
  }

  #bad(expected: string, at = this.#position): SuperColliderError {
    return new SuperColliderError(
      'invalid-osc',
      `A packet of ${this.bytes.length} bytes is no OSC: expected ${expected} at byte ${at}.`,
    );
  }
}

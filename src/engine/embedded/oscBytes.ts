/**
 * Reads parts of OSC packets without decoding them.
 *
 * The host forwards nearly all messages as plain bytes. It reads the arguments only of commands that it
 * carries out itself.
 */

import { COMMAND_NUMBERS } from '../../osc/commandNumbers.js';

export type OscBytes = Uint8Array<ArrayBufferLike>;

const HASH = 0x23;
const COMMA = 0x2c;

const align = (offset: number): number => (offset + 3) & ~3;

const viewOf = (bytes: OscBytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const isBundle = (packet: OscBytes): boolean => packet.length >= 16 && packet[0] === HASH;

/** The seconds and fraction of a bundle's timetag. */
export function bundleTime(bundle: OscBytes): readonly [seconds: number, fraction: number] {
  const view = viewOf(bundle);
  return [view.getUint32(8), view.getUint32(12)];
}

/**
 * The elements of a bundle, as parts of its bytes.
 *
 * @throws RangeError when an element's size is no multiple of 4 or reaches beyond the bundle.
 */
export function bundleElements(bundle: OscBytes): OscBytes[] {
  const view = viewOf(bundle);
  const elements: OscBytes[] = [];
  let offset = 16;
  while (offset < bundle.length) {
    const size = offset + 4 <= bundle.length ? view.getInt32(offset) : -1;
    offset += 4;
    if (size < 0 || size % 4 !== 0 || offset + size > bundle.length) {
      throw new RangeError(`an element of ${size} bytes at ${offset - 4} in a bundle of ${bundle.length}`);
    }
    if (size > 0) elements.push(bundle.subarray(offset, offset + size));
    offset += size;
  }
  return elements;
}

const COMMANDS: ReadonlySet<string> = new Set(
  [...COMMAND_NUMBERS, 'rtMemoryStatus'].filter((name) => name !== 'n_cmd').map((name) => `/${name}`),
);

/**
 * Tells if the engine or the host knows a command of this name. The engine itself ignores unknown names
 * silently.
 */
export const isCommand = (address: string): boolean => COMMANDS.has(address);

/** The address of a message, always with its slash; a command number gives the command's name. */
export function addressOf(message: OscBytes): string {
  if (message[0] === 0) return `/${COMMAND_NUMBERS[message[3] ?? 0] ?? message[3]}`;
  let address = '';
  for (let i = 0; i < message.length && message[i] !== 0; i++) address += String.fromCharCode(message[i]!);
  return address.startsWith('/') ? address : `/${address}`;
}

/**
 * The fault of a message that would crash or hang the engine, which checks nothing itself.
 *
 * Faults are arguments that reach beyond the message, invalid tags, and most arrays. Only arrays of int32, float32 and
 * strings are allowed, because scsynth never finds the end of any other.
 */
export function faultOf(message: OscBytes): string | undefined {
  const { length } = message;
  let at = message[0] === 0 ? 4 : 0;
  while (at < length && message[at] !== 0) at++;
  if (at >= length && message[0] !== 0) return 'an address without end';
  const tags = message[0] === 0 ? 4 : align(at + 1);
  if (tags >= length) return undefined;
  if (message[tags] !== COMMA) return 'no type tags';
  let end = tags;
  while (end < length && message[end] !== 0) end++;
  let offset = align(end + 1);
  let depth = 0;
  for (let tag = tags + 1; tag < end; tag++) {
    const kind = message[tag]!;
    if (kind === OPEN) depth++;
    else if (kind === CLOSE) depth--;
    else {
      const size = sizeOf(kind, message, offset);
      if (size === undefined) return `an argument of the type "${String.fromCharCode(kind)}"`;
      if (depth > 0 && kind !== INT && kind !== FLOAT && kind !== STRING) {
        return 'an array of anything but int32, float32 and strings';
      }
      offset += size;
    }
  }
  if (depth !== 0) return 'an array without end';
  return offset > length ? `arguments of ${offset} bytes in a message of ${length}` : undefined;
}

const OPEN = 0x5b;
const CLOSE = 0x5d;
const INT = 0x69;
const FLOAT = 0x66;
const STRING = 0x73;
/** Bytes of the types of fixed size: c d f h i m r t, and F I N T, which have none. */
const SIZES: Readonly<Record<string, number>> = {
  c: 4,
  d: 8,
  f: 4,
  h: 8,
  i: 4,
  m: 4,
  r: 4,
  t: 8,
  F: 0,
  I: 0,
  N: 0,
  T: 0,
};

/** Bytes that an argument takes; `undefined` for a type that there is not. */
function sizeOf(kind: number, message: OscBytes, at: number): number | undefined {
  if (kind === INT || kind === FLOAT) return 4;
  if (kind === STRING || kind === 0x53) {
    let end = at;
    while (end < message.length && message[end] !== 0) end++;
    return align(end + 1) - at;
  }
  if (kind === 0x62) {
    if (at + 4 > message.length) return 4;
    const size = viewOf(message).getInt32(at);
    return size < 0 ? message.length : 4 + align(size);
  }
  return SIZES[String.fromCharCode(kind)];
}

/** One argument of a message: its tag, and where its bytes lie. An array is one argument with tag `[`. */
export interface Argument {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  /** The tags of an array, with the brackets; else the tag. */
  readonly tags: string;
}

/**
 * The arguments of a message, read one after the other as scsynth reads them.
 *
 * Each read has a default, for a missing argument and for one of another type.
 */
export class MessageArguments {
  readonly message: OscBytes;
  readonly #view: DataView;
  readonly #tags: string;
  #tag = 0;
  #offset: number;

  /** @throws RangeError when the message has no tags, or they reach beyond it. */
  constructor(message: OscBytes) {
    this.message = message;
    this.#view = viewOf(message);
    let end = message[0] === 0 ? 4 : 0;
    while (end < message.length && message[end] !== 0) end++;
    let offset = message[0] === 0 ? 4 : align(end + 1);
    let tags = '';
    if (message[offset] === COMMA) {
      let at = offset + 1;
      while (at < message.length && message[at] !== 0) tags += String.fromCharCode(message[at++]!);
      offset = align(at + 1);
    }
    this.#tags = tags;
    this.#offset = offset;
  }

  get isAtEnd(): boolean {
    return this.#tag >= this.#tags.length;
  }

  /** The next argument's tag, `undefined` at the end. */
  get tag(): string | undefined {
    return this.#tags[this.#tag];
  }

  /** The next argument, whatever it is; an array with all that is in it. */
  next(): Argument {
    const first = this.#tag;
    const start = this.#offset;
    let depth = 0;
    do {
      const tag = this.#tags[this.#tag++];
      if (tag === '[') depth++;
      else if (tag === ']') depth--;
      else this.#offset = this.#endOf(tag);
    } while (depth > 0 && this.#tag < this.#tags.length);
    return {
      tag: this.#tags[first] ?? '',
      start,
      end: this.#offset,
      tags: this.#tags.slice(first, this.#tag),
    };
  }

  /** A whole number; a float is cut off. */
  int(otherwise = 0): number {
    const value = this.number(Number.NaN);
    return Number.isNaN(value) ? otherwise : Math.trunc(value);
  }

  number(otherwise: number): number {
    const { tag, start } = this.next();
    if (tag === 'i') return this.#view.getInt32(start);
    if (tag === 'f') return this.#view.getFloat32(start);
    if (tag === 'd') return this.#view.getFloat64(start);
    if (tag === 'h') return Number(this.#view.getBigInt64(start));
    return otherwise;
  }

  /** A string, as UTF-8; `undefined` when the next argument is none, which is then not taken. */
  string(): string | undefined {
    if (this.tag !== 's' && this.tag !== 'S') return undefined;
    const { start, end } = this.next();
    const text = this.message.slice(start, end);
    const zero = text.indexOf(0);
    return new TextDecoder().decode(zero < 0 ? text : text.subarray(0, zero));
  }

  /** A blob; `undefined` when the next argument is none, which is then not taken. */
  blob(): OscBytes | undefined {
    if (this.tag !== 'b') return undefined;
    const { start } = this.next();
    const size = this.#view.getInt32(start);
    return this.message.subarray(start + 4, start + 4 + size);
  }

  #endOf(tag: string | undefined): number {
    const at = this.#offset;
    const end = at + (tag === undefined ? 0 : (sizeOf(tag.charCodeAt(0), this.message, at) ?? 0));
    if (end > this.message.length) {
      throw new RangeError(
        `an argument of ${end - at} bytes at ${at} in a message of ${this.message.length}`,
      );
    }
    return end;
  }
}

/** A bundle's bytes. */
export function encodeBundle(seconds: number, fraction: number, elements: readonly OscBytes[]): OscBytes {
  let size = 16;
  for (const element of elements) size += 4 + element.length;
  const bundle = new Uint8Array(size);
  const view = viewOf(bundle);
  bundle.set([0x23, 0x62, 0x75, 0x6e, 0x64, 0x6c, 0x65, 0]);
  view.setUint32(8, seconds);
  view.setUint32(12, fraction);
  let offset = 16;
  for (const element of elements) {
    view.setInt32(offset, element.length);
    bundle.set(element, offset + 4);
    offset += 4 + element.length;
  }
  return bundle;
}

export function padded(bytes: OscBytes, atLeast = 0): OscBytes {
  const out = new Uint8Array(align(bytes.length + atLeast));
  out.set(bytes);
  return out;
}

export function joined(parts: readonly OscBytes[]): OscBytes {
  let size = 0;
  for (const part of parts) size += part.length;
  const out = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

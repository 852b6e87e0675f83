/**
 * Packets to bytes, into a buffer that is used again and again.
 *
 * A commit may hold a thousand messages, so nothing is allocated on the way. What the plain form of an
 * argument cannot say (`TypedArgument`) is written by osc-min.
 *
 * @see https://opensoundcontrol.stanford.edu/spec-1_0.html
 */

import { type OscMessageInput, toBuffer } from 'osc-min';
import { SuperColliderError } from '../errors.js';
import {
  type Argument,
  type Bundle,
  isMessage,
  type Message,
  type Packet,
  type TypedArgument,
} from './message.js';

const INITIAL_CAPACITY = 65_536;
const TAG_COMMA = 0x2c;
const TAG_INT = 0x69;
const TAG_FLOAT = 0x66;
const TAG_STRING = 0x73;
const TAG_BLOB = 0x62;
const TAG_OPEN = 0x5b;
const TAG_CLOSE = 0x5d;

const textEncoder = new TextEncoder();

export class OscWriter {
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #position = 0;

  /**
   * The packet as bytes. They are this writer's own until the next call.
   *
   * @throws SuperColliderError `bad-osc` for what OSC cannot say (NaN, undefined, null), naming address
   *   and argument, and for a bundle of messages beside bundles, of which scsynth loses the messages.
   */
  write(packet: Packet): Uint8Array {
    this.#position = 0;
    this.#packet(packet);
    return this.#bytes.subarray(0, this.#position);
  }

  #packet(packet: Packet): void {
    if (isMessage(packet)) this.#message(packet);
    else this.#bundle(packet);
  }

  #bundle({ timetag, elements }: Bundle): void {
    const first = elements[0];
    const ofMessages = first === undefined || isMessage(first);
    this.#reserve(16);
    this.#string('#bundle');
    this.#view.setUint32(this.#position, timetag[0]);
    this.#view.setUint32(this.#position + 4, timetag[1]);
    this.#position += 8;
    for (const element of elements) {
      if (isMessage(element) !== ofMessages) {
        throw new SuperColliderError(
          'bad-osc',
          'A bundle holds messages beside bundles: scsynth would lose the messages. Put the messages into a bundle of their own.',
        );
      }
      this.#reserve(4);
      const start = this.#position;
      this.#position += 4;
      this.#packet(element);
      this.#view.setInt32(start, this.#position - start - 4);
    }
  }

  #message(message: Message): void {
    // The tags' room is known only after the arguments are counted: brackets take a tag of their own.
    const count = tagCount(message, 1);
    if (count < 0) {
      this.#append(encodeTyped(message));
      return;
    }
    this.#string(message[0]);
    const tags = this.#position;
    const room = (count + 5) & ~3;
    this.#reserve(room);
    this.#bytes.fill(0, tags, tags + room);
    this.#bytes[tags] = TAG_COMMA;
    this.#position = tags + room;
    this.#arguments(message, 1, tags + 1, message);
  }

  /** Writes arguments from `index` on, and their tags from `tag` on; returns where the next tag goes. */
  #arguments(args: readonly Argument[], index: number, tag: number, message: Message): number {
    let at = tag;
    for (let position = index; position < args.length; position++) {
      const argument = args[position];
      if (typeof argument === 'number') {
        this.#reserve(4);
        if ((argument | 0) === argument) {
          this.#bytes[at++] = TAG_INT;
          this.#view.setInt32(this.#position, argument);
        } else if (Number.isFinite(argument)) {
          this.#bytes[at++] = TAG_FLOAT;
          this.#view.setFloat32(this.#position, argument);
        } else throw badArgument(message, argument);
        this.#position += 4;
      } else if (typeof argument === 'string') {
        this.#bytes[at++] = TAG_STRING;
        this.#string(argument);
      } else if (argument instanceof Uint8Array) {
        this.#bytes[at++] = TAG_BLOB;
        this.#blob(argument);
      } else if (Array.isArray(argument)) {
        this.#bytes[at++] = TAG_OPEN;
        at = this.#arguments(argument, 0, at, message);
        this.#bytes[at++] = TAG_CLOSE;
      } else throw badArgument(message, argument);
    }
    return at;
  }

  #string(text: string): void {
    // At most three bytes of UTF-8 for a UTF-16 unit, the closing zero, and padding.
    this.#reserve(text.length * 3 + 4);
    const bytes = this.#bytes;
    let at = this.#position;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) {
        at = this.#position + textEncoder.encodeInto(text, bytes.subarray(this.#position)).written;
        break;
      }
      bytes[at++] = code;
    }
    do bytes[at++] = 0;
    while (at & 3);
    this.#position = at;
  }

  #blob(blob: Uint8Array): void {
    this.#reserve(blob.length + 8);
    this.#view.setInt32(this.#position, blob.length);
    this.#position += 4;
    this.#append(blob);
    while (this.#position & 3) this.#bytes[this.#position++] = 0;
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length + 4);
    this.#bytes.set(bytes, this.#position);
    this.#position += bytes.length;
  }

  #reserve(bytes: number): void {
    const wanted = this.#position + bytes;
    if (wanted <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** The packet as bytes of its own. */
export const encodePacket = (packet: Packet): Uint8Array => new OscWriter().write(packet).slice();

/** How many bytes a message takes. */
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

/** How many type tags the arguments take; -1 when one of them has its type said outright. */
function tagCount(args: readonly Argument[], from: number): number {
  let count = 0;
  for (let index = from; index < args.length; index++) {
    const argument = args[index]!;
    count += 1;
    if (typeof argument !== 'object') continue;
    if (Array.isArray(argument)) {
      const inside = tagCount(argument, 0);
      if (inside < 0) return -1;
      count += 1 + inside;
    } else if (isTyped(argument)) return -1;
  }
  return count;
}

const isTyped = (argument: Argument): argument is TypedArgument =>
  typeof argument === 'object' &&
  argument !== null &&
  !(argument instanceof Uint8Array) &&
  !Array.isArray(argument) &&
  'type' in argument;

function encodeTyped([address, ...args]: Message): Uint8Array {
  const view = toBuffer({ address, args: args.map(toOscMin) } as OscMessageInput);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function toOscMin(argument: Argument): unknown {
  if (typeof argument === 'number') {
    return { type: (argument | 0) === argument ? 'integer' : 'float', value: argument };
  }
  if (typeof argument === 'string') return { type: 'string', value: argument };
  if (argument instanceof Uint8Array) {
    return { type: 'blob', value: new DataView(argument.buffer, argument.byteOffset, argument.byteLength) };
  }
  if (Array.isArray(argument)) return { type: 'array', value: argument.map(toOscMin) };
  const typed = argument as TypedArgument;
  if (typed.type === 'blob') return toOscMin(typed.value);
  return typed;
}

function badArgument([address, ...args]: Message, argument: unknown): SuperColliderError {
  const where = args.findIndex((candidate) => candidate === argument || Number.isNaN(candidate));
  return new SuperColliderError(
    'bad-osc',
    `${address}: argument ${where < 0 ? '' : `${where + 1} `}is ${String(argument)}. An OSC argument is a finite number, a string, bytes or an array of these.`,
  );
}

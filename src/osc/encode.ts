/**
 * Packets to bytes, into a buffer that is used again and again.
 *
 * A commit may hold a thousand messages, so nothing is allocated on the way. What the plain form of an
 * argument cannot say (`TypedArgument`) is written by osc-min.
 *
 * @see https://opensoundcontrol.stanford.edu/spec-1_0.html
 */

import { SuperColliderError } from '../errors.js';
import { isFloat32 } from '../units.js';
import { type Argument, type Bundle, isMessage, type Message, type Packet } from './message.js';
import type { Timetag } from './timetag.js';
import { encodeTyped, tagCount } from './typed.js';

const INITIAL_CAPACITY = 65_536;
/** Bytes of `#bundle` and the timetag. */
export const BUNDLE_HEADER = 16;
const TAG_COMMA = 0x2c;
const TAG_INT = 0x69;
const TAG_FLOAT = 0x66;
const TAG_STRING = 0x73;
const TAG_BLOB = 0x62;
const TAG_OPEN = 0x5b;
const TAG_CLOSE = 0x5d;

const textEncoder = new TextEncoder();

/**
 * Writes packets.
 *
 * `write` takes a whole packet as data. `begin`, `open`… write a packet piece by piece, where making the data
 * first would cost more than the bytes.
 */
export class OscWriter {
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  /** Everything in a packet begins at a multiple of four bytes. */
  #words = new Int32Array(this.#bytes.buffer);
  #position = 0;
  /** The position of the next type tag of the open message. */
  #tag = 0;

  /**
   * The packet as bytes. They are this writer's own until the next call.
   *
   * @throws SuperColliderError `invalid-osc` for values that OSC cannot express (NaN, undefined, null), naming
   *   address and argument. It also throws for a bundle of messages beside bundles, of which scsynth loses
   *   the messages.
   */
  write(packet: Packet): Uint8Array {
    this.#position = 0;
    this.#packet(packet);
    return this.#bytes.subarray(0, this.#position);
  }

  /** The number of bytes so far. */
  get position(): number {
    return this.#position;
  }

  /** The bytes so far, up to `end`: this writer's own until it goes on. */
  written(end = this.#position): Uint8Array {
    return this.#bytes.subarray(0, end);
  }

  /** Starts a bundle. Elements follow, each opened, filled and closed, or appended. */
  begin(timetag: Timetag): void {
    this.#position = 0;
    this.#header(timetag);
  }

  /** Starts the bundle again with the bytes from `start` on, for a packet that became too large. */
  keepFrom(start: number): void {
    this.#bytes.copyWithin(BUNDLE_HEADER, start, this.#position);
    this.#position += BUNDLE_HEADER - start;
  }

  /** Adds a whole message to the bundle. */
  append(message: Message): void {
    const start = this.#startElement();
    this.#message(message);
    this.close(start);
  }

  /**
   * Starts a message of the bundle; returns where, for `close`.
   *
   * @param tags - How many arguments follow, by `int`, `number` and `string`.
   */
  open(address: string, tags: number): number {
    const start = this.#startElement();
    this.#string(address);
    this.#openTags(tags);
    return start;
  }

  int(value: number): void {
    this.#reserve(4);
    this.#bytes[this.#tag++] = TAG_INT;
    this.#view.setInt32(this.#position, value);
    this.#position += 4;
  }

  /** A finite number: whole ones go out as int32. */
  number(value: number): void {
    this.#reserve(4);
    if ((value | 0) === value) {
      this.#bytes[this.#tag++] = TAG_INT;
      this.#view.setInt32(this.#position, value);
    } else {
      this.#bytes[this.#tag++] = TAG_FLOAT;
      this.#view.setFloat32(this.#position, value);
    }
    this.#position += 4;
  }

  string(text: string): void {
    this.#bytes[this.#tag++] = TAG_STRING;
    this.#string(text);
  }

  /** Ends the message that was opened at `start`. */
  close(start: number): void {
    this.#view.setInt32(start, this.#position - start - 4);
  }

  /** Adds a message as its template has it; returns where. */
  stamp({ words, size }: { readonly words: Int32Array; readonly size: number }): number {
    const start = this.#position;
    this.#reserve(size);
    this.#words.set(words, start >> 2);
    this.#position = start + size;
    return start;
  }

  /**
   * Puts an int32 into a template that was stamped.
   *
   * @param at - Where it was stamped, and the number's place in it.
   */
  putInt(at: number, number: number): void {
    this.#view.setInt32(at, number);
  }

  /** Puts a finite number into a template that was stamped, and its type tag: whole ones go out as int32. */
  putNumber(tag: number, at: number, number: number): void {
    if ((number | 0) === number) {
      this.#bytes[tag] = TAG_INT;
      this.#view.setInt32(at, number);
    } else {
      this.#bytes[tag] = TAG_FLOAT;
      this.#view.setFloat32(at, number);
    }
  }

  #startElement(): number {
    this.#reserve(4);
    const start = this.#position;
    this.#position += 4;
    return start;
  }

  #packet(packet: Packet): void {
    if (isMessage(packet)) this.#message(packet);
    else this.#bundle(packet);
  }

  #header(timetag: Timetag): void {
    this.#reserve(BUNDLE_HEADER);
    this.#string('#bundle');
    this.#view.setUint32(this.#position, timetag[0]);
    this.#view.setUint32(this.#position + 4, timetag[1]);
    this.#position += 8;
  }

  #bundle({ timetag, elements }: Bundle): void {
    const first = elements[0];
    const ofMessages = first === undefined || isMessage(first);
    this.#header(timetag);
    for (const element of elements) {
      if (isMessage(element) !== ofMessages) {
        throw new SuperColliderError(
          'invalid-osc',
          'A bundle holds messages beside bundles: scsynth would lose the messages. Put the messages into a bundle of their own.',
        );
      }
      const start = this.#startElement();
      this.#packet(element);
      this.close(start);
    }
  }

  #message(message: Message): void {
    if (typeof message[0] !== 'string' || message[0] === '') throw noAddress(message);
    // The tags' room is known only after the arguments are counted: brackets take a tag of their own.
    const count = tagCount(message, 1);
    if (count < 0) {
      this.#append(encodeTyped(message));
      return;
    }
    this.#string(message[0]);
    this.#openTags(count);
    this.#arguments(message, 1, message);
  }

  /** Makes room for type tags, and notes where they go. */
  #openTags(count: number): void {
    const room = (count + 5) & ~3;
    this.#reserve(room);
    const bytes = this.#bytes;
    const tags = this.#position;
    const end = tags + room;
    bytes[tags] = TAG_COMMA;
    // What is not padding is written with its argument.
    for (let at = tags + 1 + count; at < end; at++) bytes[at] = 0;
    this.#tag = tags + 1;
    this.#position = end;
  }

  #arguments(args: readonly Argument[], index: number, message: Message): void {
    for (let position = index; position < args.length; position++) {
      const argument = args[position];
      if (typeof argument === 'number') {
        if (!isFloat32(argument)) throw invalidArgument(message, argument);
        this.number(argument);
      } else if (typeof argument === 'string') {
        this.string(argument);
      } else if (argument instanceof Uint8Array) {
        this.#bytes[this.#tag++] = TAG_BLOB;
        this.#blob(argument);
      } else if (Array.isArray(argument)) {
        this.#bytes[this.#tag++] = TAG_OPEN;
        this.#arguments(argument, 0, message);
        this.#bytes[this.#tag++] = TAG_CLOSE;
      } else throw invalidArgument(message, argument);
    }
  }

  #string(text: string): void {
    const { length } = text;
    // At most three bytes of UTF-8 for a UTF-16 unit, the closing zero, and padding.
    this.#reserve(length * 3 + 4);
    const bytes = this.#bytes;
    let at = this.#position;
    for (let index = 0; index < length; index++) {
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
    if (wanted > this.#bytes.length) this.#grow(wanted);
  }

  #grow(wanted: number): void {
    const grown = new Uint8Array((Math.max(wanted, this.#bytes.length * 2) + 3) & ~3);
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
    this.#words = new Int32Array(grown.buffer);
  }
}

/** A writer's buffer of 64 kB would take longer to make than a message to write. */
const shared = new OscWriter();

/** The packet as bytes of its own. */
export const encodePacket = (packet: Packet): Uint8Array => shared.write(packet).slice();

const noAddress = ([address]: Message): SuperColliderError =>
  new SuperColliderError(
    'invalid-osc',
    `The address of a message is ${JSON.stringify(address)}. It is a string, such as "/n_set".`,
  );

function invalidArgument([address, ...args]: Message, argument: unknown): SuperColliderError {
  const where = args.findIndex((candidate) => candidate === argument || Number.isNaN(candidate));
  return new SuperColliderError(
    'invalid-osc',
    `${address}: argument ${where < 0 ? '' : `${where + 1} `}is ${String(argument)}. An OSC argument is a number up to 3.4e38, a string, bytes or an array of these.`,
  );
}

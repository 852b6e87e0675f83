/**
 * `.scsyndef` files as data: what a definition is on disk and in `/d_recv`.
 *
 * @see https://doc.sccode.org/Reference/Synth-Definition-File-Format.html
 */

import { SuperColliderError } from '../../errors.js';
import type { GraphInput, GraphUnit, SynthDefGraph, SynthDefVariant, UnitRate } from './graph.js';

const RATES: readonly UnitRate[] = ['scalar', 'control', 'audio', 'demand'];
const utf8 = new TextDecoder();

/**
 * All definitions of a file, version 1 or 2, in its order.
 *
 * @throws SuperColliderError `invalid-synthdef`, saying what is wrong at which byte.
 */
export function decodeSynthDefs(bytes: Uint8Array): SynthDefGraph[] {
  const reader = new Reader(bytes);
  if (reader.text(4) !== 'SCgf') {
    throw new SuperColliderError(
      'invalid-synthdef',
      'These bytes are no synthdef file: they do not start with "SCgf".',
    );
  }
  const version = reader.int32();
  if (version !== 1 && version !== 2) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `The synthdef file has version ${version}; 1 and 2 can be read.`,
    );
  }
  const count = reader.int16();
  return Array.from({ length: count }, () => new DefReader(reader, version).def());
}

/** Version 1 has 16-bit counts and indices where version 2 has 32. */
class DefReader {
  constructor(
    readonly reader: Reader,
    readonly version: 1 | 2,
  ) {}

  def(): SynthDefGraph {
    const { reader } = this;
    const name = reader.pstring();
    const constants = this.#list(() => reader.float32());
    const parameters = this.#list(() => reader.float32());
    const parameterNames = this.#list(() => ({ name: reader.pstring(), index: this.#count() }));
    const units = this.#list(() => this.#unit());
    const variants = Array.from(
      { length: reader.int16() },
      (): SynthDefVariant => ({ name: reader.pstring(), values: parameters.map(() => reader.float32()) }),
    );
    return { name, constants, parameters, parameterNames, units, variants };
  }

  #unit(): GraphUnit {
    const { reader } = this;
    const className = reader.pstring();
    const rate = this.#rate();
    const inputCount = this.#count();
    const outputCount = this.#count();
    const specialIndex = reader.int16();
    const inputs = Array.from({ length: reader.checked(inputCount) }, (): GraphInput => {
      const source = this.#count();
      const index = this.#count();
      return source < 0 ? { constant: index } : { unit: source, output: index };
    });
    const outputs = Array.from({ length: reader.checked(outputCount) }, () => this.#rate());
    return { className, rate, specialIndex, inputs, outputs };
  }

  #rate(): UnitRate {
    const code = this.reader.int8();
    const rate = RATES[code];
    if (!rate) throw this.reader.bad(`a rate from 0 to 3, not ${code}`);
    return rate;
  }

  #list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.reader.checked(this.#count()) }, read);
  }

  #count(): number {
    return this.version === 1 ? this.reader.int16() : this.reader.int32();
  }
}

class Reader {
  readonly #view: DataView;
  #position = 0;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2));
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4));
  }

  pstring(): string {
    return this.text(this.#view.getUint8(this.#take(1)));
  }

  text(length: number): string {
    const start = this.#take(length);
    return utf8.decode(this.bytes.subarray(start, start + length));
  }

  /** A count, when so many items can still be there. */
  checked(count: number): number {
    if (count < 0 || count > this.bytes.length - this.#position) throw this.bad(`room for ${count} items`);
    return count;
  }

  bad(expected: string): SuperColliderError {
    return new SuperColliderError(
      'invalid-synthdef',
      `A synthdef file of ${this.bytes.length} bytes is damaged: expected ${expected} before byte ${this.#position}.`,
    );
  }

  #take(size: number): number {
    const start = this.#position;
    if (start + size > this.bytes.length) throw this.bad(`${size} more bytes`);
    this.#position = start + size;
    return start;
  }
}

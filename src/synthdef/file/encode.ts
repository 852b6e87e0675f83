/**
 * Definitions as `.scsyndef` bytes.
 *
 * @see https://doc.sccode.org/Reference/Synth-Definition-File-Format.html
 */

import { SuperColliderError } from '../../errors.js';
import { isFloat32 } from '../../units.js';
import type { GraphUnit, SynthDefGraph, UnitRate } from './graph.js';

const RATE_CODES: Readonly<Record<UnitRate, number>> = { scalar: 0, control: 1, audio: 2, demand: 3 };

/**
 * @param version - 1 has 16-bit counts and indices; all servers since SuperCollider 3.6 read 2. @default 2
 * @throws SuperColliderError `invalid-synthdef` for a name of more than 255 bytes, which has no room for its
 *   length. It also throws for a unit that reads one that is not computed before it: a cycle, or nothing at
 *   all.
 */
export function encodeSynthDefs(defs: readonly SynthDefGraph[], version: 1 | 2 = 2): Uint8Array {
  const writer = new Writer(version);
  writer.text('SCgf');
  writer.int32(version);
  writer.int16(defs.length);
  for (const def of defs) writeDef(writer, def);
  return writer.bytes();
}

function writeDef(writer: Writer, def: SynthDefGraph): void {
  checkInputs(def);
  writer.pstring(def.name, `the definition "${def.name.slice(0, 40)}…"`);
  writer.list(def.constants, (constant) => writer.float32(constant));
  writer.list(def.parameters, (value) => writer.float32(value));
  writer.list(def.parameterNames, ({ name, index }) => {
    writer.pstring(name, `a control of "${def.name}"`);
    writer.count(index);
  });
  writer.list(def.units, (unit) => writeUnit(writer, unit));
  writer.int16(def.variants.length);
  for (const variant of def.variants) {
    writer.pstring(variant.name, `a variant of "${def.name}"`);
    for (const value of variant.values) writer.float32(value);
  }
}

function checkInputs({ name, units, constants }: SynthDefGraph): void {
  units.forEach(({ className, inputs }, index) => {
    inputs.forEach((input, position) => {
      const isThere =
        'constant' in input
          ? constants[input.constant] !== undefined
          : input.unit < index && units[input.unit]?.outputs[input.output] !== undefined;
      if (isThere) return;
      const what =
        'constant' in input ? `constant ${input.constant} of ${constants.length}` : readsWhat(units, input);
      throw new SuperColliderError(
        'invalid-synthdef',
        `"${name}": input ${position} of unit ${index} (${className}) is ${what}. ` +
          'A unit reads constants, and outputs of units before it; for feedback use LocalIn and LocalOut.',
      );
    });
  });
}

function readsWhat(
  units: readonly GraphUnit[],
  { unit, output }: { readonly unit: number; readonly output: number },
): string {
  const source = units[unit];
  return source
    ? `output ${output} of unit ${unit} (${source.className}), which has ${source.outputs.length}`
    : `unit ${unit} of ${units.length}`;
}

function writeUnit(writer: Writer, unit: GraphUnit): void {
  writer.pstring(unit.className, 'a unit generator');
  writer.int8(RATE_CODES[unit.rate]);
  writer.count(unit.inputs.length);
  writer.count(unit.outputs.length);
  writer.int16(unit.specialIndex);
  for (const input of unit.inputs) {
    writer.count('constant' in input ? -1 : input.unit);
    writer.count('constant' in input ? input.constant : input.output);
  }
  for (const rate of unit.outputs) writer.int8(RATE_CODES[rate]);
}

class Writer {
  #view = new DataView(new ArrayBuffer(4096));
  #position = 0;

  constructor(readonly version: 1 | 2) {}

  /** A count or an index, of the version's size. */
  count(value: number): void {
    if (this.version === 1) this.int16(value);
    else this.int32(value);
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer.slice(0, this.#position));
  }

  int8(value: number): void {
    const at = this.#take(1);
    this.#view.setInt8(at, value);
  }

  int16(value: number): void {
    const at = this.#take(2);
    this.#view.setInt16(at, value);
  }

  int32(value: number): void {
    const at = this.#take(4);
    this.#view.setInt32(at, value);
  }

  float32(value: number): void {
    if (Number.isFinite(value) && !isFloat32(value)) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `A number in a definition is ${value}. It is up to 3.4e38: more is infinite as a float32. For endless, write Infinity.`,
      );
    }
    const at = this.#take(4);
    this.#view.setFloat32(at, value);
  }

  pstring(text: string, what: string): void {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > 255) {
      throw new SuperColliderError(
        'invalid-synthdef',
        `The name of ${what} has ${bytes.length} bytes; 255 is the most that a file holds.`,
      );
    }
    this.int8(bytes.length);
    for (const byte of bytes) this.int8(byte);
  }

  text(text: string): void {
    for (let index = 0; index < text.length; index++) this.int8(text.charCodeAt(index));
  }

  list<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.count(items.length);
    for (const item of items) write(item);
  }

  #take(size: number): number {
    const start = this.#position;
    if (start + size > this.#view.byteLength) {
      const grown = new Uint8Array(this.#view.byteLength * 2);
      grown.set(new Uint8Array(this.#view.buffer));
      this.#view = new DataView(grown.buffer);
    }
    this.#position = start + size;
    return start;
  }
}

/** A unit generator in a graph that is being built. */

import type { UnitRate } from '../file/graph.js';
import { Constant, type Mono, UnitOutput } from '../signal/signal.js';
import type { InputCheck } from './checks.js';

/** Traits that all units of one class have in common. */
export interface UnitKind {
  /** As the server knows it: `SinOsc`. */
  readonly className: string;
  /** Does nothing but compute its outputs, so that it is left out when nobody reads them. */
  readonly pure?: boolean;
  /** Changes a buffer in place: stays before and after the others of its sort, as they were written. */
  readonly widthFirst?: boolean;
  /** Reads and writes the buffer of an FFT chain. */
  readonly chain?: boolean;
  /** Does something beyond its outputs: sounds, sends, writes, frees. */
  readonly effect?: boolean;
  /** Puts out 0…1 rather than -1…1, for `range`. */
  readonly unipolar?: boolean;
  /** Its outputs are several, or counted as such by sclang even when there is one. */
  readonly manyOutputs?: boolean;
  /** Names of the inputs, for messages; the last goes on for all that follow. */
  readonly inputNames?: readonly string[];
  readonly check?: InputCheck;
}

export interface UnitOptions {
  /** @default 1 */
  readonly outputs?: number;
  /** @default 0 */
  readonly specialIndex?: number;
  readonly operator?: string;
}

export class Unit {
  readonly specialIndex: number;
  /** Operator of a UnaryOpUGen or BinaryOpUGen. */
  readonly operator: string | undefined;
  readonly outputs: readonly UnitOutput[];
  /** Its place among the units. */
  index = -1;
  /** Units that read it. Shared with the unit that takes its place. */
  readers = new ReaderList([]);
  /** Width-first units before it. */
  widthFirstBefore: readonly Unit[] = [];
  /** Number of units that it still waits for while the graph is sorted. */
  waitsFor = 0;

  constructor(
    readonly kind: UnitKind,
    readonly rate: UnitRate,
    readonly inputs: Mono[],
    { outputs = 1, specialIndex = 0, operator }: UnitOptions = {},
  ) {
    this.specialIndex = specialIndex;
    this.operator = operator;
    this.outputs = Array.from({ length: outputs }, (_, index) => new UnitOutput(this, index, rate));
  }

  get className(): string {
    return this.kind.className;
  }

  /** Its only output; 0 for a unit without. */
  get output(): Mono {
    return this.outputs[0] ?? new Constant(0);
  }

  /** Name of an input, for messages. */
  inputName(index: number): string {
    const names = this.kind.inputNames;
    return names?.[index] ?? names?.at(-1) ?? `input ${index}`;
  }
}

/**
 * The units that read a unit, while the graph is optimized.
 *
 * sclang keeps them in an array of a power of two places (at least 4). When the array is full, sclang adds to
 * a copy, and then drops that copy. Later optimizations depend on this, so this list does the same. Measured
 * with sclang 3.13: a sorted array of 1, 2, 3, 4, 5, 8, 9 elements takes 3, 2, 1, 0, 3, 0, 7 more.
 */
export class ReaderList {
  readonly #capacity: number;

  constructor(readonly units: Unit[]) {
    this.#capacity = 2 ** Math.ceil(Math.log2(Math.max(4, units.length)));
  }

  get size(): number {
    return this.units.length;
  }

  /** Makes `after` read in place of `before`. */
  exchange(before: Unit, after: Unit): void {
    if (this.units.length >= this.#capacity) return;
    this.units.push(after);
    this.remove(before);
  }

  remove(unit: Unit): void {
    const index = this.units.indexOf(unit);
    if (index >= 0) this.units.splice(index, 1);
  }
}

import { encodeSynthDefs } from './file/encode.js';
import type { GraphInput, GraphUnit, UnitRate } from './file/graph.js';
import { type SynthDef, synthDefsFromBytes } from './synthDefsFromBytes.js';

/** Which operator of BinaryOpUGen. */
const TIMES = 2;
const MINUS = 1;

/** Builds a graph unit by unit: each input is a number, or an output of an earlier unit. */
export class GraphBuilder {
  readonly #units: GraphUnit[] = [];
  readonly #constants: number[] = [];

  constructor(
    readonly name: string,
    readonly controls: Readonly<Record<string, number>>,
  ) {
    this.unit('Control', 'control', [], Object.keys(controls).length);
  }

  control(name: string): GraphInput {
    return { unit: 0, output: Object.keys(this.controls).indexOf(name) };
  }

  /** Adds a unit; gives its outputs. */
  unit(
    className: string,
    rate: UnitRate,
    inputs: readonly (GraphInput | number)[],
    outputs = 1,
    specialIndex = 0,
  ): GraphInput[] {
    const unit = this.#units.length;
    this.#units.push({
      className,
      rate,
      specialIndex,
      inputs: inputs.map((input) => (typeof input === 'number' ? this.#constant(input) : input)),
      outputs: Array.from({ length: outputs }, () => rate),
    });
    return Array.from({ length: outputs }, (_, output) => ({ unit, output }));
  }

  one(className: string, rate: UnitRate, ...inputs: readonly (GraphInput | number)[]): GraphInput {
    return this.unit(className, rate, inputs)[0]!;
  }

  times(rate: UnitRate, a: GraphInput, b: GraphInput | number): GraphInput {
    return this.unit('BinaryOpUGen', rate, [a, b], 1, TIMES)[0]!;
  }

  minus(rate: UnitRate, a: GraphInput, b: GraphInput | number): GraphInput {
    return this.unit('BinaryOpUGen', rate, [a, b], 1, MINUS)[0]!;
  }

  build(): SynthDef {
    const names = Object.keys(this.controls);
    const graph = {
      name: this.name,
      constants: this.#constants,
      parameters: Object.values(this.controls),
      parameterNames: names.map((name, index) => ({ name, index })),
      units: this.#units,
      variants: [],
    };
    return synthDefsFromBytes(encodeSynthDefs([graph]))[0]!;
  }

  #constant(value: number): GraphInput {
    let constant = this.#constants.indexOf(value);
    if (constant < 0) constant = this.#constants.push(value) - 1;
    return { constant };
  }
}

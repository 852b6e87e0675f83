/** A graph that was written, as a definition. */

import { SuperColliderError } from '../../errors.js';
import type { GraphInput, SynthDefGraph, SynthDefVariant } from '../file/graph.js';
import { Constant, type Mono } from '../signal/signal.js';
import type { Graph } from './build.js';
import { wrongInput } from './checks.js';
import { addChainCopies } from './copies.js';
import { unnoticed } from './effects.js';
import { optimize } from './optimize.js';
import { sort } from './sort.js';
import type { Unit } from './unit.js';

/**
 * Compiles a graph.
 *
 * @param result - What the function of the definition returned.
 */
export function finish(graph: Graph, variants: readonly SynthDefVariant[], result?: unknown): SynthDefGraph {
  const problem = unnoticed(graph, result);
  addChainCopies(graph);
  optimize(graph);
  const constants = collectConstants(graph.units);
  check(graph);
  if (problem) throw problem;
  sort(graph);
  return {
    name: graph.name,
    constants: [...constants.keys()].map(Number),
    parameters: graph.parameters,
    parameterNames: graph.controls.map(({ name, index }) => ({ name, index })),
    units: graph.units.map((unit) => ({
      className: unit.className,
      rate: unit.rate,
      specialIndex: unit.specialIndex,
      inputs: unit.inputs.map((input) => inputOf(input, constants)),
      outputs: unit.outputs.map((output) => output.rate),
    })),
    variants,
  };
}

/** Numbers and their places; -0 is not 0 (1 / -0 is -∞). */
type Constants = Map<number | '-0', number>;

const keyOf = (value: number): number | '-0' => (Object.is(value, -0) ? '-0' : value);

/** Each number once, in the order in which the units were written. */
function collectConstants(units: readonly Unit[]): Constants {
  const constants: Constants = new Map();
  for (const unit of units) {
    for (const input of unit.inputs) {
      if (input instanceof Constant && !constants.has(keyOf(input.value))) {
        constants.set(keyOf(input.value), constants.size);
      }
    }
  }
  return constants;
}

function inputOf(input: Mono, constants: Constants): GraphInput {
  if (input instanceof Constant) return { constant: constants.get(keyOf(input.value))! };
  return { unit: input.unit.index, output: input.index };
}

function check(graph: Graph): void {
  for (const unit of graph.units) {
    const wrong = wrongInput(unit);
    if (wrong)
      throw new SuperColliderError(
        'invalid-synthdef',
        `synthDef("${graph.name}"): ${unit.className}: ${wrong}.`,
      );
  }
}

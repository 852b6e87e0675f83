/** A graph that was written, as a definition. */

import { SuperColliderError } from '../../errors.js';
import type { GraphInput, SynthDefGraph, SynthDefVariant } from '../file/graph.js';
import { Constant, type Mono, Signal } from '../signal/signal.js';
import type { Graph } from './build.js';
import { wrongInput } from './checks.js';
import { addChainCopies } from './copies.js';
import { optimize } from './optimize.js';
import { sort } from './sort.js';
import type { Unit } from './unit.js';

/** @param result - The value that the function of the definition returned, for the error where nothing is written. */
export function finish(graph: Graph, variants: readonly SynthDefVariant[], result?: unknown): SynthDefGraph {
  addChainCopies(graph);
  optimize(graph);
  const constants = collectConstants(graph.units);
  check(graph, result);
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

function check(graph: Graph, result: unknown): void {
  for (const unit of graph.units) {
    const wrong = wrongInput(unit);
    if (wrong)
      throw new SuperColliderError('bad-synthdef', `synthDef("${graph.name}"): ${unit.className}: ${wrong}.`);
  }
  if (!graph.units.some((unit) => unit.kind.effect)) {
    const isSignal =
      result instanceof Signal || (Array.isArray(result) && result.some((part) => part instanceof Signal));
    const returned = isSignal
      ? ' Its function returns a signal, which is not heard: write Out.ar(0, signal) instead of return signal.'
      : '';
    throw new SuperColliderError(
      'bad-synthdef',
      `synthDef("${graph.name}") has no output: nothing in it sounds, sends or writes. ` +
        `The graph writes to no bus: add Out.ar(bus, signal).${returned}`,
    );
  }
}

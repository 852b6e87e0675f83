import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import { decodeSynthDefs } from './file/decode.js';
import { encodeSynthDefs } from './file/encode.js';
import type { GraphInput, GraphUnit, SynthDefGraph } from './file/graph.js';
import { type SynthDef, synthDefsFromBytes } from './synthDefsFromBytes.js';

const MULTIPLY = 2;
const FREE_SELF = 2;
const LINEAR = 1;
const NO_LOOP = -99;

/** The index of the first signal among the inputs of a unit that writes to buses. */
const FIRST_SIGNAL: Readonly<Record<string, number>> = { Out: 1, OffsetOut: 1, ReplaceOut: 1, XOut: 2 };

/**
 * The definition with an envelope around all that it writes to buses.
 *
 * It fades in, and out at `gate 0`, after which it frees itself. Both fades are straight lines, so that a
 * synth that fades out under another of the same sound leaves no trace. An effect that replaces the signal of
 * its bus (`ReplaceOut`) fades into it (`XOut`).
 *
 * A definition that has a gate or may end by itself is returned as it is: it has fades of its own.
 *
 * @throws SuperColliderError `invalid-time` unless the time is over 0.
 * @see ProxySynthDef in SuperCollider's JITLib, which does the same for the source of a NodeProxy
 */
export function fading(def: SynthDef, time: Seconds): SynthDef {
  if (!(time > 0 && Number.isFinite(time)))
    throw new SuperColliderError('invalid-time', `A fade takes a number of seconds over 0, got ${time}.`);
  const { hasGate, freesItself, outputs } = def.description;
  if (hasGate || freesItself || outputs.length === 0) return def;
  const graphs = decodeSynthDefs(def.bytes).map((graph) => new Fader(graph, time).graph());
  return synthDefsFromBytes(encodeSynthDefs(graphs))[0]!;
}

class Fader {
  readonly #units: GraphUnit[] = [];
  readonly #constants: number[];
  /** The new index of each unit of the original. */
  readonly #places: number[] = [];

  constructor(
    readonly original: SynthDefGraph,
    readonly time: Seconds,
  ) {
    this.#constants = [...original.constants];
  }

  graph(): SynthDefGraph {
    const { parameters, parameterNames, units, variants } = this.original;
    const gate = this.#add('Control', 'control', [], parameters.length);
    const envelope = this.#envelope(gate);
    for (const unit of units) this.#copy(unit, envelope);
    return {
      ...this.original,
      constants: this.#constants,
      parameters: [...parameters, 1],
      parameterNames: [...parameterNames, { name: 'gate', index: parameters.length }],
      units: this.#units,
      variants: variants.map(({ name, values }) => ({ name, values: [...values, 1] })),
    };
  }

  #envelope(gate: GraphInput): GraphInput {
    const rise = [1, this.time, LINEAR, 0];
    const fall = [0, this.time, LINEAR, 0];
    // Level scale, level bias, time scale, done action; first level, segments, release node, loop node.
    const inputs = [1, 0, 1, FREE_SELF, 0, 2, 1, NO_LOOP, ...rise, ...fall];
    return this.#add('EnvGen', 'control', [gate, ...inputs.map((value) => this.#constant(value))]);
  }

  #copy(unit: GraphUnit, envelope: GraphInput): void {
    const inputs = unit.inputs.map((input) =>
      'constant' in input ? input : { ...input, unit: this.#places[input.unit]! },
    );
    const first = FIRST_SIGNAL[unit.className];
    if (first === undefined) {
      this.#places.push(this.#units.length);
      this.#units.push({ ...unit, inputs });
      return;
    }
    const before = inputs.slice(0, first);
    const signals = inputs.slice(first);
    const faded = (() => {
      switch (unit.className) {
        case 'ReplaceOut':
          return { className: 'XOut', inputs: [...before, envelope, ...signals] };
        case 'XOut':
          return {
            className: 'XOut',
            inputs: [before[0]!, this.#multiplied(before[1]!, envelope), ...signals],
          };
        default: {
          const all = signals.map((signal) => this.#multiplied(signal, envelope));
          return { className: unit.className, inputs: [...before, ...all] };
        }
      }
    })();
    this.#places.push(this.#units.length);
    this.#units.push({ ...unit, ...faded });
  }

  #multiplied(signal: GraphInput, envelope: GraphInput): GraphInput {
    // A channel that is nothing stays nothing: Out.ar takes it as it is.
    if ('constant' in signal && this.#constants[signal.constant] === 0) return signal;
    const rate = 'unit' in signal ? this.#units[signal.unit]!.outputs[signal.output]! : 'control';
    return this.#add('BinaryOpUGen', rate === 'audio' ? 'audio' : 'control', [signal, envelope], MULTIPLY);
  }

  #add(
    className: string,
    rate: GraphUnit['rate'],
    inputs: readonly GraphInput[],
    specialIndex = 0,
  ): GraphInput {
    this.#units.push({ className, rate, specialIndex, inputs, outputs: [rate] });
    return { unit: this.#units.length - 1, output: 0 };
  }

  #constant(value: number): GraphInput {
    // Constants are float32 in the file.
    const rounded = Math.fround(value);
    const known = this.#constants.indexOf(rounded);
    return { constant: known >= 0 ? known : this.#constants.push(rounded) - 1 };
  }
}

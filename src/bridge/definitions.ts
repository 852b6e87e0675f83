import { SuperColliderError } from '../errors.js';
import { decodeSynthDefs } from '../synthdef/file/decode.js';
import type { SynthDefGraph } from '../synthdef/file/graph.js';

/**
 * Why definitions may not go to the server; `undefined` when they may. The server believes every number in them: a
 * wrong one makes it read and write memory that is not the synth's.
 */
export function definitionRefusal(bytes: Uint8Array): string | undefined {
  try {
    for (const graph of decodeSynthDefs(bytes)) {
      const wrong = wrongNumberIn(graph);
      if (wrong !== undefined) return `the definition "${graph.name}" is damaged: ${wrong}`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof SuperColliderError) return `the definition cannot be read: ${error.message}`;
    throw error;
  }
}

function wrongNumberIn({ constants, parameters, parameterNames, units }: SynthDefGraph): string | undefined {
  for (const { name, index } of parameterNames) {
    if (!isBelow(index, parameters.length))
      return `control "${name}" has slot ${index} of ${parameters.length}`;
  }
  for (const [at, { className, inputs, outputs, specialIndex }] of units.entries()) {
    for (const input of inputs) {
      if ('constant' in input) {
        if (!isBelow(input.constant, constants.length))
          return `${className} reads constant ${input.constant} of ${constants.length}`;
        continue;
      }
      const source = isBelow(input.unit, at) ? units[input.unit] : undefined;
      if (!source || !isBelow(input.output, source.outputs.length))
        return `${className} reads output ${input.output} of unit ${input.unit}, which is not before it`;
    }
    if (
      CONTROLS.test(className) &&
      !(specialIndex >= 0 && specialIndex + outputs.length <= parameters.length)
    )
      return `${className} has slots from ${specialIndex} on, of ${parameters.length}`;
  }
  return undefined;
}

/** The units that give the values of controls. */
const CONTROLS = /^(Audio|Trig|Lag)?Control$/;

const isBelow = (index: number, length: number): boolean => index >= 0 && index < length;

import { decodeSynthDefs } from './file/decode.js';

/**
 * The largest number of buffers that connect the units of a definition: audio outputs that still have a
 * reader, unit by unit.
 *
 * A unit that may write into the buffer that it reads needs one less. Only the server knows these units.
 *
 * @see DoBufferColoring in SuperCollider's server/scsynth/SC_GraphDef.cpp
 */
export function wiresOf(bytes: Uint8Array): number {
  return Math.max(
    ...decodeSynthDefs(bytes).map(({ units }) => {
      const readers = units.map(({ outputs }) => outputs.map(() => 0));
      for (const { inputs } of units) {
        for (const input of inputs) if ('unit' in input) readers[input.unit]![input.output]! += 1;
      }
      const isAudio = (unit: number, output: number) => units[unit]!.outputs[output] === 'audio';
      let used = 0;
      let most = 0;
      for (const [index, { inputs, outputs }] of units.entries()) {
        for (const output of outputs.keys()) if (isAudio(index, output)) used += 1;
        most = Math.max(most, used);
        for (const input of inputs) {
          if (!('unit' in input) || !isAudio(input.unit, input.output)) continue;
          readers[input.unit]![input.output]! -= 1;
          if (readers[input.unit]![input.output] === 0) used -= 1;
        }
        // Nobody reads it: its buffer is free at once.
        for (const output of outputs.keys())
          if (isAudio(index, output) && readers[index]![output] === 0) used -= 1;
      }
      return most;
    }),
  );
}

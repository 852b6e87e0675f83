/** `react-collider/synthdef`: definitions without a server and without React. */

export {
  type BusUse,
  type ControlDescription,
  type ControlRate,
  describeSynthDef,
  type SynthDefDescription,
} from './describe.js';
export { decodeSynthDefs } from './file/decode.js';
export { encodeSynthDefs } from './file/encode.js';
export type { GraphInput, GraphUnit, SynthDefGraph, SynthDefVariant, UnitRate } from './file/graph.js';
export { type ControlDefaults, type SynthDef, synthDefsFromBytes } from './synthDefsFromBytes.js';

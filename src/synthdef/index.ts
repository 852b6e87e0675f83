/** `react-collider/synthdef`: definitions without a server and without React. */

export {
  type BufferUse,
  type BufferUseKind,
  type BusUse,
  type ControlDescription,
  type ControlKind,
  describeSynthDef,
  type LengthOfControls,
  type SynthDefDescription,
} from './describe.js';
export { fading } from './fading.js';
export { decodeSynthDefs } from './file/decode.js';
export { encodeSynthDefs } from './file/encode.js';
export type { GraphInput, GraphUnit, SynthDefGraph, SynthDefVariant, UnitRate } from './file/graph.js';
export {
  audioRate,
  type ControlInput,
  type ControlSort,
  ControlSpec,
  initialRate,
  lagged,
  trigger,
} from './graph/controls.js';
export type { Limits } from './signal/mapping.js';
export {
  type BinaryOperator,
  binaryOperators,
  type UnaryOperator,
  unaryOperators,
} from './signal/operatorNames.js';
export { asSignal as signal, Signal, type SignalInput } from './signal/signal.js';
export {
  type ControlInputs,
  type ControlSignals,
  type ControlValues,
  control,
  type SynthDefOptions,
  synthDef,
  type Widened,
} from './synthDef.js';
export { type ControlDefaults, type SynthDef, synthDefsFromBytes } from './synthDefsFromBytes.js';
export * from './ugens.js';
export { type UnitShape, unit } from './unit.js';

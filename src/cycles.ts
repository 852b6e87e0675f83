/** `react-collider/patterns`: patterns in cycles, the mini-notation of TidalCycles, and sclang's streams and events. */

export { Cycle, type CycleProps } from './elements/cycle.js';
export { Key, type KeyProps } from './elements/key.js';
export * from './patterns/cycles/index.js';
export * from './patterns/harmony/index.js';
export { type MiniOptions, mini } from './patterns/mini/index.js';
export * from './patterns/streams/index.js';

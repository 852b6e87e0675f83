/** `react-collider/patterns`: patterns in cycles, and the mini-notation of TidalCycles. */

export { Cycle, type CycleProps } from './elements/cycle.js';
export * from './patterns/cycles/index.js';
export { type MiniOptions, mini } from './patterns/mini/index.js';

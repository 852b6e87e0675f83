/** Patterns that repeat in cycles. */

export { cat, pure, signal, silence, stack, timeCat } from './build.js';
export { type Amount, type Change, Cycles, type Panned } from './cycles.js';
export type { CycleEvent, Query, Span } from './event.js';
export { Fraction, type Rational } from './fraction.js';

/** The most levels of brackets and operators: each level calls the next one, and the stack of calls is finite. */
export const MAX_DEPTH = 64;

// Copies by `!`, numbers of a range, and steps of a Euclidean rhythm have the limit of transforms.
export { MAX_COUNT } from '../cycles/amount.js';

/** The most steps of a text, with all copies. */
export const MAX_STEPS = 10_000;

/** The most events a cycle: more would keep the program from sounding in time. */
export const MAX_EVENTS_PER_CYCLE = 10_000;

/** The most digits of a number that times are computed with. */
export const MAX_DIGITS = 12;

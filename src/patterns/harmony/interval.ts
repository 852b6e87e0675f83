import { Interval } from './tonal.js';

/** The semitones of an interval as tonal names it: `5P` has 7. */
export const semitonesOf = (interval: string): number => Interval.semitones(interval);

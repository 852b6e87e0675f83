/**
 * Frames that `DiskOut` has written for certain, by its own reports.
 *
 * A report is the count at the beginning of its last control period, as a 32 bit float. That float is rounded
 * beyond 2^24 (six minutes at 48 kHz).
 */
export const framesWritten = (count: number): number => Math.floor(count * (1 - 2 ** -23));

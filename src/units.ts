/**
 * The quantities that go through the whole program, as types.
 *
 * Seconds and hertz are plain numbers with a name. Numbers of the server (nodes, buses, buffers, clients) are
 * branded, so that one cannot be passed where another is meant.
 */

/** A length of time. */
export type Seconds = number;

/** A moment, in seconds since 1970 (what `Date.now() / 1000` gives). */
export type UnixTime = number;

/** A place or a length in music, in beats; a beat is a quarter note. */
export type Beats = number;

/** A frequency in cycles a second. */
export type Hertz = number;

declare const brand: unique symbol;

/** An id of a synth or group on a server. 0 is the root node. */
export type NodeId = number & { readonly [brand]: 'NodeId' };

/** Index of a bus's first channel, among the audio or among the control buses. */
export type BusIndex = number & { readonly [brand]: 'BusIndex' };

/** Number of a buffer, 0 to the server's number of buffers - 1. */
export type BufferNumber = number & { readonly [brand]: 'BufferNumber' };

/** The id of this client on the server: 0 to 31. */
export type ClientId = number & { readonly [brand]: 'ClientId' };

/** The rate at which a signal is computed: each sample, or once per control block. */
export type Rate = 'audio' | 'control';

/** The largest number that a float32 holds: everything but whole numbers of 32 bits is one on the server. */
export const MAX_FLOAT32 = 3.4028234663852886e38;

/** True for a number that a server can have: no NaN, nothing infinite, nothing that a float32 would make so. */
export const isFloat32 = (value: unknown): value is number =>
  typeof value === 'number' && value <= MAX_FLOAT32 && value >= -MAX_FLOAT32;

/** Amplitude of a level in decibels: -10 is 0.316. */
export const amplitudeOf = (decibels: number): number => 10 ** (decibels / 20);

/** The number of readings of which one is not interrupted, also on a busy machine. */
const READINGS = 8;

/**
 * Milliseconds from a steady clock to the system's.
 *
 * The origin of a thread's steady clock is itself a reading of two clocks, and a busy machine may pause the
 * thread between them. An embedded engine was 21 and 39 ms off so. A pause between the two readings here
 * lessens the difference, so the largest of several counts.
 */
export function clockDifference(clocks: { steady: () => number; system: () => number }): number {
  const differences = Array.from({ length: READINGS }, () => clocks.system() - clocks.steady());
  return Math.max(...differences);
}

import { expect } from 'vitest';
import { readSound } from '../listen/listen.js';

/**
 * How far a recorded sine is from being one: three samples in a row of a sine tell each other, so that the largest
 * miss is the largest click. What begins and ends is left out.
 *
 * @param least - Seconds that have to be heard.
 */
export function largestClick(path: string, channel: number, frequency: number, least = 0.5): number {
  const { channels, sampleRate } = readSound(path);
  const samples = channels[channel]!;
  const from = samples.findIndex((sample) => sample !== 0) + 3;
  const to = samples.findLastIndex((sample) => sample !== 0) - 3;
  expect((to - from) / sampleRate).toBeGreaterThan(least);
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let largest = 0;
  for (let n = from; n < to; n++) {
    largest = Math.max(largest, Math.abs(samples[n + 1]! - factor * samples[n]! + samples[n - 1]!));
  }
  return largest;
}

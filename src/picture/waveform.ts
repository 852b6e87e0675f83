import type { Sound } from '../engine/soundfile/sound.js';
import { framesOf } from '../engine/soundfile/sound.js';
import { Canvas, type Color, GRID, type PictureSize } from './canvas.js';

const RANGE: Color = [90, 150, 230];
const LOUDNESS: Color = [190, 220, 255];
const CLIPPED: Color = [255, 80, 80];
const CLIPPED_PIXELS = 5;

/**
 * A picture of a sound's waveform, a lane for each channel: from the lowest to the highest sample, and brighter
 * how loud it is (root mean square). Where it is beyond ±1 the edge is red. A line stands at each second.
 *
 * @returns The bytes of a PNG file.
 */
export function drawWaveform(sound: Sound, size: PictureSize = {}): Uint8Array {
  const canvas = new Canvas(size);
  const frames = framesOf(sound);
  canvas.timeGrid(Math.max(1e-3, frames / sound.sampleRate));
  const lane = canvas.height / Math.max(1, sound.channels.length);
  for (const [index, samples] of sound.channels.entries()) {
    const middle = Math.floor((index + 0.5) * lane);
    const half = lane / 2 - 1;
    canvas.fill(0, middle, canvas.width, middle + 1, GRID);
    for (let x = 0; x < canvas.width; x++) {
      const start = Math.floor((x * frames) / canvas.width);
      const end = Math.max(start + 1, Math.floor(((x + 1) * frames) / canvas.width));
      const { low, high, loudness } = extent(samples, start, Math.min(end, frames));
      const y = (value: number) => middle - Math.round(Math.max(-1, Math.min(1, value)) * half);
      if (high > 0 || low < 0) canvas.fill(x, y(high), x + 1, y(low) + 1, RANGE);
      if (loudness > 0) canvas.fill(x, y(loudness), x + 1, y(-loudness) + 1, LOUDNESS);
      if (high > 1) canvas.fill(x, y(1), x + 1, y(1) + CLIPPED_PIXELS, CLIPPED);
      if (low < -1) canvas.fill(x, y(-1) - CLIPPED_PIXELS + 1, x + 1, y(-1) + 1, CLIPPED);
    }
  }
  return canvas.toPng();
}

function extent(samples: Float32Array, start: number, end: number) {
  let [low, high, sum] = [0, 0, 0];
  for (let frame = start; frame < end; frame++) {
    const sample = samples[frame]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
    sum += sample * sample;
  }
  return { low, high, loudness: end > start ? Math.sqrt(sum / (end - start)) : 0 };
}

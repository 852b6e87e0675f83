import type { SoundData } from '../engine/soundfile/sound.js';
import { framesOf } from '../engine/soundfile/sound.js';
import { type Color, GRID, type PictureOptions } from './canvas.js';
import { Plot } from './plot.js';

const RANGE: Color = [90, 150, 230];
const LOUDNESS: Color = [190, 220, 255];
const CLIPPED: Color = [255, 80, 80];
const CLIPPED_PIXELS = 5;

/**
 * A picture of a sound's waveform, a lane for each channel.
 *
 * It reaches from the lowest to the highest sample, and brightness shows the level (root mean square). Beyond
 * ±1 the edge is red. Lines stand at round times.
 *
 * @returns The bytes of a PNG file.
 */
export function drawWaveform(sound: SoundData, options: PictureOptions = {}): Uint8Array {
  const plot = new Plot(options);
  const frames = framesOf(sound);
  plot.timeAxis(Math.max(1e-3, frames / sound.sampleRate));
  const lane = plot.height / Math.max(1, sound.channels.length);
  let isClipped = false;
  for (const [index, samples] of sound.channels.entries()) {
    const middle = Math.floor((index + 0.5) * lane);
    const half = lane / 2 - 1;
    if (index > 0) plot.fill(0, Math.floor(index * lane), plot.width, Math.floor(index * lane) + 1, GRID);
    const y = (value: number) => middle - Math.round(Math.max(-1, Math.min(1, value)) * half);
    plot.levelLine(middle, '0');
    if (lane >= 60) plot.levelLine(Math.floor(index * lane) + 12, `out ${index + 1}`, false);
    if (lane >= 100) for (const value of [0.5, -0.5]) plot.levelLine(y(value), String(value), false);
    for (let x = 0; x < plot.width; x++) {
      const start = Math.floor((x * frames) / plot.width);
      const end = Math.max(start + 1, Math.floor(((x + 1) * frames) / plot.width));
      const { low, high, loudness } = extent(samples, start, Math.min(end, frames));
      if (high > 0 || low < 0) plot.fill(x, y(high), x + 1, y(low) + 1, RANGE);
      if (loudness > 0) plot.fill(x, y(loudness), x + 1, y(-loudness) + 1, LOUDNESS);
      if (high > 1) plot.fill(x, y(1), x + 1, y(1) + CLIPPED_PIXELS, CLIPPED);
      if (low < -1) plot.fill(x, y(-1) - CLIPPED_PIXELS + 1, x + 1, y(-1) + 1, CLIPPED);
      isClipped ||= high > 1 || low < -1;
    }
  }
  plot.legend([
    { text: 'samples', color: RANGE },
    { text: 'RMS', color: LOUDNESS },
    ...(isClipped ? [{ text: 'above full scale', color: CLIPPED }] : []),
  ]);
  return plot.toPng();
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

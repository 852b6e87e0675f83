import magnitudes from 'fourier-transform';
import { framesOf, type SoundData } from '../engine/soundfile/sound.js';
import type { Hertz } from '../units.js';
import { between, type Color, type PictureOptions } from './canvas.js';
import { Plot } from './plot.js';

/** Samples of a spectrum: 85 ms at 48 kHz, so that a semitone at 200 Hz can be told from the next. */
const SIZE = 4096;

/** Decibels that are drawn black. */
const FLOOR = -100;

/** Frequencies that are written to the left. */
const LABELLED: readonly Hertz[] = [50, 100, 200, 500, 1000, 2000, 5000, 10_000];

const LOWEST: Hertz = 30;
const HIGHEST: Hertz = 20_000;

/** From silence to full scale. */
const COLORS: readonly Color[] = [
  [0, 0, 4],
  [66, 10, 104],
  [147, 38, 103],
  [221, 81, 58],
  [252, 165, 10],
  [252, 255, 164],
];

/**
 * A picture of a sound's spectrum over time, of all channels together.
 *
 * The frequencies are 30 Hz at the bottom to 20 kHz at the top, with octaves of equal height. The colours are
 * black at -100 dB to yellow at full scale.
 *
 * @returns The bytes of a PNG file.
 */
export function drawSpectrogram(sound: SoundData, options: PictureOptions = {}): Uint8Array {
  const plot = new Plot(options);
  const frames = framesOf(sound);
  const rows = binsOfRows(plot.height, sound.sampleRate);
  plot.timeAxis(Math.max(1e-3, frames / sound.sampleRate));
  const window = Float64Array.from(
    { length: SIZE },
    (_, index) => 1 - Math.cos((2 * Math.PI * (index + 0.5)) / SIZE),
  );
  const samples = new Float64Array(SIZE);
  const spectrum = new Float64Array(SIZE / 2);
  for (let x = 0; x < plot.width; x++) {
    const start = Math.round(((x + 0.5) * frames) / plot.width - SIZE / 2);
    for (let index = 0; index < SIZE; index++) {
      let sum = 0;
      for (const channel of sound.channels) sum += channel[start + index] ?? 0;
      samples[index] = (sum / Math.max(1, sound.channels.length)) * window[index]!;
    }
    magnitudes(samples, spectrum);
    for (const [y, [from, to]] of rows.entries()) {
      let loudest = 0;
      for (let bin = from; bin <= to; bin++) loudest = Math.max(loudest, spectrum[bin] ?? 0);
      plot.set(x, y, colorOf(20 * Math.log10(loudest)));
    }
  }
  for (const frequency of LABELLED) {
    if (frequency >= Math.min(HIGHEST, sound.sampleRate / 2)) break;
    const label = frequency < 1000 ? String(frequency) : `${frequency / 1000}k`;
    plot.levelLine(rowOf(frequency, plot.height, sound.sampleRate), label, false);
  }
  plot.levelUnit('Hz');
  plot.scale(`${FLOOR}`, '0 dB', (part) => colorOf(FLOOR * (1 - part)));
  return plot.toPng();
}

/** The row of a frequency in a picture of a height, counted from the top. */
export function rowOf(frequency: Hertz, height: number, sampleRate: Hertz): number {
  const highest = Math.min(HIGHEST, sampleRate / 2);
  return Math.round((1 - Math.log(frequency / LOWEST) / Math.log(highest / LOWEST)) * (height - 1));
}

function binsOfRows(height: number, sampleRate: Hertz): (readonly [from: number, to: number])[] {
  const highest = Math.min(HIGHEST, sampleRate / 2);
  const bin = (row: number) =>
    (LOWEST * (highest / LOWEST) ** (1 - row / Math.max(1, height - 1)) * SIZE) / sampleRate;
  return Array.from({ length: height }, (_, row) => [
    Math.round(bin(row + 0.5)),
    Math.max(Math.round(bin(row + 0.5)), Math.round(bin(row - 0.5))),
  ]);
}

function colorOf(decibels: number): Color {
  const part = Math.max(0, Math.min(1, 1 - decibels / FLOOR)) * (COLORS.length - 1);
  const index = Math.min(COLORS.length - 2, Math.floor(part));
  return between(COLORS[index]!, COLORS[index + 1]!, part - index);
}

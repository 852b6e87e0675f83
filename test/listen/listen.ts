/** Listening without ears: levels, spectra and onsets of recorded sound. */

import { readFileSync } from 'node:fs';
import { readWav } from '../../src/engine/soundfile/readWav.js';
import type { SoundData } from '../../src/engine/soundfile/sound.js';

export const readSound = (path: string): SoundData => readWav(readFileSync(path));

/** Part of a channel, from and to in seconds. */
export const part = (
  { channels, sampleRate }: SoundData,
  from: number,
  to: number,
  channel = 0,
): Float32Array => channels[channel]!.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate));

/** The largest absolute sample of all channels. */
export const peak = ({ channels }: SoundData): number =>
  Math.max(
    ...channels.map((samples) => samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0)),
  );

export const frequencyOf = (note: number): number => 440 * 2 ** ((note - 69) / 12);

/**
 * How loud frequencies are, in decibels below the loudest bin of the spectrum (Hann window, zero-padded).
 */
export function levelsBelowPeak(
  samples: Float32Array,
  sampleRate: number,
  frequencies: readonly number[],
): number[] {
  const magnitudes = spectrum(samples);
  const size = magnitudes.length * 2;
  const loudest = Math.max(...magnitudes);
  return frequencies.map((frequency) => {
    const bin = Math.round((frequency * size) / sampleRate);
    const around = magnitudes.slice(Math.max(0, bin - 1), bin + 2);
    return 20 * Math.log10(Math.max(...around) / loudest);
  });
}

/** Magnitudes of the first half of a Fourier transform, Hann window, size the next power of two. */
export function spectrum(samples: Float32Array): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(samples.length));
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  samples.forEach((sample, index) => {
    real[index] = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length));
  });
  transform(real, imaginary);
  return real.slice(0, size / 2).map((value, bin) => Math.hypot(value, imaginary[bin]!));
}

/** Fast Fourier transform in place, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let index = 1, reversed = 0; index < size; index++) {
    let bit = size >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (index < reversed) {
      [real[index], real[reversed]] = [real[reversed]!, real[index]!];
      [imaginary[index], imaginary[reversed]] = [imaginary[reversed]!, imaginary[index]!];
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const step = (-2 * Math.PI) / length;
    for (let start = 0; start < size; start += length) {
      for (let k = 0; k < length / 2; k++) {
        const [cos, sin] = [Math.cos(step * k), Math.sin(step * k)];
        const [even, odd] = [start + k, start + k + length / 2];
        const re = real[odd]! * cos - imaginary[odd]! * sin;
        const im = real[odd]! * sin + imaginary[odd]! * cos;
        real[odd] = real[even]! - re;
        imaginary[odd] = imaginary[even]! - im;
        real[even] = real[even]! + re;
        imaginary[even] = imaginary[even]! + im;
      }
    }
  }
}

/** Samples that are averaged for one of the signal in which a change is looked for: 0.5 ms at 48 kHz. */
const DECIMATION = 24;

/**
 * When a sum of steady sines becomes something else, in seconds.
 *
 * A filter with a zero at each frequency is silent as long as only these sound, and not a moment longer.
 *
 * @param frequencies - Those that sound before.
 * @param from - Where to begin to look, with steady sound for 0.2 s before.
 */
export function endOfSteadySound(
  sound: SoundData,
  frequencies: readonly number[],
  from: number,
  to: number,
): number {
  const rate = sound.sampleRate / DECIMATION;
  const samples = part(sound, from - 0.2, to);
  let signal = Array.from({ length: Math.floor(samples.length / DECIMATION) }, (_, index) => {
    const block = samples.subarray(index * DECIMATION, (index + 1) * DECIMATION);
    return block.reduce((sum, sample) => sum + sample, 0) / DECIMATION;
  });
  for (const frequency of frequencies) {
    const zero = 2 * Math.cos((2 * Math.PI * frequency) / rate);
    signal = signal.map((value, index) => value - zero * (signal[index - 1] ?? 0) + (signal[index - 2] ?? 0));
  }
  const settled = 2 * frequencies.length;
  const quiet = Math.round(0.2 * rate);
  const noise = Math.max(...signal.slice(settled, quiet).map(Math.abs));
  const found = signal.findIndex((value, index) => index >= quiet && Math.abs(value) > 4 * noise);
  if (found < 0) throw new Error(`Nothing changes between ${from} and ${to} s.`);
  return from - 0.2 + found / rate;
}

import magnitudes from 'fourier-transform';
import type { Hertz, Seconds } from '../units.js';
import type { Probe } from './listening.js';
import { type BusRef, useProbe } from './probe.js';
import { scopeProbe } from './useScope.js';

/** A spectrum: the level of each band of frequencies. */
export interface Spectrum {
  /** Decibels by frequency, from 0 Hz on; 0 dB is a sine of full scale. */
  readonly decibels: Float32Array;
  /** Hertz from one to the next; the first is at 0. */
  readonly width: Hertz;
}

/** Frames and interval of the analysis. */
export interface SpectrumOptions {
  /** Frames of sound, a power of two: the more, the finer the spectrum and the slower. @default 2048 */
  readonly frames?: number | undefined;
  /** Seconds between two questions. @default 0.05 */
  readonly interval?: Seconds | undefined;
}

/** Decibels that count as silence. */
const FLOOR = -120;

/**
 * The spectrum of an audio bus's first channel (Hann window): for analysers; in a piece, or in a page below
 * `<ServerProvider>`. `undefined` before the first answer. The component renders again with each answer. What is sent
 * is that of `useScope`.
 *
 * @param bus - @default 0, what is heard
 */
export function useSpectrum(
  bus: BusRef = 0,
  { frames = 2048, interval = 0.05 }: SpectrumOptions = {},
): Spectrum | undefined {
  return useProbe(bus, () => spectrumProbe(frames), `spectrum ${frames}`, interval);
}

/** The spectrum of the first channel. */
export function spectrumProbe(frames: number): Probe<Spectrum> {
  const scope = scopeProbe(frames, 1);
  const window = Float64Array.from(
    { length: frames },
    (_, index) => 1 - Math.cos((2 * Math.PI * (index + 0.5)) / frames),
  );
  return {
    ...scope,
    read(values, samples) {
      const [channel] = scope.read(values, samples);
      const found = magnitudes(window.map((factor, index) => factor * channel![index]!));
      return {
        decibels: Float32Array.from(found, (magnitude: number) =>
          Math.max(FLOOR, 20 * Math.log10(magnitude)),
        ),
        width: values[1]! / frames,
      };
    },
  };
}

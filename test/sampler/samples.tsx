/** Samples for tests, and what a piece sounds like. */

import { writeFileSync } from 'node:fs';
import type { ReactNode } from 'react';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import type { SoundData } from '../../src/engine/soundfile/sound.js';
import { Transport } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound, spectrum } from '../listen/listen.js';
import type { TestEngine } from '../setup/servers.js';

export const RATE = 48_000;

/** Sines side by side, one for each channel. */
export function sines(frequencies: readonly number[], seconds: number, rate = RATE): Float32Array {
  const frames = Math.round(seconds * rate);
  const channels = frequencies.length;
  return Float32Array.from({ length: frames * channels }, (_, index) =>
    Math.sin((2 * Math.PI * frequencies[index % channels]! * Math.floor(index / channels)) / rate),
  );
}

/** Writes a sound file of sines; gives its path. */
export function toneFile(path: string, frequencies: readonly number[], seconds = 0.5, rate = RATE): string {
  const sound = {
    sampleRate: rate,
    channels: frequencies.length,
    samples: sines(frequencies, seconds, rate),
  };
  writeFileSync(path, encodeSoundFile(sound, 'wav', 'float'));
  return path;
}

/** Renders a piece with a beat a second. */
export async function listen(
  piece: ReactNode,
  duration: number,
  { engine = 'embedded', channels = 2 }: { engine?: TestEngine; channels?: number } = {},
): Promise<SoundData> {
  const path = `${temporaryFolder()}/sound.wav`;
  await renderToFile(<Transport bpm={60}>{piece}</Transport>, {
    path,
    duration,
    engine,
    channels,
    sampleRate: RATE,
  });
  return readSound(path);
}

/** The frequency of the loudest partial between two times, within a few hertz. */
export function pitchOf({ channels }: SoundData, from: number, to: number, channel = 0): number {
  const samples = channels[channel]!.subarray(Math.round(from * RATE), Math.round(to * RATE));
  const magnitudes = spectrum(samples);
  return (magnitudes.indexOf(Math.max(...magnitudes)) * RATE) / (2 * magnitudes.length);
}

/** The largest sample between two times. */
export const peakOf = ({ channels }: SoundData, from: number, to: number, channel = 0): number =>
  channels[channel]!.subarray(Math.round(from * RATE), Math.round(to * RATE)).reduce(
    (most, sample) => Math.max(most, Math.abs(sample)),
    0,
  );

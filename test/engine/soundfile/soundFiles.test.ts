import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { decodeSoundFile } from '../../../src/engine/soundfile/decodeSoundFile.js';
import { encodeSoundFile } from '../../../src/engine/soundfile/encodeSoundFile.js';
import { readAiff } from '../../../src/engine/soundfile/readAiff.js';
import { readWav } from '../../../src/engine/soundfile/readWav.js';
import { floatWavHeader, WAV_HEADER_SIZE } from '../../../src/engine/soundfile/wavHeader.js';

/** 0.1 s of 440 Hz on the left and 660 Hz on the right at half of full scale, 8 kHz, made by sox. */
const file = (name: string) => readFile(new URL(`files/${name}`, import.meta.url));

/** How strong a frequency is in a signal: 1 for a full-scale sine (Goertzel). */
function strength(samples: Float32Array, sampleRate: number, frequency: number): number {
  let real = 0;
  let imaginary = 0;
  samples.forEach((sample, i) => {
    const angle = (2 * Math.PI * frequency * i) / sampleRate;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

test.each([
  'tone.wav',
  'tone24.wav',
  'tone.aiff',
  'tone8.aiff',
  'tone32f.aifc',
  'tone.flac',
  'tone.ogg',
  'tone.mp3',
])('%s gives both of its tones on their channels', async (name) => {
  const { sampleRate, channels } = await decodeSoundFile(await file(name));
  expect(sampleRate).toBe(8000);
  expect(channels).toHaveLength(2);
  const [left, right] = channels as [Float32Array, Float32Array];
  expect(left.length).toBeGreaterThanOrEqual(800);
  // A lossy coder begins with silence and blurs the edges.
  const middle = (channel: Float32Array) => channel.slice(100, 700);
  expect(strength(middle(left), sampleRate, 440)).toBeCloseTo(0.5, 1);
  expect(strength(middle(right), sampleRate, 660)).toBeCloseTo(0.5, 1);
  expect(strength(middle(left), sampleRate, 2000)).toBeLessThan(0.01);
});

test('16 bit integers of a WAV file are divided by 32,768, as on scsynth', async () => {
  const bytes = await file('tone.wav');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const { channels } = readWav(bytes);
  expect(channels[1]![20]).toBe(view.getInt16(44 + 20 * 4 + 2, true) / 32_768);
});

const ramp = Float32Array.from({ length: 200 }, (_, i) => i / 100 - 1); // -1 … 0.99

test.each([
  ['wav', 'uint8', 1 / 50],
  ['wav', 'int16', 1 / 15_000],
  ['WAVE', 'int24', 1 / 4_000_000],
  ['wav', 'int32', 1e-7],
  ['wav', 'float', 0],
  ['wav', 'double', 0],
  ['aiff', 'int8', 1 / 50],
  ['aiff', 'int16', 1 / 15_000],
  ['AIFF', 'int24', 1 / 4_000_000],
  ['aiff', 'int32', 1e-7],
  ['aiff', 'float', 0],
  ['aiff', 'double', 0],
])('a %s file of %s gives the same samples back', async (header, format, error) => {
  const bytes = encodeSoundFile({ sampleRate: 44_100, channels: 2, samples: ramp }, header, format);
  const isWav = header.toLowerCase().startsWith('wav');
  const decoded = isWav ? readWav(bytes) : await decodeSoundFile(bytes);
  expect(decoded.sampleRate).toBe(44_100);
  decoded.channels.forEach((channel, offset) => {
    expect(channel).toHaveLength(100);
    for (const [i, sample] of channel.entries()) {
      expect(Math.abs(sample - ramp[2 * i + offset]!)).toBeLessThanOrEqual(error);
    }
  });
});

test('samples beyond full scale are clipped in integers and kept in floats', () => {
  const samples = Float32Array.of(2, -2);
  const read = (format: string) =>
    readWav(encodeSoundFile({ sampleRate: 48_000, channels: 1, samples }, 'wav', format)).channels[0];
  expect(read('int16')).toEqual(Float32Array.of(32_767 / 32_768, -1));
  expect(read('float')).toEqual(samples);
});

test('an AIFF file of odd length is padded to an even one', () => {
  const samples = Float32Array.of(0.5, -0.5, 0.25);
  const bytes = encodeSoundFile({ sampleRate: 48_000, channels: 1, samples }, 'aiff', 'int8');
  expect(bytes.length % 2).toBe(0);
  expect(new DataView(bytes.buffer).getUint32(4)).toBe(bytes.length - 8);
  expect(readAiff(bytes).channels[0]).toHaveLength(3);
});

test.each([
  ['flac', 'int16'],
  ['wav', 'int8'],
  ['aiff', 'vorbis'],
])('a %s file of %s is refused with what can be written instead', (header, format) => {
  expect(() => encodeSoundFile({ sampleRate: 48_000, channels: 1, samples: ramp }, header, format)).toThrow(
    `A "${header}" file of "${format}" samples cannot be written. The embedded engine writes wav and aiff`,
  );
});

test('a file of none of the formats is refused', async () => {
  await expect(decodeSoundFile(new TextEncoder().encode('hello there'))).rejects.toThrow(
    'no sound file that can be read: WAV, AIFF, FLAC, Ogg Vorbis or MP3',
  );
});

test('a broken FLAC file is refused', async () => {
  const bytes = (await file('tone.flac')).subarray(0, 60);
  await expect(decodeSoundFile(bytes)).rejects.toThrow('The flac file cannot be decoded');
});

test('a recording that was cut off is read to its end', () => {
  const bytes = new Uint8Array(WAV_HEADER_SIZE + 80);
  bytes.set(floatWavHeader(48_000, 1, 1000)); // promises more than there is
  expect(readWav(bytes).channels[0]).toHaveLength(20);
});

test('a recording beyond 4 GiB becomes RF64 with 64 bit sizes', () => {
  const frames = 2 ** 30; // 8 GiB of stereo
  const view = new DataView(floatWavHeader(48_000, 2, frames).buffer);
  const text = (offset: number) => String.fromCharCode(...new Uint8Array(view.buffer, offset, 4));
  expect([text(0), text(12), text(48), text(86)]).toEqual(['RF64', 'ds64', 'fmt ', 'data']);
  expect(view.getUint32(4, true)).toBe(0xffffffff);
  expect(view.getUint32(90, true)).toBe(0xffffffff);
  expect(view.getBigUint64(28, true)).toBe(BigInt(frames) * 8n);
  expect(view.getBigUint64(36, true)).toBe(BigInt(frames));
});

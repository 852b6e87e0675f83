/** A sound file read from its beginning to its end, piece by piece: how long it is, and how loud. */

import { type FileHandle, open } from 'node:fs/promises';
import { SuperColliderError } from '../../errors.js';
import type { Hertz } from '../../units.js';
import { type CompressedFormat, decoderOf, soundFormat } from './decodeSoundFile.js';
import { PeakMeter, type SoundPeak } from './peakMeter.js';
import { aiffLayout } from './readAiff.js';
import { wavLayout } from './readWav.js';
import { interleavedSamples, type SampleLayout } from './sampleLayout.js';

export interface SoundScan {
  /** Frames that can be read, whatever the header says. */
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: Hertz;
  readonly peak: SoundPeak;
}

/** Bytes at a time. */
const PIECE = 2 ** 20;

/** Whatever writes a file puts what describes its samples in front of them; libsndfile into the first kilobyte. */
const HEAD = 65_536;

/** @throws SuperColliderError `invalid-file` when it is no sound file that we read; the system's error. */
export async function scanSoundFile(path: string): Promise<SoundScan> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = await readAt(file, 0, Math.min(HEAD, size));
    const format = soundFormat(head);
    if (format === 'wav') return await scanSamples(file, wavLayout(head, size));
    if (format === 'aiff') return await scanSamples(file, aiffLayout(head, size));
    return await scanCompressed(file, size, format);
  } finally {
    await file.close();
  }
}

async function scanSamples(file: FileHandle, layout: SampleLayout): Promise<SoundScan> {
  const { frames, channels, sampleRate, width, isFloat } = layout;
  const meter = new PeakMeter(channels, isFloat);
  const framesPerPiece = Math.max(1, Math.floor(PIECE / (width * channels)));
  for (let frame = 0; frame < frames; frame += framesPerPiece) {
    const count = Math.min(framesPerPiece, frames - frame);
    const bytes = await readAt(file, layout.start + frame * width * channels, count * width * channels);
    meter.hear(interleavedSamples(bytes, layout));
  }
  return { frames, channels, sampleRate, peak: meter.peak };
}

async function scanCompressed(file: FileHandle, size: number, format: CompressedFormat): Promise<SoundScan> {
  const decoder = await decoderOf(format);
  let meter: PeakMeter | undefined;
  let frames = 0;
  let sampleRate = 0;
  const hear = ({ channelData, sampleRate: rate }: ReturnType<typeof decoder.decode>): void => {
    const count = channelData[0]?.length ?? 0;
    if (count === 0) return;
    meter ??= new PeakMeter(channelData.length, format !== 'flac');
    meter.hear(interleaved(channelData));
    frames += count;
    sampleRate = rate;
  };
  try {
    for (let at = 0; at < size; at += PIECE)
      hear(decoder.decode(await readAt(file, at, Math.min(PIECE, size - at))));
    if (decoder.flush) hear(decoder.flush());
  } finally {
    decoder.free();
  }
  if (!meter) throw new SuperColliderError('invalid-file', `The ${format} file holds no sound.`);
  return { frames, channels: meter.channels, sampleRate, peak: meter.peak };
}

function interleaved(channels: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(channels.length * channels[0]!.length);
  for (const [offset, channel] of channels.entries()) {
    for (let frame = 0; frame < channel.length; frame++)
      samples[frame * channels.length + offset] = channel[frame]!;
  }
  return samples;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}

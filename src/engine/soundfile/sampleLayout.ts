import type { Hertz } from '../../units.js';
import type { SoundData } from './sound.js';

export type ReadSample = (view: DataView, offset: number) => number;

/** Position and format of the samples in an uncompressed file: frame by frame, channel by channel. */
export interface SampleLayout {
  /** Bytes before the first sample. */
  readonly start: number;
  /** Frames that are there, and not those that the header speaks of. */
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: Hertz;
  /** Bytes of a sample. */
  readonly width: number;
  readonly read: ReadSample;
  /** Floats go beyond full scale, integers end there. */
  readonly isFloat: boolean;
  /** Floats of 32 bits, low byte first. */
  readonly isLittleFloat: boolean;
}

/** True when this machine stores floats of 32 bits as a WAV file does. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * Samples as they lie in a file, the channels of each frame side by side.
 *
 * @param bytes - Whole frames, in a buffer of their own.
 */
export function interleavedSamples(bytes: Uint8Array, layout: SampleLayout): Float32Array {
  const { read, width } = layout;
  const count = bytes.length / width;
  if (layout.isLittleFloat && IS_LITTLE_ENDIAN) return new Float32Array(bytes.buffer, 0, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(count);
  for (let index = 0; index < count; index++) samples[index] = read(view, index * width);
  return samples;
}

/** Samples of a whole file. */
export function decodeSamples(bytes: Uint8Array, layout: SampleLayout): SoundData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { frames, width, read, sampleRate } = layout;
  const channels = Array.from({ length: layout.channels }, () => new Float32Array(frames));
  let offset = layout.start;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      channel[frame] = read(view, offset);
      offset += width;
    }
  }
  return { sampleRate, channels };
}

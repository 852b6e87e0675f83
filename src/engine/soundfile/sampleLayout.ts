import type { Hertz } from '../../units.js';
import type { Sound } from './sound.js';

export type ReadSample = (view: DataView, offset: number) => number;

/** Where the samples of a file that is not compressed lie, and how: frame by frame, channel by channel. */
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
}

/**
 * Samples of a whole file.
 *
 * @param bytes - The file, or a part of it that begins at `layout.start` = 0.
 */
export function decodeSamples(bytes: Uint8Array, layout: SampleLayout): Sound {
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

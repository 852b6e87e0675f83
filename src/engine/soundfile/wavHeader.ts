/**
 * The header of a WAV file of 32 bit floats, for files that are written as they grow.
 *
 * The header is always 94 bytes long and has room for the sizes of RF64. A recording that grew beyond 4 GiB
 * (three hours of stereo) gets its new header in the same place.
 *
 * @see https://tech.ebu.ch/docs/tech/tech3306v1_0.pdf (RF64)
 */

export const WAV_HEADER_SIZE = 94;

const FLOAT = 3;
const MAX_RIFF_BYTES = 0xffffffff;

/** The header for `frames` frames of interleaved 32 bit floats. */
export function floatWavHeader(sampleRate: number, channels: number, frames: number): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_SIZE);
  const view = new DataView(bytes.buffer);
  const name = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), offset);
  const frameSize = 4 * channels;
  const dataSize = frames * frameSize;
  const fileSize = WAV_HEADER_SIZE + dataSize;
  const isLarge = fileSize - 8 > MAX_RIFF_BYTES;
  name(0, isLarge ? 'RF64' : 'RIFF');
  view.setUint32(4, isLarge ? MAX_RIFF_BYTES : fileSize - 8, true);
  name(8, 'WAVE');
  name(12, isLarge ? 'ds64' : 'JUNK');
  view.setUint32(16, 28, true);
  if (isLarge) {
    view.setBigUint64(20, BigInt(fileSize - 8), true);
    view.setBigUint64(28, BigInt(dataSize), true);
    view.setBigUint64(36, BigInt(frames), true);
  }
  name(48, 'fmt ');
  view.setUint32(52, 18, true);
  view.setUint16(56, FLOAT, true);
  view.setUint16(58, channels, true);
  view.setUint32(60, sampleRate, true);
  view.setUint32(64, sampleRate * frameSize, true);
  view.setUint16(68, frameSize, true);
  view.setUint16(70, 32, true);
  name(74, 'fact');
  view.setUint32(78, 4, true);
  view.setUint32(82, Math.min(frames, MAX_RIFF_BYTES), true);
  name(86, 'data');
  view.setUint32(90, isLarge ? MAX_RIFF_BYTES : dataSize, true);
  return bytes;
}

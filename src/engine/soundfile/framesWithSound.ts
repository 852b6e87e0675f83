import { type FileHandle, open } from 'node:fs/promises';
import { SuperColliderError } from '../../errors.js';

/** Below this nobody hears anything: -100 dB. */
const SILENCE = 1e-5;

const CHUNK = 2 ** 20;

/**
 * Frames up to the last that is to be heard, in a WAV file of 32 bit floats.
 *
 * @throws SuperColliderError `invalid-file` when it is no such file.
 */
export async function framesWithSound(path: string, channels: number): Promise<number> {
  const file = await open(path);
  try {
    const { start, size } = await findData(file, path);
    const frameSize = 4 * channels;
    const chunk = Math.floor(CHUNK / frameSize) * frameSize;
    for (let end = Math.floor(size / frameSize) * frameSize; end > 0; end -= chunk) {
      const from = Math.max(0, end - chunk);
      const bytes = new Uint8Array(end - from);
      await file.read(bytes, 0, bytes.length, start + from);
      const samples = new Float32Array(bytes.buffer);
      for (let index = samples.length - 1; index >= 0; index--) {
        if (Math.abs(samples[index]!) > SILENCE) return Math.floor((from / 4 + index) / channels) + 1;
      }
    }
    return 0;
  } finally {
    await file.close();
  }
}

/** The chunk with the samples. libsndfile writes its headers in the first kilobytes. */
async function findData(file: FileHandle, path: string): Promise<{ start: number; size: number }> {
  const { buffer } = await file.read(new Uint8Array(4096), 0, 4096, 0);
  const view = new DataView(buffer.buffer);
  for (let at = 12; at + 8 <= 4096; ) {
    const name = String.fromCharCode(...buffer.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (name === 'data') return { start: at + 8, size: Math.min(size, (await file.stat()).size - at - 8) };
    at += 8 + size + (size % 2);
  }
  throw new SuperColliderError('invalid-file', `${path} is no WAV file with samples.`);
}

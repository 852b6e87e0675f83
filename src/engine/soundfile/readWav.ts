import { SuperColliderError } from '../../errors.js';
import { decodeSamples, type ReadSample, type SampleLayout } from './sampleLayout.js';
import type { SoundData } from './sound.js';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

const READERS: Readonly<Record<string, ReadSample>> = {
  [`${PCM}/8`]: (view, offset) => (view.getUint8(offset) - 128) / 128,
  [`${PCM}/16`]: (view, offset) => view.getInt16(offset, true) / 32_768,
  [`${PCM}/24`]: (view, offset) =>
    (view.getUint16(offset, true) + view.getInt8(offset + 2) * 65_536) / 8_388_608,
  [`${PCM}/32`]: (view, offset) => view.getInt32(offset, true) / 2_147_483_648,
  [`${FLOAT}/32`]: (view, offset) => view.getFloat32(offset, true),
  [`${FLOAT}/64`]: (view, offset) => view.getFloat64(offset, true),
};

/**
 * Reads a WAV or RF64 file: 8, 16, 24 and 32 bit integers, 32 and 64 bit floats.
 *
 * Integers are divided by 2^(bits - 1), as libsndfile does, so a buffer here holds the same numbers
 * as on scsynth. (@audio/decode-wav divides positive samples by one less.)
 *
 * @throws SuperColliderError `invalid-file` when it is no WAV file, or of another encoding.
 * @see http://soundfile.sapp.org/doc/WaveFormat/
 */
export const readWav = (bytes: Uint8Array): SoundData => decodeSamples(bytes, wavLayout(bytes, bytes.length));

/**
 * Position and format of the samples in a WAV or RF64 file.
 *
 * @param bytes - The file's beginning, with all bytes before the samples.
 * @param fileSize - Bytes of the whole file.
 * @throws SuperColliderError `invalid-file` for a file that is not WAV, or has another encoding.
 */
export function wavLayout(bytes: Uint8Array, fileSize: number): SampleLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (offset: number): string => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  let format: { encoding: number; channels: number; sampleRate: number; bits: number } | undefined;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const chunk = name(offset);
    const size = view.getUint32(offset + 4, true);
    const start = offset + 8;
    if (chunk === 'fmt ' && start + 16 <= bytes.length) {
      const tag = view.getUint16(start, true);
      format = {
        encoding: tag === EXTENSIBLE && size >= 26 ? view.getUint16(start + 24, true) : tag,
        channels: view.getUint16(start + 2, true),
        sampleRate: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    } else if (chunk === 'data') {
      if (!format) break;
      const { encoding, bits, channels, sampleRate } = format;
      const read = READERS[`${encoding}/${bits}`];
      if (!read || channels === 0) {
        throw new SuperColliderError(
          'invalid-file',
          `A WAV file of encoding ${encoding} with ${bits} bits cannot be read. ` +
            'Save it as 16, 24 or 32 bit integers, or as 32 bit floats.',
        );
      }
      // A size of 0xffffffff (RF64, or a recording that was cut off) means "to the end".
      const length = size === 0xffffffff ? fileSize - start : Math.min(size, fileSize - start);
      const width = bits / 8;
      const frames = Math.floor(length / (width * channels));
      const isFloat = encoding === FLOAT;
      return {
        start,
        frames,
        channels,
        sampleRate,
        width,
        read,
        isFloat,
        isLittleFloat: isFloat && width === 4,
      };
    }
    offset = start + size + (size % 2);
  }
  throw new SuperColliderError(
    'invalid-file',
    'A WAV file lacks its "fmt " or "data" chunk; it may be cut off.',
  );
}

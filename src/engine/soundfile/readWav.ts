import { SuperColliderError } from '../../errors.js';
import type { Sound } from './sound.js';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

type ReadSample = (view: DataView, offset: number) => number;

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
 * @throws SuperColliderError `bad-file` when it is no WAV file, or of another encoding.
 * @see http://soundfile.sapp.org/doc/WaveFormat/
 */
export function readWav(bytes: Uint8Array): Sound {
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
      const read = READERS[`${format.encoding}/${format.bits}`];
      if (!read || format.channels === 0) {
        throw new SuperColliderError(
          'bad-file',
          `A WAV file of encoding ${format.encoding} with ${format.bits} bits cannot be read; ` +
            'save it as 16, 24 or 32 bit integers, or as 32 bit floats.',
        );
      }
      // A size of 0xffffffff (RF64, or a recording that was cut off) means «to the end».
      const length = Math.min(size, bytes.length - start);
      return samples(view, start, length, format, read);
    }
    offset = start + size + (size % 2);
  }
  throw new SuperColliderError('bad-file', 'A WAV file lacks its "fmt " or "data" chunk; it may be cut off.');
}

function samples(
  view: DataView,
  start: number,
  length: number,
  format: { channels: number; sampleRate: number; bits: number },
  read: ReadSample,
): Sound {
  const width = format.bits / 8;
  const frames = Math.floor(length / (width * format.channels));
  const channels = Array.from({ length: format.channels }, () => new Float32Array(frames));
  let offset = start;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      channel[frame] = read(view, offset);
      offset += width;
    }
  }
  return { sampleRate: format.sampleRate, channels };
}

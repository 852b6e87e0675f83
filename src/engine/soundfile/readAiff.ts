import { SuperColliderError } from '../../errors.js';
import { decodeSamples, type ReadSample, type SampleLayout } from './sampleLayout.js';
import type { SoundData } from './sound.js';

/** Signed integers, high byte first. (@audio/decode-aiff 1.3.0 takes 8 bits for unsigned.) */
const INTEGERS: Readonly<Record<number, ReadSample>> = {
  8: (view, offset) => view.getInt8(offset) / 128,
  16: (view, offset) => view.getInt16(offset) / 32_768,
  24: (view, offset) => (view.getInt8(offset) * 65_536 + view.getUint16(offset + 1)) / 8_388_608,
  32: (view, offset) => view.getInt32(offset) / 2_147_483_648,
};

/** Other compressions of AIFC, by name and width. */
const COMPRESSIONS: Readonly<Record<string, ReadSample>> = {
  'fl32/32': (view, offset) => view.getFloat32(offset),
  'fl64/64': (view, offset) => view.getFloat64(offset),
  'sowt/16': (view, offset) => view.getInt16(offset, true) / 32_768,
  'raw /8': (view, offset) => (view.getUint8(offset) - 128) / 128,
};

/**
 * Reads an AIFF or AIFC file: 8 to 32 bit integers, 32 and 64 bit floats.
 *
 * @throws SuperColliderError `invalid-file` when it is no AIFF file, or of another encoding.
 * @see http://www-mmsp.ece.mcgill.ca/Documents/AudioFormats/AIFF/AIFF.html
 */
export const readAiff = (bytes: Uint8Array): SoundData =>
  decodeSamples(bytes, aiffLayout(bytes, bytes.length));

/**
 * Position and format of the samples in an AIFF or AIFC file.
 *
 * @param bytes - The file's beginning, with all bytes before the samples.
 * @param fileSize - Bytes of the whole file.
 * @throws SuperColliderError `invalid-file` for a file that is not AIFF, or has another encoding.
 */
export function aiffLayout(bytes: Uint8Array, fileSize: number): SampleLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (offset: number): string => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  let format: Omit<SampleLayout, 'start'> | undefined;
  let data: { start: number; length: number } | undefined;
  for (let offset = 12; offset + 8 <= bytes.length && !(format && data); ) {
    const size = view.getUint32(offset + 4);
    const start = offset + 8;
    if (name(offset) === 'COMM' && start + 18 <= bytes.length) {
      format = readFormat(view, start, name(8) === 'AIFC' ? name(start + 18) : 'NONE');
    } else if (name(offset) === 'SSND' && start + 8 <= bytes.length) {
      const first = start + 8 + view.getUint32(start);
      data = { start: first, length: Math.min(start + size, fileSize) - first };
    }
    offset = start + size + (size % 2);
  }
  if (!format || !data) {
    throw new SuperColliderError(
      'invalid-file',
      'An AIFF file lacks its "COMM" or "SSND" chunk; it may be cut off.',
    );
  }
  const there = Math.floor(data.length / (format.width * format.channels));
  return { ...format, start: data.start, frames: Math.max(0, Math.min(format.frames, there)) };
}

function readFormat(view: DataView, start: number, compression: string): Omit<SampleLayout, 'start'> {
  const bits = view.getInt16(start + 6);
  const width = Math.ceil(bits / 8);
  const read =
    compression === 'NONE' || compression === 'twos'
      ? INTEGERS[8 * width]
      : COMPRESSIONS[`${compression.toLowerCase()}/${8 * width}`];
  const channels = view.getInt16(start);
  if (!read || channels < 1) {
    throw new SuperColliderError(
      'invalid-file',
      `An AIFF file of compression "${compression}" with ${bits} bits cannot be read. Save it as 16, 24 ` +
        'or 32 bit integers, or as 32 bit floats.',
    );
  }
  const exponent = (view.getUint16(start + 8) & 0x7fff) - 16_383;
  const mantissa = Number(view.getBigUint64(start + 10));
  return {
    channels,
    sampleRate: mantissa * 2 ** (exponent - 63),
    width,
    frames: view.getUint32(start + 2),
    read,
    isFloat: /^fl/i.test(compression),
    isLittleFloat: false,
  };
}

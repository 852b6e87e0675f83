import { SuperColliderError } from '../../errors.js';

/** Interleaved samples, as they lie in a buffer. */
export interface InterleavedSound {
  readonly sampleRate: number;
  readonly channels: number;
  readonly samples: Float32Array;
}

interface SampleFormat {
  readonly bits: number;
  readonly isFloat?: true;
  /** AIFC's name of the compression; plain AIFF has none. */
  readonly aifc?: string;
  put(view: DataView, offset: number, sample: number, littleEndian: boolean): void;
}

/** As libsndfile does: scaled by the largest positive number, rounded to even, clipped. */
function scaled(sample: number, bits: number): number {
  const largest = 2 ** (bits - 1) - 1;
  // Its product is a 32 bit float, in which 2^31 - 1 does not exist.
  const product = bits > 24 ? sample * largest : Math.fround(sample * largest);
  const rounded = Math.round(product);
  const value = Math.abs(product % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
  return Math.max(-largest - 1, Math.min(largest, value));
}

const FORMATS: Readonly<Record<string, SampleFormat>> = {
  int8: { bits: 8, put: (view, offset, sample) => view.setInt8(offset, scaled(sample, 8)) },
  uint8: { bits: 8, put: (view, offset, sample) => view.setUint8(offset, scaled(sample, 8) + 128) },
  int16: {
    bits: 16,
    put: (view, offset, sample, little) => view.setInt16(offset, scaled(sample, 16), little),
  },
  int24: {
    bits: 24,
    put: (view, offset, sample, little) => {
      const value = scaled(sample, 24);
      view.setUint8(offset + (little ? 0 : 2), value & 0xff);
      view.setUint8(offset + 1, (value >> 8) & 0xff);
      view.setUint8(offset + (little ? 2 : 0), (value >> 16) & 0xff);
    },
  },
  int32: {
    bits: 32,
    put: (view, offset, sample, little) => view.setInt32(offset, scaled(sample, 32), little),
  },
  float: {
    bits: 32,
    isFloat: true,
    aifc: 'fl32',
    put: (view, offset, sample, little) => view.setFloat32(offset, sample, little),
  },
  double: {
    bits: 64,
    isFloat: true,
    aifc: 'fl64',
    put: (view, offset, sample, little) => view.setFloat64(offset, sample, little),
  },
};

/**
 * A sound file's bytes.
 *
 * @param header - `wav`, `wave`, `aiff` or `aifc`, in any case.
 * @param format - `int8` (AIFF), `uint8` (WAV), `int16`, `int24`, `int32`, `float` or `double`.
 * @throws SuperColliderError `write-failed` for any other header or format.
 */
export function encodeSoundFile(sound: InterleavedSound, header: string, format: string): Uint8Array {
  const kind = soundFileKind(header, format);
  const head = kind.head({ ...sound, frames: sound.samples.length / sound.channels });
  const data = kind.samples(sound.samples);
  const bytes = new Uint8Array(head.length + data.length + (data.length % 2));
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
}

/** A kind of sound file, for those who write one piece by piece. */
export interface SoundFileKind {
  /** The header before the samples; its length is constant. */
  head(format: {
    readonly sampleRate: number;
    readonly channels: number;
    readonly frames: number;
  }): Uint8Array;
  /** Interleaved samples as they lie in the file. The whole of them has an even length: a byte may have to follow. */
  samples(samples: Float32Array): Uint8Array;
}

/** @throws SuperColliderError `write-failed` for a header or format that cannot be written. */
export function soundFileKind(header: string, format: string): SoundFileKind {
  const kind = header.toLowerCase();
  const isWav = kind === 'wav' || kind === 'wave';
  const sampleFormat = FORMATS[format.toLowerCase()];
  const isKnown = isWav || kind === 'aiff' || kind === 'aifc';
  const fits = format.toLowerCase() !== (isWav ? 'int8' : 'uint8');
  if (!isKnown || !sampleFormat || !fits) {
    throw new SuperColliderError(
      'write-failed',
      `A "${header}" file of "${format}" samples cannot be written. The embedded engine writes wav and ` +
        'aiff; int16, int24, int32, float and double.',
    );
  }
  const width = sampleFormat.bits / 8;
  return {
    head: (sound) => (isWav ? wavHead : aiffHead)(sound, sampleFormat),
    samples: (samples) => {
      const bytes = new Uint8Array(samples.length * width);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < samples.length; i++) sampleFormat.put(view, i * width, samples[i]!, isWav);
      return bytes;
    },
  };
}

interface Shape {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
}

function wavHead({ sampleRate, channels, frames }: Shape, format: SampleFormat): Uint8Array {
  const width = format.bits / 8;
  const dataSize = frames * channels * width;
  const { view, name, bytes } = file(44);
  name(0, 'RIFF');
  view.setUint32(4, 36 + dataSize + (dataSize % 2), true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, format.isFloat ? 3 : 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * width, true);
  view.setUint16(32, channels * width, true);
  view.setUint16(34, format.bits, true);
  name(36, 'data');
  view.setUint32(40, dataSize, true);
  return bytes;
}

/** @see http://www-mmsp.ece.mcgill.ca/Documents/AudioFormats/AIFF/AIFF.html */
function aiffHead({ sampleRate, channels, frames }: Shape, format: SampleFormat): Uint8Array {
  const width = format.bits / 8;
  const dataSize = frames * channels * width;
  const commSize = format.aifc ? 24 : 18;
  const versionSize = format.aifc ? 12 : 0;
  const dataStart = 12 + versionSize + 8 + commSize + 16;
  const { view, name, bytes } = file(dataStart);
  name(0, 'FORM');
  view.setUint32(4, dataStart - 8 + dataSize + (dataSize % 2));
  name(8, format.aifc ? 'AIFC' : 'AIFF');
  let offset = 12;
  if (format.aifc) {
    name(offset, 'FVER');
    view.setUint32(offset + 4, 4);
    view.setUint32(offset + 8, 0xa2805140);
    offset += 12;
  }
  name(offset, 'COMM');
  view.setUint32(offset + 4, commSize);
  view.setInt16(offset + 8, channels);
  view.setUint32(offset + 10, frames);
  view.setInt16(offset + 14, format.bits);
  setExtended(view, offset + 16, sampleRate);
  if (format.aifc) name(offset + 26, format.aifc);
  offset += 8 + commSize;
  name(offset, 'SSND');
  view.setUint32(offset + 4, 8 + dataSize);
  return bytes;
}

function file(size: number): { bytes: Uint8Array; view: DataView; name(offset: number, text: string): void } {
  const bytes = new Uint8Array(size);
  return {
    bytes,
    view: new DataView(bytes.buffer),
    name: (offset, text) => bytes.set(new TextEncoder().encode(text), offset),
  };
}

/** An 80 bit float of a whole number up to 2^32, as AIFF wants its sample rate. */
function setExtended(view: DataView, offset: number, value: number): void {
  const exponent = Math.floor(Math.log2(value));
  view.setUint16(offset, 16_383 + exponent);
  view.setBigUint64(offset + 2, BigInt(Math.round(value * 2 ** 20)) << BigInt(63 - exponent - 20));
}

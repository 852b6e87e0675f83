import { SuperColliderError } from '../../errors.js';
import { loadPart } from '../../latePart.js';
import { readAiff } from './readAiff.js';
import { readWav } from './readWav.js';
import type { SoundData } from './sound.js';

/**
 * Decodes a sound file: WAV, AIFF and AIFC, FLAC, Ogg Vorbis or MP3, told apart by their first bytes.
 * The decoders of the compressed formats are WebAssembly and are loaded when first needed.
 *
 * @throws SuperColliderError `invalid-file` when it is none of these, or broken.
 */
export async function decodeSoundFile(bytes: Uint8Array): Promise<SoundData> {
  const format = soundFormat(bytes);
  if (format === 'wav') return readWav(bytes);
  if (format === 'aiff') return readAiff(bytes);
  try {
    const { default: decode } = await decoderModule(format);
    const { channelData, sampleRate }: Decoded = await decode(bytes);
    if (channelData.length === 0) throw new Error('it holds no sound');
    return { sampleRate, channels: channelData };
  } catch (cause) {
    const { message } = cause as Error;
    throw new SuperColliderError('invalid-file', `The ${format} file cannot be decoded: ${message}`, {
      cause,
    });
  }
}

export type SoundFormat = 'wav' | 'aiff' | CompressedFormat;

export type CompressedFormat = 'flac' | 'vorbis' | 'mp3';

interface Decoded {
  readonly channelData: Float32Array[];
  readonly sampleRate: number;
}

/** Takes a file piece by piece. */
export interface SoundDecoder {
  decode(bytes: Uint8Array): Decoded;
  /** Returns the samples that the decoder still holds; the decoder of MP3 holds none. */
  flush?(): Decoded;
  free(): void;
}

function decoderModule(format: CompressedFormat) {
  switch (format) {
    case 'flac':
      return import('@audio/decode-flac');
    case 'vorbis':
      return import('@audio/decode-vorbis');
    case 'mp3':
      return import('@audio/decode-mp3');
  }
}

export const decoderOf = async (format: CompressedFormat): Promise<SoundDecoder> =>
  (
    await loadPart<Awaited<ReturnType<typeof decoderModule>>>(
      () => decoderModule(format),
      `decoding of ${format}`,
    )
  ).decoder();

/** The kind of a file, by its first bytes. @throws SuperColliderError `invalid-file` for another. */
export function soundFormat(bytes: Uint8Array): SoundFormat {
  const text = (from: number): string => String.fromCharCode(...bytes.subarray(from, from + 4));
  const first = text(0);
  if ((first === 'RIFF' || first === 'RF64') && text(8) === 'WAVE') return 'wav';
  if (first === 'FORM') return 'aiff';
  if (first === 'fLaC') return 'flac';
  if (first === 'OggS') return 'vorbis';
  if (first.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return 'mp3';
  throw new SuperColliderError(
    'invalid-file',
    'The file is no sound file that can be read: WAV, AIFF, FLAC, Ogg Vorbis or MP3.',
  );
}

/**
 * Kinds of sound files that can be written, and the sample formats of each.
 *
 * They are those of libsndfile 1.2. Each pair was tried on scsynth and supernova 3.13, which abort at any
 * other.
 */

import { extname } from 'node:path';
import { SuperColliderError } from '../../errors.js';
import type { EngineKind } from '../engine.js';

const ALL = ['int16', 'int24', 'int32', 'float', 'double', 'mulaw', 'alaw'];

const NATIVE: Readonly<Record<string, readonly string[]>> = {
  wav: [...ALL, 'uint8'],
  wave: [...ALL, 'uint8'],
  wavex: [...ALL, 'uint8'],
  aiff: [...ALL, 'int8', 'uint8'],
  aifc: [...ALL, 'int8', 'uint8'],
  flac: ['int24', 'int16', 'int8'],
  ogg: ['vorbis'],
  caf: [...ALL, 'int8'],
  w64: [...ALL, 'uint8'],
  rf64: [...ALL, 'uint8'],
  next: [...ALL, 'int8'],
  sun: [...ALL, 'int8'],
  ircam: ['int16', 'int32', 'float', 'mulaw', 'alaw'],
  raw: [...ALL, 'int8', 'uint8'],
};

const EMBEDDED: Readonly<Record<string, readonly string[]>> = {
  wav: ['int16', 'int24', 'int32', 'float', 'double', 'uint8'],
  wave: ['int16', 'int24', 'int32', 'float', 'double', 'uint8'],
  aiff: ['int16', 'int24', 'int32', 'float', 'double', 'int8'],
  aifc: ['int16', 'int24', 'int32', 'float', 'double', 'int8'],
};

/** Endings that are not the name of a kind. */
const ENDINGS: Readonly<Record<string, string>> = { aif: 'aiff', oga: 'ogg', au: 'next', snd: 'next' };

/** Bytes of a sample, of kinds that are not compressed. */
export const SAMPLE_WIDTHS: Readonly<Record<string, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  int24: 3,
  int32: 4,
  float: 4,
  double: 8,
  mulaw: 1,
  alaw: 1,
};

/**
 * The kind of a sound file that an engine is to write.
 *
 * @param headerFormat - From the path's ending where it is undefined.
 * @param sampleFormat - Of samples; float where it is undefined and the kind has it.
 * @throws SuperColliderError `write-failed` for what the engine cannot write, with a list of what it can.
 */
export function soundFileKindOf(
  path: string,
  headerFormat: string | undefined,
  sampleFormat: string | undefined,
  engine: EngineKind,
): { readonly headerFormat: string; readonly sampleFormat: string } {
  const kinds = engine === 'embedded' ? EMBEDDED : NATIVE;
  const ending = extname(path).slice(1).toLowerCase();
  const kind = headerFormat?.toLowerCase() ?? ENDINGS[ending] ?? (ending || 'wav');
  const formats = Object.hasOwn(kinds, kind) ? kinds[kind]! : undefined;
  if (!formats) {
    const isWrittenByOthers = engine === 'embedded' && Object.hasOwn(NATIVE, kind);
    const what = headerFormat === undefined ? `files that end in .${ending}` : `"${headerFormat}" files`;
    throw new SuperColliderError(
      'write-failed',
      `${path} cannot be written: ${engineName(engine)} no ${what}. It writes ${Object.keys(kinds).join(', ')}` +
        `${isWrittenByOthers ? '; scsynth and supernova write this kind too' : ''}. ` +
        'Choose another ending, or name the kind by the option headerFormat.',
    );
  }
  const samples = sampleFormat?.toLowerCase() ?? (formats.includes('float') ? 'float' : formats[0]!);
  if (!formats.includes(samples)) {
    throw new SuperColliderError(
      'write-failed',
      `${path} cannot be written: a "${kind}" file holds no "${sampleFormat}" samples` +
        `${engine === 'embedded' ? ' on the embedded engine' : ''}. It holds ${formats.join(', ')}.`,
    );
  }
  return { headerFormat: kind, sampleFormat: samples };
}

const engineName = (engine: EngineKind): string =>
  engine === 'embedded' ? 'the embedded engine writes' : `${engine} writes`;

import { readFile } from 'node:fs/promises';
import { SuperColliderError } from '../../errors.js';
import { decodeSoundFile } from './decodeSoundFile.js';
import type { SoundData } from './sound.js';

/**
 * A sound file: WAV, AIFF, FLAC, Ogg Vorbis or MP3.
 *
 * @throws SuperColliderError `invalid-file` when it cannot be read, or is none of these.
 */
export async function readSoundFile(path: string): Promise<SoundData> {
  try {
    return await decodeSoundFile(await readFile(path));
  } catch (cause) {
    if (cause instanceof SuperColliderError) throw cause;
    throw new SuperColliderError('invalid-file', `${path} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

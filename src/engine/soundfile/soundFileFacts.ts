import type { Hertz } from '../../units.js';
import { readSoundFile } from './readSoundFile.js';
import { framesOf } from './sound.js';

export interface SoundFileFacts {
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: Hertz;
}

/**
 * What `/b_query` would say of a file that a server has loaded.
 *
 * @throws SuperColliderError `bad-file` when it cannot be read, or is no sound file.
 */
export async function soundFileFacts(path: string): Promise<SoundFileFacts> {
  const sound = await readSoundFile(path);
  return { frames: framesOf(sound), channels: sound.channels.length, sampleRate: sound.sampleRate };
}

import type { Hertz } from '../../units.js';
import { readSoundFile } from './readSoundFile.js';
import { framesOf } from './sound.js';

export interface SoundFileFacts {
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: Hertz;
}

/**
 * Facts of a sound file, as `/b_query` would report them for a buffer with it.
 *
 * @throws SuperColliderError `invalid-file` for a file that is unreadable or not a sound file.
 */
export async function soundFileFacts(path: string): Promise<SoundFileFacts> {
  const sound = await readSoundFile(path);
  return { frames: framesOf(sound), channels: sound.channels.length, sampleRate: sound.sampleRate };
}

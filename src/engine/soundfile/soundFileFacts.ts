import type { Hertz } from '../../units.js';
import { readSoundFile } from './readSoundFile.js';
import { framesOf } from './sound.js';

/** The size of a sound file. */
export interface SoundFileFacts {
  /** The number of frames. */
  readonly frames: number;
  /** The number of channels. */
  readonly channels: number;
  /** The sample rate in hertz. */
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

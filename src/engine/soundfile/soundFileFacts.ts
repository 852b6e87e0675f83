import { readFile } from 'node:fs/promises';
import type { Hertz } from '../../units.js';
import { decodeSoundFile } from './decodeSoundFile.js';
import { framesOf } from './sound.js';

export interface SoundFileFacts {
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: Hertz;
}

/**
 * What `/b_query` would say of a file that a server has loaded.
 *
 * @throws the system's error when it cannot be read, SuperColliderError `bad-file` when it is no sound file.
 */
export async function soundFileFacts(path: string): Promise<SoundFileFacts> {
  const sound = await decodeSoundFile(await readFile(path));
  return { frames: framesOf(sound), channels: sound.channels.length, sampleRate: sound.sampleRate };
}

import type { Hertz } from '../../units.js';

/** Decoded sound: one array of samples for each channel, all of one length. */
export interface SoundData {
  /** Hertz. */
  readonly sampleRate: Hertz;
  /** The samples of each channel; all channels have one length. */
  readonly channels: readonly Float32Array[];
}

/** Length of a sound in frames. */
export const framesOf = (sound: SoundData): number => sound.channels[0]?.length ?? 0;

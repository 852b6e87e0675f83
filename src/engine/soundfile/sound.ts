import type { Hertz } from '../../units.js';

/** Decoded sound: one array of samples for each channel, all of one length. */
export interface Sound {
  /** Hertz. */
  readonly sampleRate: Hertz;
  /** The samples of each channel; all channels have one length. */
  readonly channels: readonly Float32Array[];
}

/** Length of a sound in frames. */
export const framesOf = (sound: Sound): number => sound.channels[0]?.length ?? 0;

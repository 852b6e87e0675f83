/** The loudest sample of a sound. */
export interface SoundPeak {
  /** 1 is full scale. */
  readonly level: number;
  readonly frame: number;
  /** From 0. */
  readonly channel: number;
  /** Beyond full scale; in a file of integers, cut off there. */
  readonly isClipped: boolean;
}

/** The largest sample of 16 bits; those of more bits are nearer to 1. */
const FULL_SCALE = 1 - 2 ** -15;

/**
 * Finds the loudest of all samples that it receives.
 *
 * Integers cannot represent values beyond full scale. There, two consecutive samples at full scale count as
 * the flat top of a clipped wave. A single one is common in sound that was normalized to full scale.
 */
export class PeakMeter {
  #level = 0;
  #frame = 0;
  #channel = 0;
  #frames = 0;
  #flatFrame = -1;
  #flatChannel = 0;
  /** True for each channel whose last sample was at full scale. */
  readonly #isFull: boolean[];

  constructor(
    readonly channels: number,
    readonly isFloat: boolean,
  ) {
    this.#isFull = Array.from({ length: channels }, () => false);
  }

  /** Takes frames that follow those before, the channels of each side by side. */
  hear(interleaved: Float32Array): void {
    const { channels } = this;
    const loudest = indexOfLoudest(interleaved, this.#level);
    if (loudest >= 0) {
      this.#level = Math.abs(interleaved[loudest]!);
      this.#frame = this.#frames + Math.floor(loudest / channels);
      this.#channel = loudest % channels;
    }
    // Only what comes to full scale can be flat there.
    if (!this.isFloat && this.#flatFrame < 0 && this.#level >= FULL_SCALE) {
      for (let channel = 0; channel < channels; channel++) this.#findFlat(interleaved, channel);
    }
    this.#frames += interleaved.length / channels;
  }

  get peak(): SoundPeak {
    if (this.isFloat || this.#flatFrame < 0) {
      const [level, frame, channel] = [this.#level, this.#frame, this.#channel];
      return { level, frame, channel, isClipped: this.isFloat && level > 1 };
    }
    return { level: this.#level, frame: this.#flatFrame, channel: this.#flatChannel, isClipped: true };
  }

  #findFlat(interleaved: Float32Array, channel: number): void {
    let before = this.#isFull[channel]!;
    for (let index = channel; index < interleaved.length; index += this.channels) {
      const isFull = Math.abs(interleaved[index]!) >= FULL_SCALE;
      if (isFull && before) {
        const frame = this.#frames + Math.floor(index / this.channels) - 1;
        if (this.#flatFrame >= 0 && this.#flatFrame <= frame) return;
        this.#flatFrame = frame;
        this.#flatChannel = channel;
        return;
      }
      before = isFull;
    }
    this.#isFull[channel] = before;
  }
}

/** Index of the loudest sample that is louder than `level`; -1 when none is. */
function indexOfLoudest(samples: Float32Array, level: number): number {
  let [loudest, found] = [level, -1];
  for (let index = 0; index < samples.length; index++) {
    const sample = Math.abs(samples[index]!);
    if (sample > loudest) {
      loudest = sample;
      found = index;
    }
  }
  return found;
}

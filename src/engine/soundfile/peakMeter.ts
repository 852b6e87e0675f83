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
 * Finds the loudest sample of what it hears.
 *
 * Integers know nothing beyond full scale. There, two samples in a row at full scale are taken for the flat top of a
 * wave that was cut off: one alone is what a sound has that was brought to full scale on purpose.
 */
export class PeakMeter {
  #level = 0;
  #frame = 0;
  #channel = 0;
  #frames = 0;
  #flatFrame = -1;
  #flatChannel = 0;
  /** Whether each channel's last sample stood at full scale. */
  readonly #isFull: boolean[];

  constructor(
    readonly channels: number,
    readonly isFloat: boolean,
  ) {
    this.#isFull = Array.from({ length: channels }, () => false);
  }

  /** Takes what follows what it heard before. */
  hear(channels: readonly Float32Array[]): void {
    for (const [index, samples] of channels.entries()) {
      this.#findLoudest(samples, index);
      if (!this.isFloat && this.#flatFrame < 0) this.#findFlat(samples, index);
    }
    this.#frames += channels[0]?.length ?? 0;
  }

  get peak(): SoundPeak {
    if (this.isFloat || this.#flatFrame < 0) {
      const [level, frame, channel] = [this.#level, this.#frame, this.#channel];
      return { level, frame, channel, isClipped: this.isFloat && level > 1 };
    }
    return { level: this.#level, frame: this.#flatFrame, channel: this.#flatChannel, isClipped: true };
  }

  #findLoudest(samples: Float32Array, channel: number): void {
    let level = this.#level;
    let found = -1;
    for (let frame = 0; frame < samples.length; frame++) {
      const sample = Math.abs(samples[frame]!);
      if (sample <= level) continue;
      level = sample;
      found = frame;
    }
    if (found < 0) return;
    this.#level = level;
    this.#frame = this.#frames + found;
    this.#channel = channel;
  }

  #findFlat(samples: Float32Array, channel: number): void {
    let before = this.#isFull[channel]!;
    for (let frame = 0; frame < samples.length; frame++) {
      const isFull = Math.abs(samples[frame]!) >= FULL_SCALE;
      if (isFull && before) {
        this.#flatFrame = this.#frames + frame - 1;
        this.#flatChannel = channel;
        return;
      }
      before = isFull;
    }
    this.#isFull[channel] = before;
  }
}

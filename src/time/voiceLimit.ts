/** A note that is mounted and has a voice, or waits to hear that it has none. */
export interface LimitedVoice {
  /** Loudness, for `quietest`. */
  readonly level: number;
  /** Called when the voice is needed for another note. */
  readonly steal: () => void;
}

/** Gives a number of voices to notes as they come. */
export class VoiceLimit {
  /** The most voices at once. */
  max = Number.POSITIVE_INFINITY;
  /** The voice that ends for a new one. */
  strategy: 'oldest' | 'quietest' | 'none' = 'oldest';
  readonly #sounding = new Set<LimitedVoice>();

  /** Takes a voice; false where there is none. */
  take(voice: LimitedVoice): boolean {
    if (this.#sounding.size >= this.max) {
      if (this.strategy === 'none') return false;
      // A set gives its members in the order in which they came.
      let [stolen] = this.#sounding;
      if (this.strategy === 'quietest')
        for (const each of this.#sounding) if (each.level < stolen!.level) stolen = each;
      this.#sounding.delete(stolen!);
      stolen!.steal();
    }
    this.#sounding.add(voice);
    return true;
  }

  /** Gives a voice back; nothing for one that was stolen. */
  end(voice: LimitedVoice): void {
    this.#sounding.delete(voice);
  }
}

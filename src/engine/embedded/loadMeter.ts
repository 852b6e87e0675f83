/** Share of real time that the engine's blocks take, in percent, as `/status` reports it. */
export class LoadMeter {
  readonly #period: number;
  readonly #now: (() => number) | undefined;
  #average = 0;
  #peak = 0;

  /**
   * @param period - Length of a block in milliseconds.
   * @param now - Milliseconds from a steady clock; without one the load stays 0.
   */
  constructor(period: number, now: (() => number) | undefined) {
    this.#period = period;
    this.#now = now;
  }

  get average(): number {
    return this.#average;
  }

  /** Falls back to the average within about a second, as scsynth's does. */
  get peak(): number {
    return this.#peak;
  }

  measure(block: () => void): void {
    if (!this.#now) {
      block();
      return;
    }
    const before = this.#now();
    block();
    const load = (100 * (this.#now() - before)) / this.#period;
    this.#average += 0.02 * (load - this.#average);
    this.#peak = load > this.#peak ? load : this.#peak + 0.01 * (this.#average - this.#peak);
  }
}

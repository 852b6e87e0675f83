import { type Clock, SystemClock } from 'react-collider';

/**
 * The system's time, which stands still while the piece is paused: beats go on afterwards where they were.
 */
export class PausableClock implements Clock {
  readonly #clock = new SystemClock();
  /** Seconds of all pauses so far. */
  #paused = 0;
  #standsAt: number | undefined;

  now(): number {
    return this.#standsAt ?? this.#clock.now() - this.#paused;
  }

  /**
   * The system's time; while this clock stands, as if it went on now, so that bundles of the pause are not
   * late.
   */
  toSystem(time: number): number {
    const paused = this.#standsAt === undefined ? this.#paused : this.#clock.now() - this.#standsAt;
    return this.#clock.toSystem(time + paused);
  }

  stop(): void {
    this.#standsAt ??= this.now();
  }

  goOn(): void {
    if (this.#standsAt === undefined) return;
    this.#paused = this.#clock.now() - this.#standsAt;
    this.#standsAt = undefined;
  }
}

import type { Seconds } from '../units.js';
import { checkSeconds, checkWhole } from './checks.js';

/** Intervals and limits for noticing that a server does not reply any more. */
export interface HeartbeatOptions {
  /** Seconds between two beats; Infinity for none. @default 1 */
  readonly interval?: Seconds | undefined;
  /** Beats without any answer after which the server counts as unresponsive. @default 3 */
  readonly tolerance?: number | undefined;
  /**
   * Beats without a reply after which a server counts as lost.
   *
   * A server of ours counts as stuck instead, because we watch its process; `restart` reboots it.
   *
   * @default 10
   */
  readonly patience?: number | undefined;
}

export interface HeartbeatTasks {
  /** Asks for a sign of life. */
  ask(): void;
  onUnresponsive(): void;
  onLost(): void;
}

/**
 * Watches whether a server replies, and queries it when it sends nothing by itself.
 *
 * The count is of beats, not of seconds. After our own thread was busy for long, only one beat is late. A
 * server whose replies we could not read in that time does not count as lost.
 */
export class Heartbeat {
  readonly #interval: Seconds;
  readonly #tolerance: number;
  readonly #patience: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #missed = 0;
  #heard = true;

  constructor(
    readonly tasks: HeartbeatTasks,
    { interval = 1, tolerance = 3, patience = 10 }: HeartbeatOptions = {},
  ) {
    checkSeconds('heartbeat.interval', interval, { orInfinity: true });
    checkWhole('heartbeat.tolerance', tolerance, 1);
    checkWhole('heartbeat.patience', patience, 1);
    this.#interval = interval;
    this.#tolerance = tolerance;
    this.#patience = patience;
  }

  start(): void {
    this.stop();
    this.#missed = 0;
    this.#heard = true;
    if (this.#interval === Number.POSITIVE_INFINITY) return;
    this.#timer = setInterval(() => this.#beat(), this.#interval * 1000);
    // A program that has nothing else to do may end; in a page timers are plain numbers.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Something came from the server. */
  heard(): void {
    this.#heard = true;
    this.#missed = 0;
  }

  #beat(): void {
    if (!this.#heard) {
      this.#missed += 1;
      if (this.#missed === this.#tolerance) this.tasks.onUnresponsive();
      if (this.#missed === this.#patience) this.tasks.onLost();
    }
    this.#heard = false;
    if (this.#timer !== undefined) this.tasks.ask();
  }
}

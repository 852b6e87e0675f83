/**
 * Commands that leave for the server, in the order of their times.
 *
 * Commands for one time share a bundle, and none overtakes an earlier one.
 */

import type { Command } from '../../commands/command.js';
import type { Clock } from '../../time/clock.js';
import { SAME_MOMENT } from '../../time/scheduler.js';
import type { Seconds, UnixTime } from '../../units.js';

export interface OutboxOptions {
  readonly clock: Clock;
  /** Seconds from a commit without a moment of its own to when it happens; 0 = at once. */
  readonly latency: Seconds;
  /** @param time - In seconds since 1970 as the system's clock counts; `undefined` for "at once". */
  readonly send: (commands: readonly Command[], time: UnixTime | undefined) => void;
  /** `send` threw when nobody was there to catch it. */
  readonly onError: (error: unknown) => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  #waiting: { readonly time: UnixTime; readonly commands: Command[] } | undefined;
  #last = Number.NEGATIVE_INFINITY;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The latest moment that something left for; -Infinity for none. */
  get last(): UnixTime {
    return this.#last;
  }

  /**
   * Takes commands for a moment. They leave at the end of the microtask, together with all others for that
   * moment, and before anything for another one.
   */
  add(commands: readonly Command[], time: UnixTime): void {
    const waiting = this.#waiting;
    if (waiting && time <= waiting.time + SAME_MOMENT) {
      waiting.commands.push(...commands);
      return;
    }
    this.flush();
    this.#waiting = { time: Math.max(time, this.#last), commands: [...commands] };
    this.#last = this.#waiting.time;
    queueMicrotask(() => {
      try {
        this.flush();
      } catch (error) {
        this.#options.onError(error);
      }
    });
  }

  /**
   * Sends commands that have no moment of their own: after the latency. While something is under way for a
   * later moment they go with it: a node cannot be set before it is there.
   */
  addNow(commands: readonly Command[]): void {
    const { clock, latency, send } = this.#options;
    const isFirst = this.#last === Number.NEGATIVE_INFINITY;
    if (isFirst && latency === 0) {
      send(commands, undefined);
      return;
    }
    const time = clock.now() + latency;
    if (this.#last > time) {
      this.add(commands, this.#last);
      return;
    }
    this.flush();
    if (latency > 0) this.#last = time;
    send(commands, latency > 0 ? clock.toSystem(time) : undefined);
  }

  /** Sends commands ahead of what is under way: for nodes that the server has already. */
  addAhead(commands: readonly Command[]): void {
    const { clock, latency, send } = this.#options;
    send(commands, latency > 0 ? clock.toSystem(clock.now() + latency) : undefined);
  }

  /** Sends what waits. */
  flush(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    this.#options.send(waiting.commands, this.#options.clock.toSystem(waiting.time));
  }
}

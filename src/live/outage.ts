import type { Seconds, UnixTime } from '../units.js';

export interface OutageOptions {
  readonly now: () => UnixTime;
  /** Resolves when everything that was sent is carried out. */
  readonly settle: () => Promise<void>;
  readonly isOnline: () => boolean;
  /** Everything is up again, after so many seconds. */
  readonly onRecover: ((silence: Seconds) => void) | undefined;
}

/** Measures an outage of the server: from its loss until all that was rendered is up again. */
export class Outage {
  readonly #options: OutageOptions;
  /** The time at which the server was lost; `undefined` while it is there. */
  #since: UnixTime | undefined;

  constructor(options: OutageOptions) {
    this.#options = options;
  }

  /** The server was lost. */
  begin(): void {
    this.#since ??= this.#options.now();
  }

  /** The server is back, and was sent everything. */
  end(): void {
    const since = this.#since;
    if (since === undefined) return;
    const { now, settle, isOnline, onRecover } = this.#options;
    void settle().then(
      () => {
        // Gone again: that is the same silence.
        if (!isOnline() || this.#since !== since) return;
        this.#since = undefined;
        onRecover?.(now() - since);
      },
      () => {}, // it does not answer
    );
  }
}

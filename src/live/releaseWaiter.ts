import type { Seconds } from '../units.js';

/** Waits until nothing that left the tree is heard any more. */
export class ReleaseWaiter {
  readonly #isReached: () => boolean;
  readonly #waiting = new Set<() => void>();

  /** @param isReached - True while nothing that left the tree is on the server. */
  constructor(isReached: () => boolean) {
    this.#isReached = isReached;
  }

  /** Resolves when the last released node has ended, or when `timeout` is over. */
  async wait(timeout: Seconds): Promise<void> {
    if (this.#isReached()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, timeout * 1000);
      this.#waiting.add(end);
    });
  }

  /** A node has ended: it may have been the last. */
  check(): void {
    if (this.#isReached()) for (const end of [...this.#waiting]) end();
  }
}

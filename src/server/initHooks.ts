/** Functions that run whenever a server is new or emptied: they load definitions or make groups that stay. */

import { checkFunction } from './checks.js';

/** Runs with the default group there; what it sends is done before the server counts as online. */
export type InitHook = () => void | Promise<void>;

/**
 * The functions that run at each boot, reboot and `freeAll` of a server, in the order in which they were
 * added.
 */
export class InitHooks {
  readonly #hooks = new Set<InitHook>();

  /**
   * Runs at each boot, reboot, reconnection and `freeAll` from now on, after the hooks that were added before.
   * Returns the function that takes it away.
   */
  add(hook: InitHook): () => void {
    checkFunction('A hook', hook);
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  /** Runs all of them, one after another. */
  async run(): Promise<void> {
    for (const hook of [...this.#hooks]) await hook();
  }
}

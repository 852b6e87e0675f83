import { SuperColliderError } from '../errors.js';
import type { Client } from './client.js';

/**
 * Base of handles that are valid for one run of one server. After a reboot a handle is stale, even if its
 * number is in use again.
 */
export abstract class ServerHandle {
  readonly #life: number;
  #freed = false;

  constructor(readonly server: Client) {
    this.#life = server.epoch;
  }

  /** The handle's name in messages: `Buffer 3`. */
  abstract toString(): string;

  /** True when it was freed, or its server is gone or another. */
  get isFreed(): boolean {
    return this.#freed || this.#life !== this.server.epoch || this.server.state === 'offline';
  }

  /**
   * Before anything is sent for it.
   *
   * @throws SuperColliderError `server-offline` or `stale-handle`.
   */
  protected check(): void {
    if (this.server.state === 'offline') {
      throw new SuperColliderError(
        'server-offline',
        `${this} is gone with its server: ${this.server.engine.description} is offline.`,
      );
    }
    if (this.#life !== this.server.epoch) {
      throw new SuperColliderError(
        'stale-handle',
        `${this} is from an earlier run of the server, before a reboot. Make another one, for example in a hook (server.hooks.add).`,
      );
    }
    if (this.#freed)
      throw new SuperColliderError('stale-handle', `${this} is freed already. Make another one.`);
  }

  /**
   * Before something of a server uses it.
   *
   * @throws SuperColliderError `invalid-argument` when it belongs to another server, `server-offline`, `stale-handle`.
   * @internal
   */
  checkFor(server: Client): void {
    if (this.server !== server) {
      throw new SuperColliderError(
        'invalid-argument',
        `${this} belongs to another server (${this.server.engine.description}).`,
      );
    }
    this.check();
  }

  /** From now on nothing can be done with it. */
  protected markFreed(): void {
    this.#freed = true;
  }
}

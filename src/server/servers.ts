import { SuperColliderError } from '../errors.js';
import { checkText } from './checks.js';
import type { Server } from './server.js';

/**
 * The servers of a program: all of them, by name, and which is the default one.
 *
 * Nothing is known by itself: give one to `boot({ servers })` and `connect({ servers })`, or `add` a server.
 */
export class Servers {
  readonly #named = new Map<string, Server>();
  #default: Server | undefined;

  /** All that were added, in that order. */
  get all(): readonly Server[] {
    return [...this.#named.values()];
  }

  /** By the names that they were added with. */
  get named(): ReadonlyMap<string, Server> {
    return this.#named;
  }

  /** The one that was set, else the first. */
  get default(): Server | undefined {
    return this.#default ?? this.all[0];
  }

  set default(server: Server | undefined) {
    if (server && !this.all.includes(server)) this.add(server);
    this.#default = server;
  }

  /**
   * @param name - Each is there once. @default `server`, `server 2`, …
   * @throws SuperColliderError `invalid-argument` for a name or a server that is there already.
   */
  add(server: Server, name = this.#freeName()): void {
    checkText('Name of the server', name);
    if (this.#named.has(name)) {
      throw new SuperColliderError(
        'invalid-argument',
        `There is a server named "${name}" already. Take another name.`,
      );
    }
    if (this.all.includes(server)) {
      throw new SuperColliderError('invalid-argument', `${server} is among the servers already.`);
    }
    this.#named.set(name, server);
  }

  /** Forgets a server; it goes on. */
  remove(server: Server): void {
    for (const [name, known] of this.#named) if (known === server) this.#named.delete(name);
    if (this.#default === server) this.#default = undefined;
  }

  /**
   * Frees all nodes of the running servers that we own.
   *
   * @param evenRemote - Of those that others started, too. @default false
   */
  async freeAll({ evenRemote = false } = {}): Promise<void> {
    const running = this.all.filter(({ state, isOwner }) => state === 'online' && (isOwner || evenRemote));
    await Promise.all(running.map((server) => server.freeAll({ allClients: true })));
  }

  /** Quits those that we own, and leaves the others. */
  async quitAll(): Promise<void> {
    await Promise.all(this.all.map((server) => server[Symbol.asyncDispose]()));
  }

  #freeName(): string {
    let name = 'server';
    for (let number = 2; this.#named.has(name); number++) name = `server ${number}`;
    return name;
  }
}

/** Our login at a server: the number of this client, and its share of everything that is numbered. */

import type { ClientId, NodeId } from '../units.js';
import { type Partition, partition } from './allocators.js';
import type { Connection } from './connection.js';
import type { Lifecycle } from './lifecycle.js';
import type { ServerOptions } from './options.js';
import { register } from './registration.js';

export interface LoginSettings {
  /** Gives the options of the server, which a reboot can change. */
  readonly options: () => ServerOptions;
  /** The client id to request. */
  readonly clientId: number;
  /** True for an id of a node that is on the server. */
  readonly isTaken: (id: NodeId) => boolean;
}

export class Login {
  readonly #connection: Connection;
  readonly #lifecycle: Lifecycle;
  readonly #settings: LoginSettings;
  #clientId = 0 as ClientId;
  #maxLogins: number;
  #parts: Partition;
  #isRegistered = false;

  constructor(connection: Connection, lifecycle: Lifecycle, settings: LoginSettings) {
    this.#connection = connection;
    this.#lifecycle = lifecycle;
    this.#settings = settings;
    const options = settings.options();
    this.#maxLogins = options.maxLogins;
    this.#parts = partition(options, this.#clientId, this.#maxLogins);
  }

  /** The number that the server gave to this client. */
  get clientId(): ClientId {
    return this.#clientId;
  }

  get maxLogins(): number {
    return this.#maxLogins;
  }

  /** The allocators of this client. */
  get parts(): Partition {
    return this.#parts;
  }

  /** Sends `/notify 1`. */
  async register(): Promise<void> {
    if (this.#isRegistered) return;
    const lifecycle = this.#lifecycle;
    lifecycle.emit({ type: 'connecting' });
    const { options, clientId: wish } = this.#settings;
    const { clientId, maxLogins } = await register(this.#connection, options(), wish);
    this.#isRegistered = true;
    if (clientId !== this.#clientId || maxLogins !== this.#maxLogins || lifecycle.state === 'booting') {
      this.#clientId = clientId;
      this.#maxLogins = maxLogins;
      this.#parts = this.#partition();
    }
    lifecycle.emit({ type: 'registered', clientId });
  }

  /** Sends `/notify 0`. */
  async unregister(): Promise<void> {
    if (!this.#isRegistered) return;
    this.#isRegistered = false;
    await this.#connection.request({ type: '/notify', on: false, clientId: this.#clientId });
    this.#lifecycle.emit({ type: 'unregistered' });
  }

  /** Sends `/notify 0` without waiting for the reply. */
  leave(): void {
    if (this.#lifecycle.state === 'offline' || !this.#isRegistered) return;
    this.#isRegistered = false;
    this.#connection.outgoing.sendPacket(['/notify', 0, this.#clientId]);
  }

  /** The server is gone, and with it the login. */
  forget(): void {
    this.#isRegistered = false;
  }

  /** Frees all numbers but ids of nodes: supernova 3.13 never gives the id of a replaced node to another one. */
  restart(): void {
    this.#parts = { ...this.#partition(), nodeIds: this.#parts.nodeIds };
  }

  #partition(): Partition {
    const { options, isTaken } = this.#settings;
    return partition(options(), this.#clientId, this.#maxLogins, isTaken);
  }
}

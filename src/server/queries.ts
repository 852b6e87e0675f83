/** Queries about a server as a whole: its replies, and the lines that it prints. */

import { parseQueryTree, type QueryTreeGroup, type QueryTreeNode } from '../commands/queryTree.js';
import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import type { SynthDef } from '../synthdef/index.js';
import type { NodeId, Seconds } from '../units.js';
import { checkSeconds, checkWhole } from './checks.js';
import type { Connection } from './connection.js';
import type { Login } from './login.js';
import {
  parseMemoryStatus,
  parseStatus,
  parseVersion,
  type ServerMemory,
  type ServerStatus,
  type ServerVersion,
} from './status.js';

/** Options of `dumpTree`. */
export interface DumpTreeOptions {
  /** With the values of all controls. @default false */
  readonly controls?: boolean | undefined;
  /** Seconds to wait for the lines. @default 5 */
  readonly timeout?: Seconds | undefined;
}

/** Sync ids count within 26 bits, behind the client's number. */
const SYNC_IDS = 2 ** 26;

export class Queries {
  readonly #connection: Connection;
  readonly #login: Login;
  /** Gives the definition that this client sent under a name of the server. */
  readonly #sentDefinition: (serverName: string) => SynthDef | undefined;
  #lastStatus: ServerStatus | undefined;
  #lastSync = 0;
  #dumped: Promise<unknown> = Promise.resolve();

  constructor(
    connection: Connection,
    login: Login,
    sentDefinition: (serverName: string) => SynthDef | undefined,
  ) {
    this.#connection = connection;
    this.#login = login;
    this.#sentDefinition = sentDefinition;
    connection.incoming.on('/status.reply', (message) => {
      this.#lastStatus = parseStatus(message);
    });
  }

  get lastStatus(): ServerStatus | undefined {
    return this.#lastStatus;
  }

  /** The server is gone, and its status with it. */
  forget(): void {
    this.#lastStatus = undefined;
  }

  async sync(timeout?: Seconds): Promise<void> {
    this.#lastSync = (this.#lastSync + 1) % SYNC_IDS;
    const id = this.#login.clientId * SYNC_IDS + this.#lastSync;
    await this.#connection.request({ type: '/sync', id }, { timeout });
  }

  async status(): Promise<ServerStatus> {
    return parseStatus(await this.#connection.request({ type: '/status' }));
  }

  async version(): Promise<ServerVersion> {
    return parseVersion(await this.#connection.request({ type: '/version' }));
  }

  async memory(): Promise<ServerMemory> {
    const { engine } = this.#connection;
    const lacks = () =>
      new SuperColliderError(
        'unsupported',
        `${engine.description} does not tell how much real-time memory is left: that came with scsynth 3.14, and supernova has none of it. Its size is the option memSize.`,
      );
    if (engine.kind === 'supernova') throw lacks();
    try {
      return parseMemoryStatus(await this.#connection.request({ type: '/rtMemoryStatus' }));
    } catch (error) {
      if (error instanceof SuperColliderError && error.message.includes('Command not found')) throw lacks();
      throw error;
    }
  }

  async queryTree(id: NodeId, controls: boolean): Promise<QueryTreeGroup> {
    checkWhole('Id of the group', id, 0, 2 ** 31 - 1);
    const query = async (controls: boolean) =>
      parseQueryTree(await this.#connection.request({ type: '/g_queryTree', id, controls }));
    if (controls && !this.#connection.engine.abilities.queriesTrailingArrays)
      this.#checkTrailingArrays(await query(false));
    return query(controls);
  }

  /**
   * Refuses a query that supernova 3.13 may not survive. Where the last control of a definition is an array, it reads
   * beyond its list of names.
   */
  #checkTrailingArrays(node: QueryTreeNode): void {
    if ('children' in node) {
      for (const child of node.children) this.#checkTrailingArrays(child);
      return;
    }
    const last = this.#sentDefinition(node.def)?.description.controls.at(-1);
    if (!last || last.defaults.length === 1) return;
    throw new SuperColliderError(
      'unsupported',
      `${this.#connection.engine.description} may crash at a query for the controls of synth ${node.id}. "${last.name}", the ` +
        `last control of "${node.def}", is an array. Query with { controls: false }, or let another control of the ` +
        'definition stand last.',
    );
  }

  /** @param isOwner - True where we read what the server prints. */
  dumpTree(
    id: NodeId,
    { controls = false, timeout = 5 }: DumpTreeOptions,
    isOwner: boolean,
  ): Promise<string> {
    const dump = async () => {
      checkWhole('Id of the group', id, 0, 2 ** 31 - 1);
      checkSeconds('timeout', timeout);
      // Few ask for it, and pages load what they need.
      const { dumpTree } = await loadPart(() => import('./dumpTree.js'), 'printed tree');
      return dumpTree(this.#connection, this, { id, controls, timeout, isOwner });
    };
    // One after another, as all trees are printed in one place.
    const dumped = this.#dumped.then(dump, dump);
    this.#dumped = dumped.catch(() => {});
    return dumped;
  }

  async ping(): Promise<Seconds> {
    const begun = performance.now();
    await this.sync();
    return (performance.now() - begun) / 1000;
  }
}

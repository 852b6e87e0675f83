/** Queries about a server: its replies, and the lines that it prints. */

import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import type { SynthDef } from '../synthdef/index.js';
import type { NodeId, Seconds } from '../units.js';
import { checkOneOf, checkSeconds, checkWhole } from './checks.js';
import { Connection } from './connection.js';
import { parseQueryTree, type QueryTreeGroup, type QueryTreeNode } from './queryTree.js';
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

export abstract class Inspection extends Connection {
  /** True when we started the engine: `quit` then ends it, and we read its output. */
  abstract readonly isOwner: boolean;
  #lastStatus: ServerStatus | undefined;
  #dumped: Promise<unknown> = Promise.resolve();

  constructor(settings: ConstructorParameters<typeof Connection>[0]) {
    super(settings);
    this.on('/status.reply', (message) => {
      this.#lastStatus = parseStatus(message);
    });
  }

  /** Resolves when every asynchronous command that was sent before is done. Sends `/sync`. */
  abstract sync(timeout?: Seconds): Promise<void>;

  /** The last status that the server reported; each heartbeat queries it. */
  get lastStatus(): ServerStatus | undefined {
    return this.#lastStatus;
  }

  protected forgetStatus(): void {
    this.#lastStatus = undefined;
  }

  /** Sends `/status`. */
  async status(): Promise<ServerStatus> {
    return parseStatus(await this.request({ type: '/status' }));
  }

  /** Sends `/version`. */
  async version(): Promise<ServerVersion> {
    return parseVersion(await this.request({ type: '/version' }));
  }

  /**
   * Free real-time memory, which holds synths and their delay lines. Sends `/rtMemoryStatus`.
   *
   * @throws SuperColliderError `unsupported` for scsynth before 3.14 and for supernova, which do not know
   *   it.
   */
  async memory(): Promise<ServerMemory> {
    const lacks = () =>
      new SuperColliderError(
        'unsupported',
        `${this.engine.description} does not tell how much real-time memory is left: that came with scsynth 3.14, and supernova has none of it. Its size is the option memSize.`,
      );
    if (this.engine.kind === 'supernova') throw lacks();
    try {
      return parseMemoryStatus(await this.request({ type: '/rtMemoryStatus' }));
    } catch (error) {
      if (error instanceof SuperColliderError && error.message.includes('Command not found')) throw lacks();
      throw error;
    }
  }

  /**
   * The nodes in a group as the server has them. Sends `/g_queryTree`.
   *
   * With `controls`, supernova 3.13 may crash when the last control of a synth's definition is an array: it reads beyond
   * its list of names. So the names are queried first, and the controls of such a synth of ours are refused.
   *
   * @throws SuperColliderError `unsupported` for supernova and a definition of ours that ends with an array control.
   */
  async queryTree(id: NodeId = 0 as NodeId, { controls = true } = {}): Promise<QueryTreeGroup> {
    checkWhole('Id of the group', id, 0, 2 ** 31 - 1);
    const query = async (controls: boolean) =>
      parseQueryTree(await this.request({ type: '/g_queryTree', id, controls }));
    if (controls && !this.engine.abilities.queriesTrailingArrays)
      this.#checkTrailingArrays(await query(false));
    return query(controls);
  }

  /** The definition that this client sent under a name of the server. */
  protected abstract sentDefinition(serverName: string): SynthDef | undefined;

  #checkTrailingArrays(node: QueryTreeNode): void {
    if ('children' in node) {
      for (const child of node.children) this.#checkTrailingArrays(child);
      return;
    }
    const last = this.sentDefinition(node.def)?.description.controls.at(-1);
    if (!last || last.defaults.length === 1) return;
    throw new SuperColliderError(
      'unsupported',
      `${this.engine.description} may crash when it is asked for the controls of synth ${node.id}: "${last.name}", the ` +
        `last control of "${node.def}", is an array. Ask with { controls: false }, or let another control of the ` +
        'definition stand last.',
    );
  }

  /**
   * The nodes in a group, word for word as the server prints them; it prints them twice.
   *
   * Sends `/g_dumpTree` and `/sync`. The embedded engine gets `/g_queryTree` instead, and the reply is
   * formatted in the same words.
   *
   * @throws SuperColliderError `not-server-owner` for a server that somebody else started, because we cannot read
   *   its output.
   * @throws SuperColliderError `timeout` for a paused group, of which the server prints nothing.
   * @throws SuperColliderError `command-failed` for a group that does not exist.
   */
  dumpTree(
    id: NodeId = 0 as NodeId,
    { controls = false, timeout = 5 }: DumpTreeOptions = {},
  ): Promise<string> {
    const dump = async () => {
      checkWhole('Id of the group', id, 0, 2 ** 31 - 1);
      checkSeconds('timeout', timeout);
      // Few ask for it, and pages load what they need.
      const { dumpTree } = await loadPart(() => import('./dumpTree.js'), 'printed tree');
      return dumpTree(this, id, controls, timeout);
    };
    // One after another, as all trees are printed in one place.
    const dumped = this.#dumped.then(dump, dump);
    this.#dumped = dumped.catch(() => {});
    return dumped;
  }

  /**
   * Prints messages that come on the server's output: nothing, parsed, as bytes, or both. `/status` is never printed.
   * Sends `/dumpOSC`.
   */
  dumpOsc(mode: 'off' | 'parsed' | 'bytes' | 'both' = 'parsed'): void {
    const modes = ['off', 'parsed', 'bytes', 'both'] as const;
    checkOneOf('mode', mode, modes);
    this.send([{ type: '/dumpOSC', mode: modes.indexOf(mode) as 0 | 1 | 2 | 3 }]);
  }

  /**
   * Turns printing of failed synchronous commands and their `/fail` replies on or off, for all clients. Sends
   * `/error`.
   */
  reportErrors(on: boolean): void {
    checkOneOf('on', on, [true, false]);
    this.send([{ type: '/error', mode: on ? 1 : 0 }]);
  }

  /** Seconds that a question takes to the server and back. Sends `/sync`. */
  async ping(): Promise<Seconds> {
    const begun = performance.now();
    await this.sync();
    return (performance.now() - begun) / 1000;
  }
}

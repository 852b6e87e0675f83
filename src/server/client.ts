/**
 * One client of a server: its number, its part of everything that is numbered, its groups and its queries.
 */

import type { Command } from '../commands/index.js';
import type { EngineAbilities, ExitReason } from '../engine/engine.js';
import type { SynthDef } from '../synthdef/index.js';
import type { ClientId, NodeId, Seconds, UnixTime } from '../units.js';
import {
  type BlockAllocator,
  defaultGroupId,
  type NodeIdAllocator,
  type Partition,
  partition,
} from './allocators.js';
import { Buffers, type SoundFiles } from './buffers.js';
import { Buses, type ServerBus } from './buses.js';
import { checkSeconds, checkWhole } from './checks.js';
import { InitHooks } from './initHooks.js';
import { Inspection } from './inspection.js';
import type { Lifecycle, ServerState } from './lifecycle.js';
import { NodeLimit } from './nodeLimit.js';
import { Nodes } from './nodes.js';
import { NodeTree } from './nodeTree.js';
import type { ServerOptions } from './options.js';
import { register } from './registration.js';
import { type SynthDefConnection, SynthDefs } from './synthDefs.js';
import { ServerVolume } from './volume.js';

/** Settings of a client; `ServerSettings` has more. */
export interface ClientSettings {
  /** The options of the server. */
  readonly options: ServerOptions;
  /** Seconds to wait for a reply. */
  readonly timeout?: Seconds | undefined;
  /** Seconds from sending to sounding where no time is given. */
  readonly latency?: Seconds | undefined;
  /** The client id to request. */
  readonly clientId?: number | undefined;
  /** Writes a file that the server can read. */
  readonly writeFile?: SynthDefConnection['writeFile'];
  /** Sound files that the client and the server share. */
  readonly soundFiles?: SoundFiles | undefined;
  /** Gives the full path of a relative one on the server. */
  readonly fullPath?: ((path: string) => string) | undefined;
}

/** Sync ids count within 26 bits, behind the client's number. */
const SYNC_IDS = 2 ** 26;

/** A client of a server: its definitions, nodes, buses and buffers. */
export abstract class Client extends Inspection {
  /** The definitions that the server has. */
  readonly synthDefs: SynthDefs;
  protected readonly nodeLimits: NodeLimit;
  /** Functions that run at each boot, reboot and `freeAll`. */
  readonly hooks = new InitHooks();
  /** Makes synths and groups. */
  readonly nodes = new Nodes(this);
  /** Makes audio buses. */
  readonly audioBuses = new Buses(this, 'audio', () => this.#parts.audioBuses);
  /** Makes control buses. */
  readonly controlBuses = new Buses(this, 'control', () => this.#parts.controlBuses);
  /** Makes buffers. */
  readonly buffers = new Buffers(this, () => this.#parts.buffers);
  /** Volume and mute of the outputs. */
  readonly volume = new ServerVolume(this);
  /** Counts boots and connections: what belongs to an earlier one is gone. */
  abstract readonly epoch: number;
  protected abstract readonly lifecycle: Lifecycle;
  /** Sends samples to the server and fetches them by files; `undefined` where there are no files. */
  readonly soundFiles: SoundFiles | undefined;
  /** Resolves a relative path as the server does, for errors; `undefined` where that is unknown. */
  readonly fullPath: ((path: string) => string) | undefined;
  readonly #wish: number;
  #options: ServerOptions;
  #clientId = 0 as ClientId;
  #maxLogins: number;
  #parts: Partition;
  #tree: NodeTree | undefined;
  #lastSync = 0;
  #isRegistered = false;

  constructor({ options, timeout, latency, clientId = 0, writeFile, soundFiles, fullPath }: ClientSettings) {
    if (timeout !== undefined) checkSeconds('timeout', timeout);
    if (latency !== undefined) checkSeconds('latency', latency, { orZero: true });
    checkWhole('clientId', clientId, 0, 31);
    super({ ...(timeout !== undefined && { timeout }), ...(latency !== undefined && { latency }) });
    this.#options = options;
    this.#wish = clientId;
    this.soundFiles = soundFiles;
    this.fullPath = fullPath;
    this.#maxLogins = options.maxLogins;
    this.#parts = partition(options, this.#clientId, this.#maxLogins);
    this.nodeLimits = new NodeLimit(() => this.options.maxNodes);
    this.synthDefs = new SynthDefs({
      send: (commands) => this.send(commands),
      request: (command) => this.request(command),
      sendPacket: (packet) => this.sendPacket(packet),
      onOutput: (listener) => this.engine.onOutput(listener),
      maxPacketSize: () => this.engine.transport.maxPacketSize,
      maxNameSize: () => (this.engine.kind === 'supernova' ? 127 : 255),
      sharesDefinitions: () => this.engine.abilities.sharesDefinitions === true,
      writeFile,
    });
  }

  /** The options that the server was booted with. A reboot can change them. */
  get options(): ServerOptions {
    return this.#options;
  }

  /** The number that the server gave to this client. */
  get clientId(): ClientId {
    return this.#clientId;
  }

  /** Clients at a time, as the server says; among so many everything is parted. */
  get maxLogins(): number {
    return this.#maxLogins;
  }

  /** Abilities that not every engine has. */
  get abilities(): EngineAbilities {
    return this.engine.abilities;
  }

  /** The outputs, as a bus. */
  get outputBus(): ServerBus {
    return this.audioBuses.at(0, this.options.numOutputBusChannels);
  }

  /** The inputs, as a bus. */
  get inputBus(): ServerBus {
    return this.audioBuses.at(this.options.numOutputBusChannels, this.options.numInputBusChannels);
  }

  /** The group that our nodes go into. */
  get defaultGroup(): { readonly id: NodeId } {
    return { id: defaultGroupId(this.#clientId) };
  }

  /** The default groups of all clients that may be. */
  get defaultGroups(): readonly { readonly id: NodeId }[] {
    return Array.from({ length: this.#maxLogins }, (_, clientId) => ({ id: defaultGroupId(clientId) }));
  }

  /** Allocates ids of nodes. */
  get nodeIds(): NodeIdAllocator {
    return this.#parts.nodeIds;
  }

  /** Ids for nodes that stay, from 2 to 999 of our own; a freed id is used again. */
  get permanentIds(): BlockAllocator {
    return this.#parts.permanentIds;
  }

  override send(commands: readonly Command[], time?: UnixTime): void {
    super.send(commands, time);
    // scsynth tells nobody of the first node of /n_order when it stays in its group.
    if (this.#tree && commands.some(({ type }) => type === '/n_order')) this.#tree.suspect();
  }

  /** All nodes of the server, live. The tree is followed from its first use. */
  get tree(): NodeTree {
    this.#tree ??= new NodeTree(this);
    return this.#tree;
  }

  /** Calls with each new state, and at the end with why it ended. Returns the function that ends it. */
  onState(listener: (state: ServerState, reason: ExitReason | undefined) => void): () => void {
    return this.lifecycle.onState(listener);
  }

  protected override sentDefinition(serverName: string): SynthDef | undefined {
    return this.synthDefs.sent(serverName);
  }

  /** Resolves when every asynchronous command that was sent before is done. Sends `/sync`. */
  async sync(timeout?: Seconds): Promise<void> {
    this.#lastSync = (this.#lastSync + 1) % SYNC_IDS;
    await this.request({ type: '/sync', id: this.#clientId * SYNC_IDS + this.#lastSync }, { timeout });
  }

  /** Makes the default groups of all clients, as sclang does; those that are there stay. Sends `/g_new`. */
  async sendDefaultGroups(): Promise<void> {
    for (const { id } of this.defaultGroups) this.sendMessage('/g_new', id, 0, 0);
    await this.sync();
  }

  /** Registers again after `unregister`. Sends `/notify 1`. */
  async register(): Promise<void> {
    if (this.#isRegistered) return;
    this.lifecycle.emit({ type: 'connecting' });
    const { clientId, maxLogins } = await register(this, this.options, this.#wish);
    this.#isRegistered = true;
    if (clientId !== this.#clientId || maxLogins !== this.#maxLogins || this.state === 'booting') {
      this.#clientId = clientId;
      this.#maxLogins = maxLogins;
      this.#parts = this.#partition();
    }
    this.lifecycle.emit({ type: 'registered', clientId });
  }

  /** Forgets all bundles that wait for their time. Sends `/clearSched`. */
  clearSchedule(): void {
    this.send([{ type: '/clearSched' }]);
  }

  /**
   * Frees all nodes and forgets what is scheduled, then makes our default group again and runs the hooks. Sends
   * `/g_freeAll`, `/clearSched`, `/g_new`, `/sync`.
   *
   * @param allClients - Frees the nodes of all clients, not only those in our default group. @default false
   */
  async freeAll({ allClients = false } = {}): Promise<void> {
    const id = allClients ? (0 as NodeId) : this.defaultGroup.id;
    this.send([{ type: '/g_freeAll', id }, { type: '/clearSched' }]);
    await this.initTree({ isEmpty: allClients });
  }

  /**
   * Frees the nodes in our default group, and of others only when asked to. Sends `/g_freeAll`.
   *
   * @param allClients - Frees the nodes in the default groups of all clients. @default false
   */
  freeDefaultGroup({ allClients = false } = {}): void {
    const groups = allClients ? this.defaultGroups : [this.defaultGroup];
    for (const { id } of groups) this.send([{ type: '/g_freeAll', id }]);
  }

  /**
   * Makes the server as good as new: no nodes, nothing scheduled, no sent definitions, and none of our buses
   * and buffers. Hooks run again.
   *
   * Sends `/clearSched`, `/g_freeAll 0`, `/sync`, `/d_free`, `/b_free`. Definitions are freed by name once no
   * node is left. `/d_freeAll` with synths that sound makes scsynth 3.13 crash.
   */
  async reset(): Promise<void> {
    this.send([{ type: '/clearSched' }, { type: '/g_freeAll', id: 0 as NodeId }]);
    await this.sync();
    const names = this.synthDefs.names();
    if (names.length > 0) this.send([{ type: '/d_free', names }]);
    this.send(this.#parts.buffers.inUse.map((number) => ({ type: '/b_free', number })));
    await this.sync();
    this.synthDefs.clear();
    // Node ids go on: supernova 3.13 never gives the id of a node that was replaced to another one.
    this.#parts = { ...this.#partition(), nodeIds: this.#parts.nodeIds };
    await this.initTree();
  }

  /** Gives our login back and hears of no nodes any more; commands and answers go on. Sends `/notify 0`. */
  async unregister(): Promise<void> {
    if (!this.#isRegistered) return;
    this.#isRegistered = false;
    await this.request({ type: '/notify', on: false, clientId: this.#clientId });
    this.lifecycle.emit({ type: 'unregistered' });
  }

  /** Gives the login back without waiting, for the very end of a program. Sends `/notify 0`. */
  leave(): void {
    if (this.state === 'offline' || !this.#isRegistered) return;
    this.#isRegistered = false;
    this.sendMessage('/notify', 0, this.#clientId);
  }

  /** Makes what everything else needs: the default group, and what hooks make. */
  protected async initTree({ isEmpty = true } = {}): Promise<void> {
    this.send([{ type: '/g_new', groups: [{ id: this.defaultGroup.id, action: 0, target: 0 as NodeId }] }]);
    await this.sync();
    await this.hooks.run();
    // It stands behind our group, and is there still when only that was emptied.
    if (isEmpty) await this.volume.restore();
    await this.sync();
  }

  #partition(): Partition {
    return partition(this.options, this.#clientId, this.#maxLogins, (id) => this.tree.get(id) !== undefined);
  }

  /** Options of the engine that comes next. */
  protected changeOptions(options: ServerOptions): void {
    this.#options = options;
  }

  /** The server is gone, and we are no client of it any more. */
  protected forget(): void {
    this.#isRegistered = false;
    this.forgetStatus();
    this.synthDefs.clear();
  }
}

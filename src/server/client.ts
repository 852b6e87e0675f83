/** One client of a server: its messages, its queries, and its part of everything that is numbered. */

import type { Command } from '../commands/index.js';
import type { QueryTreeGroup } from '../commands/queryTree.js';
import type { Engine, EngineAbilities, ExitReason } from '../engine/engine.js';
import { commandAddress } from '../osc/commandNumbers.js';
import type { Argument, Packet, ReceivedMessage } from '../osc/message.js';
import type { ClientId, NodeId, Seconds, UnixTime } from '../units.js';
import { type BlockAllocator, defaultGroupId, type NodeIdAllocator } from './allocators.js';
import { Buffers, type SoundFiles } from './buffers.js';
import { Buses, type ServerBus } from './buses.js';
import { checkOneOf } from './checks.js';
import type { RequestOptions } from './connection.js';
import type { InitHooks } from './initHooks.js';
import type { ServerState } from './lifecycle.js';
import { Nodes } from './nodes.js';
import { NodeTree } from './nodeTree.js';
import type { ServerOptions } from './options.js';
import type { Bound } from './outgoing.js';
import { Parts } from './parts.js';
import type { DumpTreeOptions } from './queries.js';
import type { Requests } from './requests.js';
import type { ServerSettings } from './settings.js';
import type { ServerMemory, ServerStatus, ServerVersion } from './status.js';
import type { SynthDefs } from './synthDefs.js';
import { ServerVolume } from './volume.js';

const DUMP_MODES = ['off', 'parsed', 'bytes', 'both'] as const;

/** A client of a server: its definitions, nodes, buses and buffers. */
export class Client {
  /** The parts that do the work, to which the members of this class delegate. @internal */
  protected readonly parts: Parts;
  /** True when we started the engine. */
  readonly isOwner: boolean;
  /**
   * Seconds from sending to sounding where no time is given, as with `bind` and `Bundler`. What has a time sounds then.
   * @default 0.2
   */
  latency: Seconds;
  /** Makes synths and groups. */
  readonly nodes = new Nodes(this);
  /** Makes audio buses. */
  readonly audioBuses = new Buses(this, 'audio', () => this.parts.login.parts.audioBuses);
  /** Makes control buses. */
  readonly controlBuses = new Buses(this, 'control', () => this.parts.login.parts.controlBuses);
  /** Makes buffers. */
  readonly buffers = new Buffers(this, () => this.parts.login.parts.buffers);
  /** Volume and mute of the outputs. */
  readonly volume = new ServerVolume(this);
  /** Sends samples to the server and fetches them by files; `undefined` where there are no files. */
  readonly soundFiles: SoundFiles | undefined;
  /** Resolves a relative path as the server does, for errors; `undefined` where that is unknown. */
  readonly fullPath: ((path: string) => string) | undefined;
  #tree: NodeTree | undefined;

  protected constructor(engine: Engine, settings: ServerSettings) {
    this.parts = new Parts(engine, settings, (id) => this.tree.get(id) !== undefined);
    this.isOwner = settings.owned ?? true;
    this.latency = settings.latency ?? 0.2;
    this.soundFiles = settings.soundFiles;
    this.fullPath = settings.fullPath;
  }

  /** The engine that computes the sound; another object after a reboot. */
  get engine(): Engine {
    return this.parts.connection.engine;
  }

  /** Abilities that not every engine has. */
  get abilities(): EngineAbilities {
    return this.engine.abilities;
  }

  /** The options that the server was booted with. A reboot can change them. */
  get options(): ServerOptions {
    return this.parts.options;
  }

  /** `booting`, `online`, `quitting` or `offline`. */
  get state(): ServerState {
    return this.parts.lifecycle.state;
  }

  /** Calls with each new state, and at the end with why it ended. Returns the function that ends it. */
  onState(listener: (state: ServerState, reason: ExitReason | undefined) => void): () => void {
    return this.parts.lifecycle.onState(listener);
  }

  /** Counts boots and connections: what belongs to an earlier one is gone. */
  get epoch(): number {
    return this.parts.epoch;
  }

  /** The definitions that the server has. */
  get synthDefs(): SynthDefs {
    return this.parts.synthDefs;
  }

  /** Functions that run at each boot, reboot and `freeAll`. */
  get hooks(): InitHooks {
    return this.parts.hooks;
  }

  /** All nodes of the server, live. The tree is followed from its first use. */
  get tree(): NodeTree {
    this.#tree ??= new NodeTree(this);
    return this.#tree;
  }

  /** The number that the server gave to this client. */
  get clientId(): ClientId {
    return this.parts.login.clientId;
  }

  /** Clients at a time, as the server says; among so many everything is parted. */
  get maxLogins(): number {
    return this.parts.login.maxLogins;
  }

  /** Allocates ids of nodes. */
  get nodeIds(): NodeIdAllocator {
    return this.parts.login.parts.nodeIds;
  }

  /** Ids for nodes that stay, from 2 to 999 of our own; a freed id is used again. */
  get permanentIds(): BlockAllocator {
    return this.parts.login.parts.permanentIds;
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
    return { id: defaultGroupId(this.clientId) };
  }

  /** The default groups of all clients that may be. */
  get defaultGroups(): readonly { readonly id: NodeId }[] {
    return Array.from({ length: this.maxLogins }, (_, clientId) => ({ id: defaultGroupId(clientId) }));
  }

  /** Requests that wait for their replies. @internal */
  get requests(): Requests {
    return this.parts.connection.incoming.requests;
  }

  /** Number of received packets that were invalid OSC. */
  get malformedPackets(): number {
    return this.parts.connection.incoming.malformed;
  }

  /** Packets that wait on our side because the server is busy. */
  get backlog(): number {
    return this.engine.transport.backlog ?? 0;
  }

  /**
   * Sends commands as one bundle, or as several of the same time when they are too large for one packet.
   *
   * @param time - Timestamp in seconds since 1970, to which nothing is added. @default at once, or with the others
   *   inside of `at` and `bind`
   */
  send(commands: readonly Command[], time?: UnixTime): void {
    this.parts.connection.outgoing.send(commands, time);
    // scsynth tells nobody of the first node of /n_order when it stays in its group.
    if (this.#tree && commands.some(({ type }) => type === '/n_order')) this.#tree.suspect();
  }

  /** Sends one OSC message or bundle as it is; a message inside of `at` and `bind` goes with the others. */
  sendPacket(packet: Packet): void {
    this.parts.connection.outgoing.sendPacket(packet);
  }

  /**
   * Sends one OSC message, or adds it to the others inside of `at` and `bind`.
   *
   * @param command - Its address, `/n_set` or `n_set`, or one of scsynth's command numbers: 15 is `/n_set`.
   * @throws SuperColliderError `invalid-argument` for a number that is no command's.
   */
  sendMessage(command: string | number, ...args: readonly Argument[]): void {
    this.sendPacket([commandAddress(command), ...args]);
  }

  /**
   * Sends a command that is answered, and gives the answer.
   *
   * @throws SuperColliderError `command-failed` with the server's reason, `timeout`, `server-offline`.
   */
  request(command: Command, options?: RequestOptions): Promise<ReceivedMessage> {
    return this.parts.connection.request(command, options);
  }

  /**
   * Sends everything that `fn` sends as one bundle when `fn` returns.
   *
   * One command without a timestamp goes as a plain message. When `fn` throws, nothing is sent. `at` within
   * `at` is a bundle of its own.
   *
   * @param time - Time when it sounds, in seconds since 1970; nothing is added. `undefined` = at once.
   * @throws SuperColliderError `invalid-argument` when `fn` is asynchronous: later sends would not be collected.
   */
  at<Result>(time: UnixTime | undefined, fn: () => Result): Result {
    return this.parts.connection.outgoing.at(time, fn);
  }

  /**
   * Sends everything that `fn` sends as one bundle, `latency` seconds from then.
   *
   * Each `yield` sends the bundle so far and awaits the yielded promise. `yield server.sync()` thus separates
   * asynchronous commands from the commands that need their results:
   *
   * ```ts
   * const synth = await server.bind(function* () {
   *   const buffer = server.buffers.alloc(48_000);
   *   yield server.sync();
   *   return server.nodes.synth('player', { buffer: buffer.number });
   * });
   * ```
   *
   * When `fn` throws, commands that were not sent yet are dropped.
   */
  bind<Result>(fn: () => Bound<Result>): Promise<Result>;
  bind<Result>(fn: () => Result): Promise<Result>;
  bind<Result>(fn: () => Bound<Result> | Result): Promise<Result> {
    return this.parts.connection.outgoing.bind(fn, () => this.latency);
  }

  /** Every message of an address that the server sends; `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void {
    return this.parts.connection.incoming.on(address, listener);
  }

  /**
   * The next message of an address, and no later one.
   *
   * @param matches - Which of them. @default any
   * @throws SuperColliderError `timeout` when none comes within `timeout` seconds (@default the server's), and
   *   `server-offline` when the server is gone first.
   */
  next(
    address: string,
    matches: (message: ReceivedMessage) => boolean = () => true,
    options: RequestOptions = {},
  ): Promise<ReceivedMessage> {
    return this.parts.connection.next(address, matches, options);
  }

  /** Resolves when every asynchronous command that was sent before is done. Sends `/sync`. */
  sync(timeout?: Seconds): Promise<void> {
    return this.parts.queries.sync(timeout);
  }

  /** Seconds that a question takes to the server and back. Sends `/sync`. */
  ping(): Promise<Seconds> {
    return this.parts.queries.ping();
  }

  /** The last status that the server reported; each heartbeat queries it. */
  get lastStatus(): ServerStatus | undefined {
    return this.parts.queries.lastStatus;
  }

  /** Sends `/status`. */
  status(): Promise<ServerStatus> {
    return this.parts.queries.status();
  }

  /** Sends `/version`. */
  version(): Promise<ServerVersion> {
    return this.parts.queries.version();
  }

  /**
   * Free real-time memory, which holds synths and their delay lines. Sends `/rtMemoryStatus`.
   *
   * @throws SuperColliderError `unsupported` for scsynth before 3.14 and for supernova, which do not know
   *   it.
   */
  memory(): Promise<ServerMemory> {
    return this.parts.queries.memory();
  }

  /**
   * The nodes in a group as the server has them. Sends `/g_queryTree`.
   *
   * With `controls`, supernova 3.13 may crash when the last control of a synth's definition is an array: it reads beyond
   * its list of names. So the names are queried first, and the controls of such a synth of ours are refused.
   *
   * @throws SuperColliderError `unsupported` for supernova and a definition of ours that ends with an array control.
   */
  queryTree(id: NodeId = 0 as NodeId, { controls = true } = {}): Promise<QueryTreeGroup> {
    return this.parts.queries.queryTree(id, controls);
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
  dumpTree(id: NodeId = 0 as NodeId, options: DumpTreeOptions = {}): Promise<string> {
    return this.parts.queries.dumpTree(id, options, this.isOwner);
  }

  /**
   * Prints messages that come on the server's output: nothing, parsed, as bytes, or both. `/status` is never printed.
   * Sends `/dumpOSC`.
   */
  dumpOsc(mode: (typeof DUMP_MODES)[number] = 'parsed'): void {
    checkOneOf('mode', mode, DUMP_MODES);
    this.send([{ type: '/dumpOSC', mode: DUMP_MODES.indexOf(mode) as 0 | 1 | 2 | 3 }]);
  }

  /**
   * Turns printing of failed synchronous commands and their `/fail` replies on or off, for all clients. Sends
   * `/error`.
   */
  reportErrors(on: boolean): void {
    checkOneOf('on', on, [true, false]);
    this.send([{ type: '/error', mode: on ? 1 : 0 }]);
  }
}

/**
 * A server as its client knows it: what was sent, what it answered, what belongs to us on it.
 */

import { batch, type Command, toOsc } from '../commands/index.js';
import type { Engine, EngineAbilities, ExitReason } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { decodePacket, messagesOf } from '../osc/decode.js';
import { OscWriter } from '../osc/encode.js';
import type { Message, Packet, ReceivedMessage } from '../osc/message.js';
import { IMMEDIATELY, timetagAt } from '../osc/timetag.js';
import type { ClientId, NodeId, Seconds, UnixTime } from '../units.js';
import { type BlockAllocator, defaultGroupId, type NodeIdAllocator, partition } from './allocators.js';
import type { ServerOptions } from './options.js';
import { parseQueryTree, type QueryTreeGroup } from './queryTree.js';
import { Requests } from './requests.js';
import { parseStatus, type ServerStatus } from './status.js';
import { type SynthDefConnection, SynthDefs } from './synthDefs.js';

export type ServerState = 'booting' | 'online' | 'quitting' | 'offline';

export interface ServerSettings {
  /** What the server was started with; for one that somebody else started, what it is thought to have. */
  readonly options: ServerOptions;
  /** Seconds to wait for an answer. @default 5 */
  readonly timeout?: Seconds | undefined;
  /** Whether we started the engine, so that `quit` ends it. @default true */
  readonly owned?: boolean | undefined;
  /** Boots another engine like the first, for `reboot`. @default it cannot be rebooted */
  readonly bootEngine?: (() => Promise<Engine>) | undefined;
  /** How definitions that are too large for a packet get to the server. @default not at all */
  readonly writeFile?: SynthDefConnection['writeFile'];
}

type ReplyListener = (message: ReceivedMessage) => void;
type StateListener = (state: ServerState, reason: ExitReason | undefined) => void;

export class Server implements AsyncDisposable {
  readonly options: ServerOptions;
  readonly synthDefs: SynthDefs;
  readonly #timeout: Seconds;
  readonly #owned: boolean;
  readonly #bootEngine: (() => Promise<Engine>) | undefined;
  #engine: Engine;
  readonly #requests = new Requests();
  readonly #writer = new OscWriter();
  readonly #listeners = new Map<string, Set<ReplyListener>>();
  readonly #stateListeners = new Set<StateListener>();
  #state: ServerState = 'booting';
  #clientId = 0 as ClientId;
  #parts: ReturnType<typeof partition>;
  #lastSync = 0;
  #malformed = 0;

  private constructor(engine: Engine, settings: ServerSettings) {
    this.#engine = engine;
    this.options = settings.options;
    this.#timeout = settings.timeout ?? 5;
    this.#owned = settings.owned ?? true;
    this.#bootEngine = settings.bootEngine;
    this.#parts = partition(this.options, this.#clientId, this.options.maxLogins);
    this.synthDefs = new SynthDefs({
      request: (command) => this.request(command),
      onOutput: (listener) => this.engine.onOutput(listener),
      maxPacketSize: engine.transport.maxPacketSize,
      writeFile: settings.writeFile,
    });
  }

  /**
   * Takes an engine into use: registers for its notifications and makes the default group. Sends
   * `/notify 1`, `/g_new`, `/sync`.
   *
   * @throws SuperColliderError `too-many-clients` when all logins are taken, `timeout`.
   */
  static async open(engine: Engine, settings: ServerSettings): Promise<Server> {
    const server = new Server(engine, settings);
    await server.#use(engine);
    return server;
  }

  /** What makes the sound; another object after a reboot. */
  get engine(): Engine {
    return this.#engine;
  }

  get state(): ServerState {
    return this.#state;
  }

  get clientId(): ClientId {
    return this.#clientId;
  }

  get abilities(): EngineAbilities {
    return this.engine.abilities;
  }

  /** The group that our nodes go into. */
  get defaultGroup(): { readonly id: NodeId } {
    return { id: defaultGroupId(this.#clientId) };
  }

  get nodeIds(): NodeIdAllocator {
    return this.#parts.nodeIds;
  }

  get audioBuses(): BlockAllocator {
    return this.#parts.audioBuses;
  }

  get controlBuses(): BlockAllocator {
    return this.#parts.controlBuses;
  }

  get buffers(): BlockAllocator {
    return this.#parts.buffers;
  }

  /** How many packets came that were no OSC. */
  get malformedPackets(): number {
    return this.#malformed;
  }

  /**
   * Sends commands as one bundle, or as several of the same time when they are too large for one packet.
   *
   * @param time - When they are to happen, in seconds since 1970. @default at once
   */
  send(commands: readonly Command[], time?: UnixTime): void {
    const timetag = time === undefined ? IMMEDIATELY : timetagAt(time);
    for (const bundle of batch(commands, timetag, this.abilities.maxPacketSize)) this.sendPacket(bundle);
  }

  /** Sends one OSC message or bundle as it is. */
  sendPacket(packet: Packet): void {
    if (this.#state === 'offline') {
      throw new SuperColliderError(
        'server-offline',
        `${this.engine.description} is offline: nothing can be sent.`,
      );
    }
    this.engine.transport.send(this.#writer.write(packet));
  }

  sendMessage(...message: Message): void {
    this.sendPacket(message);
  }

  /**
   * Sends a command that is answered, and gives the answer.
   *
   * @throws SuperColliderError `server-failed` with the server's reason, `timeout`, `server-offline`.
   */
  request(
    command: Command,
    { timeout = this.#timeout }: { readonly timeout?: Seconds } = {},
  ): Promise<ReceivedMessage> {
    try {
      this.sendPacket(toOsc(command));
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#requests.expect(command, timeout);
  }

  /** Resolves when every asynchronous command that was sent before is done. Sends `/sync`. */
  sync(timeout: Seconds = this.#timeout): Promise<void> {
    return this.#sync(timeout);
  }

  async #sync(timeout: Seconds): Promise<void> {
    this.#lastSync = (this.#lastSync + 1) & 0x3ff_ffff;
    await this.request({ type: '/sync', id: this.#clientId * 2 ** 26 + this.#lastSync }, { timeout });
  }

  /** Sends `/status`. */
  async status(): Promise<ServerStatus> {
    return parseStatus(await this.request({ type: '/status' }));
  }

  /** The nodes in a group as the server has them. Sends `/g_queryTree`. */
  async queryTree(id: NodeId = 0 as NodeId, { controls = true } = {}): Promise<QueryTreeGroup> {
    return parseQueryTree(await this.request({ type: '/g_queryTree', id, controls }));
  }

  /** Every message of an address that the server sends; `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: ReplyListener): () => void {
    const listeners = this.#listeners.get(address) ?? new Set();
    this.#listeners.set(address, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  onState(listener: StateListener): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Leaves the server running and gives our login back. Sends `/notify 0`. */
  async disconnect(): Promise<void> {
    if (this.#state === 'offline') return;
    await this.request({ type: '/notify', on: false, clientId: this.#clientId }).catch(() => {});
    this.#setState('offline', undefined);
    await this.engine.transport.close();
  }

  /**
   * Ends the server that we started; resolves when it is gone. One that somebody else started is only
   * left. Sends `/quit`.
   */
  async quit(): Promise<void> {
    if (!this.#owned) return this.disconnect();
    if (this.#state !== 'offline') this.#setState('quitting', undefined);
    const reason = await this.engine.quit();
    this.#setState('offline', reason);
  }

  /**
   * Boots the engine anew, after it was lost or as it is; resolves when it is online. Roots on this server
   * bring everything up again: definitions, buffers, buses and nodes.
   *
   * @throws SuperColliderError `not-owner` for a server that somebody else started, and what booting throws;
   *   then the server is offline, and may be rebooted again.
   */
  async reboot(): Promise<void> {
    if (!this.#bootEngine) {
      throw new SuperColliderError(
        'not-owner',
        `${this.engine.description} was not booted here and cannot be rebooted. Connect to it again when it is back.`,
      );
    }
    await this.quit();
    this.#setState('booting', undefined);
    try {
      await this.#use(await this.#bootEngine());
    } catch (error) {
      this.#setState('offline', undefined);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.quit();
  }

  async #use(engine: Engine): Promise<void> {
    this.#engine = engine;
    // What an engine of before still says is about nothing any more.
    const ifCurrent = (act: () => void) => {
      if (this.#engine === engine) act();
    };
    engine.transport.listen({
      onPacket: (bytes) => ifCurrent(() => this.#receive(bytes)),
      onError: (error) => ifCurrent(() => this.#emit({ address: '/transport-error', args: [error.message] })),
      onClose: () => ifCurrent(() => this.#setState('offline', undefined)),
    });
    void engine.exited.then((reason) => ifCurrent(() => this.#setState('offline', reason)));
    await this.#register();
    this.send([{ type: '/g_new', groups: [{ id: this.defaultGroup.id, action: 0, target: 0 as NodeId }] }]);
    await this.#sync(this.#timeout);
    this.#setState('online', undefined);
  }

  async #register(): Promise<void> {
    try {
      const { args } = await this.request({ type: '/notify', on: true, clientId: 0 });
      this.#clientId = Number(args[1] ?? 0) as ClientId;
      // scsynth rounds the number of logins up and says so; supernova says nothing.
      this.#parts = partition(this.options, this.#clientId, Number(args[2] ?? this.options.maxLogins));
    } catch (error) {
      if (error instanceof SuperColliderError && error.message.includes('too many users')) {
        throw new SuperColliderError(
          'too-many-clients',
          `${this.engine.description} has no login left. Start it with a larger maxLogins, or end a client; one that crashed keeps its login until the server quits.`,
          { cause: error },
        );
      }
      throw error;
    }
  }

  #receive(bytes: Uint8Array): void {
    try {
      for (const message of messagesOf(decodePacket(bytes))) this.#emit(message);
    } catch (error) {
      if (!(error instanceof SuperColliderError && error.code === 'bad-osc')) throw error;
      this.#malformed += 1;
      this.#emit({ address: '/malformed', args: [error.message] });
    }
  }

  #emit(message: ReceivedMessage): void {
    const answered = this.#requests.receive(message);
    // A failure that its request was told of is not told again.
    if (answered && message.address === '/fail') return;
    for (const listener of this.#listeners.get(message.address) ?? []) listener(message);
    for (const listener of this.#listeners.get('*') ?? []) listener(message);
  }

  #setState(state: ServerState, reason: ExitReason | undefined): void {
    // Only booting leads out of being offline.
    if (this.#state === state || (this.#state === 'offline' && state !== 'booting')) return;
    this.#state = state;
    if (state === 'offline') {
      this.#requests.abandon(
        reason
          ? `the server is gone (${reason.signal ?? `exit code ${reason.code}`})`
          : 'the connection is closed',
      );
      this.synthDefs.clear();
    }
    for (const listener of this.#stateListeners) listener(state, reason);
  }
}

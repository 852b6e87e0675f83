/** A server as a whole: its engine from the boot to the end, our login, and its nodes all at once. */

// `await using` needs these types, and a project whose `lib` is not said does not have them.
/// <reference lib="esnext.disposable" preserve="true" />

import type { Engine, ExitReason } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import type { ServerAddress } from '../transport/transport.js';
import { checkOneOf } from './checks.js';
import { Client } from './client.js';
import { freeAll, initTree, reset } from './emptying.js';
import { EngineRun } from './engineRun.js';
import type { LifecycleEvent } from './lifecycle.js';
import type { NodeLimit } from './nodeLimit.js';
import type { OutputEvent } from './output.js';
import type { QuitOptions, RebootOptions, ServerSettings } from './settings.js';

/**
 * A client of a running SuperCollider server: nodes, buses, buffers, definitions, queries and notifications.
 *
 * `boot` and `connect` make one.
 *
 * @example
 * ```ts
 * const server = await boot();
 * const synth = server.nodes.synth('default', { freq: 330 });
 * await server.quit();
 * ```
 *
 * @see https://doc.sccode.org/Classes/Server.html
 */
export class Server extends Client implements AsyncDisposable {
  readonly #settings: ServerSettings;
  readonly #run: EngineRun;
  #rebooting: Promise<void> | undefined;

  private constructor(engine: Engine, settings: ServerSettings) {
    super(engine, settings);
    this.#settings = settings;
    this.#run = new EngineRun(this.parts, this.isOwner, settings.heartbeat, () => initTree(this, true));
  }

  /**
   * Takes an engine into use: registers for its notifications, makes the default group and runs the hooks. Sends
   * `/notify 1`, `/g_new`, `/sync`.
   *
   * @throws SuperColliderError `too-many-clients` when all logins are taken, `timeout`.
   */
  static async open(engine: Engine, settings: ServerSettings): Promise<Server> {
    const server = new Server(engine, settings);
    try {
      await server.#run.use(engine);
    } catch (error) {
      server.#run.end(undefined);
      throw error;
    }
    return server;
  }

  /** The place where the engine listens: host, port, protocol. `undefined` for an engine in this process or page. */
  get address(): ServerAddress | undefined {
    return this.engine.transport.address;
  }

  /** The server itself: for hooks, which may be given a server that only writes a file. */
  get client(): this {
    return this;
  }

  /** The number of nodes that the server holds; unknown for one that somebody else started. @internal */
  get nodeLimit(): NodeLimit | undefined {
    return this.isOwner ? this.parts.nodeLimit : undefined;
  }

  /** False while an online server does not answer. */
  get isResponsive(): boolean {
    return this.parts.lifecycle.isResponsive;
  }

  /** Why the engine ended, the last time it did: exit code or signal, and its last words. */
  get exit(): ExitReason | undefined {
    return this.parts.lifecycle.exit;
  }

  /** True after `quit` or `disconnect`, also while it was away, until it is booted or connected to again. */
  get wasQuitRequested(): boolean {
    return this.parts.lifecycle.wasQuitRequested;
  }

  /** Calls with everything that the server goes through. Returns the function that ends it. */
  onLifecycle(listener: (event: LifecycleEvent) => void): () => void {
    return this.parts.lifecycle.onEvent(listener);
  }

  /** Calls when the server is gone without having been asked to; the reason is known for one of our own. */
  onDisconnect(listener: (reason: ExitReason | undefined) => void): () => void {
    return this.parts.lifecycle.onEvent((event) => {
      if (event.type === 'offline' && !event.wasRequested) listener(event.reason);
    });
  }

  /** Calls with what the engine prints, line by line; it goes on over a reboot. Only where the engine is ours. */
  onOutput(listener: (event: OutputEvent) => void): () => void {
    return this.#run.onOutput(listener);
  }

  /** Makes the default groups of all clients, as sclang does; those that are there stay. Sends `/g_new`. */
  async sendDefaultGroups(): Promise<void> {
    for (const { id } of this.defaultGroups) this.sendMessage('/g_new', id, 0, 0);
    await this.sync();
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
  freeAll({ allClients = false } = {}): Promise<void> {
    return freeAll(this, allClients);
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
   * Sends `/clearSched`, `/g_freeAll 0`, `/sync`, `/d_free`, `/b_free`.
   */
  reset(): Promise<void> {
    return reset(this, this.parts);
  }

  /** Registers again after `unregister`. Sends `/notify 1`. */
  register(): Promise<void> {
    return this.parts.login.register();
  }

  /** Gives our login back and hears of no nodes any more; commands and answers go on. Sends `/notify 0`. */
  unregister(): Promise<void> {
    return this.parts.login.unregister();
  }

  /** Gives the login back without waiting, for the very end of a program. Sends `/notify 0`. */
  leave(): void {
    this.parts.login.leave();
  }

  /** Leaves the server running and gives our login back. Sends `/notify 0`. */
  async disconnect(): Promise<void> {
    if (!this.parts.lifecycle.enter('quitting')) return;
    await this.unregister().catch(() => {});
    this.#run.end(undefined);
    await this.engine.transport.close();
  }

  /**
   * Ends the server; resolves when it is gone. Nothing happens when it is already. Sends `/quit`.
   *
   * @throws SuperColliderError `not-server-owner` for a server that somebody else started, without `force`.
   */
  async quit({ force = false }: QuitOptions = {}): Promise<void> {
    if (!this.isOwner && !force && this.state !== 'offline') {
      throw new SuperColliderError(
        'not-server-owner',
        `${this.engine.description} was started by somebody else. Leave it with disconnect(), or end it for everybody with quit({ force: true }).`,
      );
    }
    this.parts.lifecycle.enter('quitting');
    if (!this.isOwner && this.state === 'offline') return;
    if (!this.isOwner) await this.request({ type: '/quit' });
    this.#run.end(await this.engine.quit());
  }

  /**
   * Reboots the engine, running or crashed, optionally with different options.
   *
   * Resolves when it is online. Roots on this server restore definitions, buffers, buses and nodes.
   *
   * @throws SuperColliderError `not-server-owner` for a server that somebody else started, and the errors of
   *   booting. Then the server is offline, and may be rebooted again.
   */
  reboot(options: RebootOptions = {}): Promise<void> {
    // Who asks while it is on its way, such as `restart`, gets the same one.
    this.#rebooting ??= this.#reboot(options).finally(() => {
      this.#rebooting = undefined;
    });
    return this.#rebooting;
  }

  async #reboot({ options, before, engine }: RebootOptions): Promise<void> {
    const { openEngine } = this.#settings;
    if (!openEngine || !this.isOwner) {
      throw new SuperColliderError(
        'not-server-owner',
        `${this.engine.description} was not booted here and cannot be rebooted. Connect to it again when it is back.`,
      );
    }
    if (engine !== undefined) checkOneOf('Engine', engine, ['scsynth', 'supernova', 'embedded']);
    const { serverOptions } = await loadPart(() => import('./serverOptions.js'), 'other options');
    const changed = serverOptions(options, this.options);
    await this.quit();
    await before?.();
    this.parts.options = changed;
    await this.#run.open(async (changed) => {
      const opened = await openEngine(changed, engine);
      if (engine === undefined || opened.kind === engine) return opened;
      await opened.quit();
      throw new SuperColliderError(
        'invalid-argument',
        `reboot({ engine: "${engine}" }): here the engine can only be ${opened.kind}. Others are booted from Node.`,
      );
    });
  }

  /**
   * Connects again to a server that somebody else started and that was lost.
   *
   * @throws SuperColliderError what connecting throws; then the server is offline still.
   */
  async reconnect(): Promise<void> {
    const { openEngine } = this.#settings;
    if (!openEngine || this.isOwner) {
      throw new SuperColliderError(
        'not-server-owner',
        `${this.engine.description} was booted here: reboot() it instead.`,
      );
    }
    await this.disconnect();
    await this.#run.open(openEngine);
  }

  /** Quits a server of our own, leaves another one. */
  async [Symbol.asyncDispose](): Promise<void> {
    await (this.isOwner ? this.quit() : this.disconnect());
  }

  override toString(): string {
    const { command, description } = this.engine;
    const words = command ? ` [${command.join(' ')}]` : '';
    return `<Server ${this.state} ${description}, client ${this.clientId} of ${this.maxLogins}${words}>`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/**
 * A server as its client knows it: what was sent, what it answered, what belongs to us on it.
 */

// `await using` needs these types, and a project whose `lib` is not said does not have them.
/// <reference lib="esnext.disposable" preserve="true" />

import type { Engine, EngineKind, ExitReason } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import type { ServerAddress } from '../transport/transport.js';
import type { Seconds } from '../units.js';
import type { SoundFiles } from './buffers.js';
import { checkOneOf } from './checks.js';
import { Client } from './client.js';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.js';
import { Lifecycle, type LifecycleEvent, type ServerState } from './lifecycle.js';
import type { NodeLimit } from './nodeLimit.js';
import type { ServerOptions } from './options.js';
import { type OutputEvent, parseOutput } from './output.js';
import type { SynthDefConnection } from './synthDefs.js';

/** @param kind - Another kind of engine than before, which stays for later ones. */
export type OpenEngine = (options: ServerOptions, kind?: EngineKind) => Promise<Engine>;

/** Settings of a server's client. */
export interface ServerSettings {
  /**
   * The options that the server was booted with; for a server that somebody else started, the options we
   * assume.
   */
  readonly options: ServerOptions;
  /** Seconds to wait for an answer. @default 5 */
  readonly timeout?: Seconds | undefined;
  /** Seconds from sending to sounding where no time is given (`bind`, `Bundler`). @default 0.2 */
  readonly latency?: Seconds | undefined;
  /** True when we started the engine, so that `quit` ends it. @default true */
  readonly owned?: boolean | undefined;
  /** The client id that we request; the server decides. @default 0 */
  readonly clientId?: number | undefined;
  /** Interval and limits of the queries that check if the server replies. @default each second */
  readonly heartbeat?: HeartbeatOptions | undefined;
  /**
   * Opens an engine again: boots ours, or reconnects to that of somebody else. @default neither is possible
   */
  readonly openEngine?: OpenEngine | undefined;
  /**
   * Writes definitions that are too large for a packet to files of the server. @default refuses large
   * definitions
   */
  readonly writeFile?: SynthDefConnection['writeFile'];
  /** Sends samples to the server and fetches them by files. @default only by messages */
  readonly soundFiles?: SoundFiles | undefined;
  /** Resolves a relative path as the server does, for errors. @default not known */
  readonly fullPath?: ((path: string) => string) | undefined;
}

/** Engine and options of a reboot. */
export interface RebootOptions {
  /** Another kind of engine than before, also for later reboots. What roots have rendered is brought up on it. */
  readonly engine?: EngineKind | undefined;
  /** Options that are to be other than before. */
  readonly options?: Partial<ServerOptions> | undefined;
  /** Called when the engine is gone, before the next one is started. */
  readonly before?: (() => void | Promise<void>) | undefined;
}

/** Options of `quit`. */
export interface QuitOptions {
  /** Ends a server that somebody else started, too. @default false */
  readonly force?: boolean | undefined;
}

/** Seconds in which the exit of a process is waited for when its connection is closed first. */
const EXIT_AFTER_CLOSE: Seconds = 1;

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
  /** True when we started the engine. */
  readonly isOwner: boolean;
  readonly #settings: ServerSettings;
  protected readonly lifecycle = new Lifecycle();
  readonly #heartbeat: Heartbeat;
  /** Give up the answers to the last beats, answered or not. */
  readonly #beats: (() => void)[] = [];
  readonly #outputListeners = new Set<(event: OutputEvent) => void>();
  #engine: Engine;
  #life = 0;
  #rebooting: Promise<void> | undefined;

  private constructor(engine: Engine, settings: ServerSettings) {
    super(settings);
    this.#engine = engine;
    this.#settings = settings;
    this.isOwner = settings.owned ?? true;
    this.#heartbeat = new Heartbeat(
      {
        ask: () => this.#ask(),
        onUnresponsive: () => this.lifecycle.setResponsive(false),
        onLost: () => {
          if (this.isOwner) this.lifecycle.emit({ type: 'stuck' });
          else this.#end(undefined);
        },
      },
      settings.heartbeat,
    );
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
      await server.#use(engine);
    } catch (error) {
      server.#end(undefined);
      throw error;
    }
    return server;
  }

  /** The engine that computes the sound; another object after a reboot. */
  get engine(): Engine {
    return this.#engine;
  }

  /** The place where the engine listens: host, port, protocol. `undefined` for an engine in this process or page. */
  get address(): ServerAddress | undefined {
    return this.engine.transport.address;
  }

  /** The server itself: for hooks, which may be given a server that only writes a file. */
  get client(): this {
    return this;
  }

  /** `booting`, `online`, `quitting` or `offline`. */
  get state(): ServerState {
    return this.lifecycle.state;
  }

  /** The number of nodes that the server holds; unknown for one that somebody else started. @internal */
  get nodeLimit(): NodeLimit | undefined {
    return this.isOwner ? this.nodeLimits : undefined;
  }

  /** False while an online server does not answer. */
  get isResponsive(): boolean {
    return this.lifecycle.isResponsive;
  }

  /** Why the engine ended, the last time it did: exit code or signal, and its last words. */
  get exit(): ExitReason | undefined {
    return this.lifecycle.exit;
  }

  /** True after `quit` or `disconnect`, also while it was away, until it is booted or connected to again. */
  get wasQuitRequested(): boolean {
    return this.lifecycle.wasQuitRequested;
  }

  /** Counts boots and connections: what belongs to an earlier one is gone. */
  get epoch(): number {
    return this.#life;
  }

  /** Calls with everything that the server goes through. Returns the function that ends it. */
  onLifecycle(listener: (event: LifecycleEvent) => void): () => void {
    return this.lifecycle.onEvent(listener);
  }

  /** Calls when the server is gone without having been asked to; the reason is known for one of our own. */
  onDisconnect(listener: (reason: ExitReason | undefined) => void): () => void {
    return this.lifecycle.onEvent((event) => {
      if (event.type === 'offline' && !event.wasRequested) listener(event.reason);
    });
  }

  /** Calls with what the engine prints, line by line; it goes on over a reboot. Only where the engine is ours. */
  onOutput(listener: (event: OutputEvent) => void): () => void {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  /** Leaves the server running and gives our login back. Sends `/notify 0`. */
  async disconnect(): Promise<void> {
    if (!this.lifecycle.enter('quitting')) return;
    await this.unregister().catch(() => {});
    this.#end(undefined);
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
    this.lifecycle.enter('quitting');
    if (!this.isOwner && this.state === 'offline') return;
    if (!this.isOwner) await this.request({ type: '/quit' });
    this.#end(await this.engine.quit());
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
    this.changeOptions(changed);
    await this.#open(async (changed) => {
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
    await this.#open(openEngine);
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

  async #open(openEngine: OpenEngine): Promise<void> {
    this.lifecycle.enter('booting');
    let engine: Engine | undefined;
    try {
      engine = await openEngine(this.options);
      await this.#use(engine);
    } catch (error) {
      // Neither a login nor a process is left behind.
      try {
        this.leave();
      } catch {
        // The connection is gone, and with it what it held.
      }
      this.#end(undefined);
      await engine?.quit();
      throw error;
    }
  }

  async #use(engine: Engine): Promise<void> {
    this.#engine = engine;
    const { memSize } = engine;
    if (memSize !== undefined) this.changeOptions({ ...this.options, memSize });
    this.#life += 1;
    // What an engine of before still says is about nothing any more.
    const ifCurrent = (act: () => void) => {
      if (this.#engine === engine) act();
    };
    engine.transport.listen({
      onPacket: (bytes) => ifCurrent(() => this.#hear(bytes)),
      onError: (error) => ifCurrent(() => this.#transportFailed(error)),
      onClose: () => ifCurrent(() => this.#closed(engine)),
    });
    engine.onOutput((line) =>
      ifCurrent(() => {
        this.hearLine(line);
        for (const listener of this.#outputListeners) listener(parseOutput(line));
      }),
    );
    void engine.exited.then((reason) => ifCurrent(() => this.#end(reason)));
    await this.register();
    await this.initTree();
    if (!this.lifecycle.enter('online')) {
      throw new SuperColliderError(
        'server-offline',
        `${engine.description} was told to end while it was brought up, and has ended.`,
      );
    }
    this.#heartbeat.start();
  }

  #hear(bytes: Uint8Array): void {
    this.#heartbeat.heard();
    this.lifecycle.setResponsive(true);
    this.receive(bytes);
  }

  #ask(): void {
    // The answer of a busy server may come when a caller waits for a newer status.
    if (this.#beats.length === MAX_BEATS) this.#beats.shift()!();
    this.#beats.push(this.requests.expectUnread({ type: '/status' }));
    try {
      this.engine.transport.send(STATUS);
    } catch {
      // A connection that closed just now says so itself.
    }
  }

  #transportFailed(error: Error): void {
    this.deliver({ address: '/transport-error', args: [error.message] });
    // By UDP this is how one hears that nobody listens there any more; our own process is watched.
    if (!this.isOwner && this.state === 'online' && isRefused(error)) this.#end(undefined);
  }

  /** The connection is closed: of an engine of our own the reason is known in a moment. */
  #closed(engine: Engine): void {
    if (!this.isOwner) {
      this.#end(undefined);
      return;
    }
    const timer = setTimeout(() => {
      if (this.#engine === engine) this.#end(undefined);
    }, EXIT_AFTER_CLOSE * 1000);
    void engine.exited.then(() => clearTimeout(timer));
  }

  #end(reason: ExitReason | undefined): void {
    if (this.state === 'offline') return;
    this.#heartbeat.stop();
    this.forget();
    this.requests.abandon(
      reason
        ? `the server is gone (${reason.signal ?? `exit code ${reason.code}`})`
        : 'the connection is closed',
    );
    this.lifecycle.enter('offline', reason);
  }
}

/** Nobody listens there any more, as the system says. */
const isRefused = ({ cause }: Error): boolean =>
  (cause as { readonly code?: unknown } | undefined)?.code === 'ECONNREFUSED';

/** Beats whose answers may be under way at a time. Answers to older ones were lost. */
const MAX_BEATS = 10;
/** `/status` as bytes: a heartbeat passes by whatever is collected at the moment. */
const STATUS = new TextEncoder().encode('/status\0,\0\0\0');

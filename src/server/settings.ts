/** Settings of a server's client. */

import type { Engine, EngineKind } from '../engine/engine.js';
import type { Seconds } from '../units.js';
import type { SoundFiles } from './buffers.js';
import type { HeartbeatOptions } from './heartbeat.js';
import type { ServerOptions } from './options.js';
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

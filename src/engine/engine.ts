/**
 * The common interface of all engines: an engine turns OSC into sound, and is reached by a transport.
 *
 * Native servers are processes of their own (`native/`). The embedded engine is a WebAssembly scsynth in a
 * worker thread (`embedded/`). The server client (`server/`) treats them alike; `EngineAbilities` lists the
 * few real differences.
 */

import type { Transport } from '../transport/transport.js';
import type { UnixTime } from '../units.js';

/** The program that computes the sound. `embedded` is scsynth as WebAssembly, with nothing to install. */
export type EngineKind = 'scsynth' | 'supernova' | 'embedded';

/** The reason of an engine's end. */
export interface ExitReason {
  /** The exit code; `undefined` after a signal. */
  readonly code: number | undefined;
  /** The signal that ended the engine, such as `SIGKILL`. */
  readonly signal: string | undefined;
  /** The last lines that the engine printed, oldest first. */
  readonly lastOutput: readonly string[];
  /** True when `quit` or `kill` was called before. */
  readonly wasRequested: boolean;
}

/** Abilities that not every engine has; the reasons are in `docs/engines.md`. */
export interface EngineAbilities {
  /** Largest packet it takes, in bytes: 65507 for scsynth by UDP, 32768 for supernova. */
  readonly maxPacketSize: number;
  /** Largest bundle with a time in the future, in bytes (the embedded engine's own queue lifts its limit). */
  readonly maxScheduledBundleSize: number;
  /** Disk streaming (`DiskIn`, `DiskOut`, `/b_write`, `/b_close`). */
  readonly diskStreaming: boolean;
  /** `/fail` for synchronous commands; supernova only logs them. */
  readonly failReplies: boolean;
  /** Runs the synths of a parallel group on several cores. */
  readonly parallelGroups: boolean;
  /** `/n_order` keeps the order of its list with every add action; supernova 3.13 reverses it but at the tail. */
  readonly orderPreservesList: boolean;
  /**
   * `/g_queryTree` with controls is safe where the last control of a definition is an array.
   *
   * supernova 3.13 reads beyond its list of names there. What is in memory behind the list decides about a crash.
   */
  readonly queriesTrailingArrays: boolean;
  /** Values that `/c_getn` is answered with: scsynth says so when they are too many, supernova 3.13 says nothing at all. */
  readonly maxBusesPerQuery: number;
  /** Other clients load definitions that ours must not touch: ours are named by their bytes, and never freed. */
  readonly sharesDefinitions?: boolean;
}

/** A recording that an engine makes by itself. */
export interface Recording {
  /** The path of the sound file. */
  readonly path: string;
  /** The time of the file's first frame, in seconds since 1970; only where the engine knows it (embedded). */
  readonly startTime?: UnixTime | undefined;
  /** Ends the recording; resolves when the file is complete and closed, with its length in frames. */
  stop(): Promise<{ readonly frames: number }>;
}

/** The way to the ear for an engine without a sound device of its own. */
export interface SoundOut {
  /** The program that plays it; `undefined` where none does, and the engine plays silently. */
  readonly player: string | undefined;
  /** The players that could not be had before, each with its reason. */
  readonly failures: readonly string[];
}

/** A running engine: its transport, its abilities and its end. */
export interface Engine {
  /** The program that computes the sound. */
  readonly kind: EngineKind;
  /** One line for people: `scsynth 3.13.0 · 48000 Hz · 2 out · udp 127.0.0.1:57110`. */
  readonly description: string;
  /** The connection that OSC packets come and go by. */
  readonly transport: Transport;
  /** Abilities that not every engine has. */
  readonly abilities: EngineAbilities;
  /** Hertz. */
  readonly sampleRate: number;
  /** Number of output channels. */
  readonly numOutputBusChannels: number;
  /** The player of an embedded engine; `undefined` for other engines. */
  readonly soundOut?: SoundOut | undefined;
  /** Real-time memory in kilobytes, where the engine has its own default. */
  readonly memSize?: number;
  /** Process id of a native server. */
  readonly pid: number | undefined;
  /** The program and the arguments that started a native server of ours. */
  readonly command?: readonly string[] | undefined;
  /** Resolves, never rejects, when the engine is gone for whatever reason. */
  readonly exited: Promise<ExitReason>;
  /** Called with each line that the engine prints; returns the function that ends it. */
  onOutput(listener: (line: string) => void): () => void;
  /**
   * Ends the engine: asks with `/quit`, then SIGTERM, then SIGKILL. Resolves when it is gone.
   * A second call gives the same promise.
   */
  quit(): Promise<ExitReason>;
  /** Records all output channels to a WAV file from the engine's side; only where it can (embedded). */
  record?(path: string): Promise<Recording>;
}

/**
 * The part of a server that a root needs. `Server` is one; so is any object that replies like it.
 */

import type { Command } from '../commands/command.js';
import type { Engine, EngineAbilities } from '../engine/engine.js';
import type { WantedSound } from '../engine/soundfile/checkWritten.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { Server } from '../server/server.js';
import type { SynthDef } from '../synthdef/index.js';
import type { SynthDefNames } from '../synthdef/synthDefNames.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';

/** Numbers that are handed out in blocks. */
export interface BlockAllocation {
  /** First of `count` free numbers in a row; throws `out-of-ids`. */
  reserve(count: number): number;
  /** Takes a block back, by its first number. */
  free(first: number): void;
}

/** A line that the server printed. */
export interface ServerOutput {
  /** The line as it was printed. */
  readonly line: string;
  /** Seconds by which a bundle came too late. */
  readonly seconds?: Seconds;
}

/** The definitions of a server, as scenes use them. */
export interface SceneSynthDefs extends Pick<SynthDefNames, 'addUser' | 'find' | 'place'> {
  /** Sends a definition, unless the server has it. */
  loadPlaced(placed: SynthDef): Promise<void>;
}

/** The number of nodes that a server holds at a time. */
export interface NodeLimit {
  /** The largest number of nodes. */
  readonly max: number;
  /** Nodes that are there and not of that scene: of other scenes, the root and the default group. */
  others(counter: () => number): number;
  /** Counts the nodes of a scene, too; returns what ends that. */
  add(counter: () => number): () => void;
}

/** The part of a server that a root needs. */
export interface SceneServer {
  /** The engine's abilities that change the commands of a scene. */
  readonly abilities: Pick<EngineAbilities, 'orderPreservesList' | 'queriesTrailingArrays'> &
    Partial<Pick<EngineAbilities, 'diskStreaming' | 'maxBusesPerQuery'>>;
  /** The engine, where it records by itself. */
  readonly engine?: Pick<Engine, 'record' | 'numOutputBusChannels'> & Partial<Pick<Engine, 'sampleRate'>>;
  /** Samples a second, where no engine says so. @default those of the engine, or 48,000 */
  readonly sampleRate?: number | undefined;
  /** The group that a root's nodes go into. */
  readonly defaultGroup: { readonly id: NodeId };
  /** Allocates the ids of nodes. */
  readonly nodeIds: { allocate(): NodeId };
  /** Allocates indices of audio buses. */
  readonly audioBuses: BlockAllocation;
  /** Allocates indices of control buses. */
  readonly controlBuses: BlockAllocation;
  /** Allocates numbers of buffers. */
  readonly buffers: BlockAllocation;
  /** The definitions that the roots of this server share. */
  readonly synthDefs: SceneSynthDefs;
  /** @default unknown, as of a server that somebody else started */
  readonly nodeLimit?: NodeLimit | undefined;
  /** The state of the connection; `'online'` while the server replies. */
  readonly state: string;
  /** The full path of a relative one on the server, for errors. */
  readonly fullPath?: ((path: string) => string) | undefined;
  /** Packets that wait because the server is busy. @default 0 */
  readonly backlog?: number;
  /** Takes MIDI messages of the piece, where time is not real and nothing may be sent. */
  takeMidi?(bytes: readonly number[], time: UnixTime): void;
  /** Sends commands as one bundle, for a time or at once. */
  send(commands: readonly Command[], time?: UnixTime): void;
  /** Sends a command and resolves with the server's reply to it. */
  request(command: Command, options?: { readonly timeout?: Seconds }): Promise<ReceivedMessage>;
  /** Resolves when the server has carried out all commands so far. */
  sync(timeout?: Seconds): Promise<void>;
  /** Looks at files that the server has written; `undefined` where it writes to another machine. */
  readonly soundFiles?: Record<'check' | 'settle', (wanted: WantedSound) => Promise<void>> | undefined;
  /** Calls with each message of an address; returns a function that ends this. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void;
  /** Calls with each line that the server prints, where its output can be read. */
  onOutput?(listener: (event: ServerOutput) => void): () => void;
  /**
   * The whole client of a server that plays: its node tree, status, requests and handles.
   * @default none, as where a piece is rendered to a file
   */
  readonly client?: Server | undefined;
  /** Calls with each new state; returns a function that ends this. */
  onState(listener: (state: string) => void): () => void;
}

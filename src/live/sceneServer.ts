/**
 * What a root needs of a server. `Server` is one; so is anything else that answers like it.
 */

import type { Command } from '../commands/command.js';
import type { Engine, EngineAbilities } from '../engine/engine.js';
import type { WantedSound } from '../engine/soundfile/checkWritten.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { SynthDef } from '../synthdef/index.js';
import type { SynthDefNames } from '../synthdef/synthDefNames.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';

export interface BlockAllocation {
  /** First of `count` free numbers in a row; throws `out-of-ids`. */
  allocate(count: number): number;
  free(first: number): void;
}

/** A line that the server printed. */
export interface ServerOutput {
  readonly line: string;
  /** Of a bundle that came too late: by how much. */
  readonly seconds?: Seconds;
}

export interface SceneSynthDefs extends Pick<SynthDefNames, 'addUser' | 'find' | 'place'> {
  /** Sends a definition, unless the server has it. */
  loadPlaced(placed: SynthDef): Promise<void>;
}

/** How many nodes a server holds at a time. */
export interface NodeLimit {
  readonly max: number;
  /** Nodes that are there and not of that scene: of other scenes, the root and the default group. */
  others(counter: () => number): number;
  /** Counts the nodes of a scene, too; returns what ends that. */
  add(counter: () => number): () => void;
}

export interface SceneServer {
  readonly abilities: Pick<EngineAbilities, 'orderPreservesList'> &
    Partial<Pick<EngineAbilities, 'diskStreaming' | 'maxBusesPerQuery'>>;
  /** What makes the sound, where it records by itself. */
  readonly engine?: Pick<Engine, 'record' | 'outputChannels'>;
  readonly defaultGroup: { readonly id: NodeId };
  readonly nodeIds: { allocate(): NodeId };
  readonly audioBuses: BlockAllocation;
  readonly controlBuses: BlockAllocation;
  readonly buffers: BlockAllocation;
  readonly synthDefs: SceneSynthDefs;
  /** @default unknown, as of a server that somebody else started */
  readonly nodeLimit?: NodeLimit | undefined;
  readonly state: string;
  /** Where a relative path leads to on the server, for errors. */
  readonly fullPath?: ((path: string) => string) | undefined;
  /** Packets that wait because the server is busy. @default 0 */
  readonly backlog?: number;
  send(commands: readonly Command[], time?: UnixTime): void;
  request(command: Command, options?: { readonly timeout?: Seconds }): Promise<ReceivedMessage>;
  sync(timeout?: Seconds): Promise<void>;
  /** Looks at files that the server has written; `undefined` where it writes to another machine. */
  readonly soundFiles?: Record<'check' | 'settle', (wanted: WantedSound) => Promise<void>> | undefined;
  on(address: string, listener: (message: ReceivedMessage) => void): () => void;
  /** What the server prints, where it can be heard. */
  onOutput?(listener: (event: ServerOutput) => void): () => void;
  onState(listener: (state: string) => void): () => void;
}

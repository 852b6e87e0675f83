/** Options and abilities of the embedded engine, wherever it runs. */

import { SuperColliderError } from '../../errors.js';
import { defaultServerOptions, type ServerOptions } from '../../server/options.js';
import type { EngineAbilities } from '../engine.js';
import type { WorldOptions } from './wasmEngine.js';

/** Options of the embedded engine. */
export interface EmbeddedOptions
  extends Partial<
    Pick<
      ServerOptions,
      | 'numOutputBusChannels'
      | 'numInputBusChannels'
      | 'numAudioBusChannels'
      | 'numControlBusChannels'
      | 'maxNodes'
      | 'maxSynthDefs'
      | 'numWireBufs'
    >
  > {
  /** Sample rate in hertz. @default 48000 */
  readonly sampleRate?: number | undefined;
  /** Number of sample buffers. They share the 68 MB that real-time memory leaves. @default 1024 */
  readonly numBuffers?: number;
  /**
   * Real-time memory in kilobytes, at most 32768: what it takes, buffers lose. The default of native
   * servers, 65536, becomes 16384, also in `server.options`. @default 16384
   */
  readonly memSize?: number;
  /**
   * The sound device, as the player (pw-cat, pacat, aplay or sox's play) names it.
   *
   * `auto` is the system's device where one can be opened. `none` plays silently, but still in real time.
   *
   * @default 'auto'
   */
  readonly device?: string | readonly [input: string, output: string] | undefined;
  /** Gives up booting, or ends the engine at once. */
  readonly signal?: AbortSignal;
}

export const embeddedAbilities: EngineAbilities = {
  maxPacketSize: 1_048_576,
  maxScheduledBundleSize: 1_048_576,
  diskStreaming: false,
  failReplies: true,
  parallelGroups: false,
  orderPreservesList: true,
  queriesTrailingArrays: true,
  maxBusesPerQuery: 4096,
};

const DEFAULT_MEMORY = 16_384;

/**
 * Memory and channels of the engine. @throws SuperColliderError `invalid-option` for values that the engine has
 * no room for.
 */
export function worldOptions(options: EmbeddedOptions): WorldOptions {
  const { sampleRate } = options;
  const given = { ...defaultServerOptions, ...options };
  if (given.memSize === defaultServerOptions.memSize) given.memSize = DEFAULT_MEMORY;
  const limit = (name: keyof ServerOptions & keyof EmbeddedOptions, largest: number): void => {
    if (Number(given[name]) <= largest) return;
    throw new SuperColliderError(
      'invalid-option',
      `Server option ${name} is ${given[name]}; the embedded engine has room for ${largest}.`,
    );
  };
  limit('numOutputBusChannels', 128);
  limit('numInputBusChannels', 128);
  limit('maxNodes', 65_536);
  limit('memSize', 32_768);
  return {
    sampleRate: sampleRate ?? 48_000,
    numOutputBusChannels: given.numOutputBusChannels,
    numInputBusChannels: given.numInputBusChannels,
    numBuffers: given.numBuffers,
    maxNodes: given.maxNodes,
    maxSynthDefs: given.maxSynthDefs,
    numWireBufs: given.numWireBufs,
    audioBuses: given.numAudioBusChannels,
    controlBuses: given.numControlBusChannels,
    memSize: given.memSize,
  };
}

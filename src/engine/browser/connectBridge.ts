/** A native server of this machine, for a page, by a bridge. */

import type { BridgedOptions } from '../../transport/bridgeProtocol.js';
import {
  connectWebSocket,
  type WebSocketOptions,
  type WebSocketTransport,
} from '../../transport/websocket.js';
import type { Engine, EngineAbilities, ExitReason } from '../engine.js';

export interface BridgedEngine extends Engine {
  /** The options that the server was booted with, as far as its clients share the numbers. */
  readonly options: BridgedOptions;
}

/**
 * Connects a page to the server behind a bridge. What it does to the server is what the bridge lets pass.
 *
 * @throws SuperColliderError as `connectWebSocket`.
 */
export async function connectBridge(options: WebSocketOptions): Promise<BridgedEngine> {
  const { transport, hello } = await connectWebSocket(options);
  const { kind, description, sampleRate } = hello.engine;
  return new PageOfBridge(
    kind,
    `${description} · ${transport.description}`,
    transport,
    sampleRate,
    hello.options,
  );
}

class PageOfBridge implements BridgedEngine {
  readonly pid = undefined;
  readonly exited: Promise<ExitReason>;
  readonly abilities: EngineAbilities;
  readonly numOutputBusChannels: number;
  #gone!: (reason: ExitReason) => void;

  constructor(
    readonly kind: 'scsynth' | 'supernova',
    readonly description: string,
    readonly transport: WebSocketTransport,
    readonly sampleRate: number,
    readonly options: BridgedOptions,
  ) {
    this.numOutputBusChannels = options.numOutputBusChannels;
    this.abilities = {
      maxPacketSize: transport.maxPacketSize,
      maxScheduledBundleSize: transport.maxPacketSize,
      diskStreaming: true,
      failReplies: kind === 'scsynth',
      parallelGroups: kind === 'supernova',
      orderPreservesList: kind === 'scsynth',
      queriesTrailingArrays: kind === 'scsynth',
      maxBusesPerQuery: kind === 'scsynth' ? 4096 : 128,
      // Pages know nothing of each other.
      sharesDefinitions: true,
    };
    this.exited = new Promise((resolve) => {
      this.#gone = resolve;
    });
  }

  onOutput(listener: (line: string) => void): () => void {
    return this.transport.onLine(listener);
  }

  /** Closes the connection; the server goes on, without what this page had on it. */
  async quit(): Promise<ExitReason> {
    this.#gone({ code: undefined, signal: undefined, lastOutput: [], wasRequested: true });
    await this.transport.close();
    return this.exited;
  }
}

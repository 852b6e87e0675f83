/**
 * The embedded engine in a page: scsynth as WebAssembly in an AudioWorklet of the page's own AudioContext.
 *
 * Everything goes by messages, so the page needs no headers for isolation (COOP, COEP). Where it has them, commands go
 * through shared memory.
 */

import { SuperColliderError } from '../../errors.js';
import { PacketRing, packetRingMemory } from '../../transport/packetRing.js';
import { WorkletTransport } from '../../transport/worklet.js';
import { type EmbeddedOptions, embeddedAbilities, worldOptions } from '../embedded/embeddedOptions.js';
import type { WorldOptions } from '../embedded/wasmEngine.js';
import type { Engine, ExitReason } from '../engine.js';
import { assetUrl, DEFAULT_FILES, fetchEngine, notServed, WORKLET_FILE } from './engineAssets.js';
import { answerFile } from './fetchFile.js';
import {
  type PageMessage,
  PROCESSOR_NAME,
  type WorkletMessage,
  type WorkletSetup,
} from './workletMessages.js';

/** Options of an embedded engine in a page: its audio context, its nodes and its files. */
export interface PageEngineOptions extends Omit<EmbeddedOptions, 'device' | 'sampleRate' | 'signal'> {
  /** The page's own; it is neither resumed nor closed here. Its sample rate is the engine's. */
  readonly context: AudioContext;
  /** The node that gets the sound. @default the context's destination */
  readonly output?: AudioNode | undefined;
  /** The node that the inputs receive, such as a microphone's. @default silence */
  readonly input?: AudioNode | undefined;
  /** The folder that the engine's files are served from. @default '/react-collider/' */
  readonly files?: string | undefined;
}

/** Lines of output that a reason for the end quotes. */
const LAST_LINES = 20;

/** Milliseconds after which a worklet that does not say that it has ended is left. */
const END_TIMEOUT = 1000;

/**
 * Boots the embedded engine in an AudioWorklet.
 *
 * It plays as soon as the context runs, which browsers allow after a gesture of the user. While the context is
 * suspended everything is answered, and time stands still.
 *
 * @throws SuperColliderError `boot-failed` when its files are not served, or are of another version.
 */
export async function startPageEngine(options: PageEngineOptions): Promise<Engine> {
  const { context, output = context.destination, input, files = DEFAULT_FILES } = options;
  const world = worldOptions({ ...options, sampleRate: context.sampleRate });
  const engineFiles = await fetchEngine(files);
  await addWorklet(context, files);
  const node = engineNode(context, { files: engineFiles, world });
  const { port1, port2 } = new MessageChannel();
  const ring = globalThis.crossOriginIsolated ? packetRingMemory() : undefined;
  const transport = new WorkletTransport(port1, {
    ring: ring && new PacketRing(ring),
    // Nobody asks it for blocks then.
    mustBeWoken: () => context.state !== 'running',
  });
  const engine = new PageEngine(node, transport, world, ring !== undefined);
  try {
    await engine.ready;
  } catch (error) {
    await engine.transport.close();
    throw error;
  }
  say(node, { type: 'connect', port: port2, ring }, [port2]);
  input?.connect(node);
  node.connect(output);
  return engine;
}

/** Loads our worklet into a context; a second time is nothing. @throws SuperColliderError `boot-failed`. */
export async function addWorklet(context: BaseAudioContext, files: string): Promise<void> {
  if (!context.audioWorklet) {
    throw new SuperColliderError(
      'boot-failed',
      'This page has no AudioWorklet: browsers give it to pages by https and from localhost only.',
    );
  }
  try {
    await context.audioWorklet.addModule(assetUrl(files, WORKLET_FILE));
  } catch (cause) {
    throw notServed(files, WORKLET_FILE, (cause as Error).message, cause);
  }
}

/** The node that the engine is in; it boots by itself. */
export function engineNode(context: BaseAudioContext, setup: WorkletSetup): AudioWorkletNode {
  const { numInputBusChannels, numOutputBusChannels } = setup.world;
  return new AudioWorkletNode(context, PROCESSOR_NAME, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [Math.max(1, numOutputBusChannels)],
    channelCount: Math.max(1, numInputBusChannels),
    channelCountMode: 'explicit',
    channelInterpretation: 'discrete',
    processorOptions: setup,
  });
}

export function say(node: AudioWorkletNode, message: PageMessage, transfer: Transferable[] = []): void {
  node.port.postMessage(message, transfer);
}

class PageEngine implements Engine {
  readonly kind = 'embedded';
  readonly abilities = embeddedAbilities;
  readonly pid = undefined;
  readonly sampleRate: number;
  readonly numOutputBusChannels: number;
  readonly memSize: number;
  readonly exited: Promise<ExitReason>;
  /** Resolves when the engine plays; rejects with `boot-failed`. */
  readonly ready: Promise<void>;
  readonly #node: AudioWorkletNode;
  readonly #context: AudioContext;
  readonly #listeners = new Set<(line: string) => void>();
  readonly #lines: string[] = [];
  #description = 'embedded scsynth';
  #quitRequested = false;
  #exit!: () => void;

  constructor(
    node: AudioWorkletNode,
    readonly transport: WorkletTransport,
    world: WorldOptions,
    readonly sharesMemory: boolean,
  ) {
    this.#node = node;
    this.#context = node.context as AudioContext;
    this.sampleRate = world.sampleRate;
    this.numOutputBusChannels = world.numOutputBusChannels;
    this.memSize = world.memSize;
    this.exited = new Promise((resolve) => {
      this.#exit = () => {
        this.#leave();
        resolve({
          code: 0,
          signal: undefined,
          lastOutput: [...this.#lines],
          wasRequested: this.#quitRequested,
        });
      };
    });
    this.ready = new Promise((resolve, reject) => {
      node.port.onmessage = ({ data }: MessageEvent) => {
        const message = data as WorkletMessage;
        if (message.type === 'ready') {
          this.#describe(message.version);
          resolve();
        } else if (message.type === 'failed') {
          reject(new SuperColliderError('boot-failed', message.message));
        } else this.#hear(message);
      };
      node.onprocessorerror = () => {
        const line = "the embedded engine's worklet failed; the browser's console says why";
        this.#print(line);
        reject(new SuperColliderError('boot-failed', `The embedded engine did not start: ${line}.`));
        this.#exit();
      };
    });
    this.#context.addEventListener('statechange', this.#tellState);
    this.#tellState();
  }

  get description(): string {
    return this.#description;
  }

  onOutput(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async quit(): Promise<ExitReason> {
    this.#quitRequested = true;
    say(this.#node, { type: 'end' });
    const timer = setTimeout(this.#exit, END_TIMEOUT);
    const reason = await this.exited;
    clearTimeout(timer);
    await this.transport.close();
    return reason;
  }

  #hear(message: WorkletMessage): void {
    if (message.type === 'output') this.#print(message.line);
    else if (message.type === 'read')
      void answerFile(message, (answer, files) => say(this.#node, answer, files));
    else if (message.type === 'crashed') this.#print(message.message);
    else if (message.type === 'ended') this.#exit();
  }

  #leave(): void {
    this.#context.removeEventListener('statechange', this.#tellState);
    this.#node.disconnect();
    this.#node.port.onmessage = null;
    this.#node.port.close();
  }

  #tellState = (): void => {
    const { state } = this.#context;
    if (state === 'closed') this.#exit();
    else say(this.#node, { type: 'suspended', isSuspended: state !== 'running' });
  };

  #describe(version: string): void {
    const scsynth = /SuperCollider \D*([\d.]+)/.exec(version)?.[1] ?? '';
    this.#description = `embedded scsynth ${scsynth} · ${this.sampleRate} Hz · ${this.numOutputBusChannels} out · in the page${this.sharesMemory ? ' · shared memory' : ''}`;
  }

  #print(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > LAST_LINES) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }
}

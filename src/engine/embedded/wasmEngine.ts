/**
 * The WebAssembly scsynth and its AudioWorkletProcessor, run by hand: bytes in, 128 frames out.
 *
 * This is the only file that knows how `supersonic-scsynth-core` is built inside: its messages at
 * boot and its processor. (`ringBuffers.ts` knows its ring buffers.) It promises to run that package unmodified and to refuse
 * any version but the one that it was checked with. It imports nothing of Node, so that it runs in
 * a worker thread, on the main thread and in a browser's AudioWorklet alike.
 *
 * What the engine cannot do (queue, split, read files) is the business of `EmbeddedHost`.
 */

import { SuperColliderError } from '../../errors.js';
import type { Hertz, Seconds } from '../../units.js';
import { layoutDifference, RingBuffers, type RingLayout } from './ringBuffers.js';

/** The version of `supersonic-scsynth-core` that this file was checked with. */
export const PINNED_VERSION = '0.59.0';

/** Frames that the engine computes at a time; a block length other than 128 boots but is wrong. */
export const BLOCK_SIZE = 128;

/** Ring messages that the engine takes in one block; more stay in the ring. */
export const RING_MESSAGES_PER_BLOCK = 32;

/** Largest message or immediate bundle, in bytes; larger ones are dropped with a line of output. */
export const MAX_IMMEDIATE_PACKET = 65_536;

/** Messages that the engine takes out of one bundle: at 256 it prints a warning, and drops the rest. */
export const MAX_BUNDLE_MESSAGES = 255;

/**
 * First byte of the memory for buffers.
 *
 * The engine's own memory is below: 5.7 MB and the real-time memory after boot (measured), and then the
 * synthdefs, about 10 kB each.
 */
export function sampleMemoryStart(world: WorldOptions): number {
  const busesAndWires = 4 * BLOCK_SIZE * (world.audioBuses + 2 * world.numWireBufs);
  const perBuffer = 256;
  const megabyte = 1024 * 1024;
  const sum = 12 * megabyte + 1024 * world.memSize + busesAndWires + perBuffer * world.numBuffers;
  return Math.ceil(sum / megabyte) * megabyte;
}

/** The engine's memory is exactly this large, in pages of 64 KiB: 80 MiB. */
const MEMORY_PAGES = 1280;

/**
 * Beginning of the line that the engine prints for each node beyond about 2,000. These nodes are missing in its copy of the tree for
 * pages, which we do not read; the nodes themselves are there.
 */
const TABLE_FULL = '[NodeTree] Mirror full!';

/** The two files of the engine's package, as the host found them. */
export interface EngineFiles {
  /** The text of `workers/scsynth_audio_worklet.js`. */
  readonly processor: string;
  /** The bytes of `wasm/scsynth-nrt.wasm`. */
  readonly wasm: Uint8Array<ArrayBuffer>;
}

export interface WorldOptions {
  readonly sampleRate: Hertz;
  readonly numOutputBusChannels: number;
  readonly numInputBusChannels: number;
  readonly numBuffers: number;
  readonly maxNodes: number;
  readonly maxSynthDefs: number;
  readonly numWireBufs: number;
  readonly audioBuses: number;
  readonly controlBuses: number;
  /** Real-time memory in kilobytes. */
  readonly memSize: number;
  /** The seed of the engine's random numbers, in milliseconds; a fixed seed makes noise repeatable. */
  readonly seed?: number;
}

interface Processor {
  readonly port: Port;
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: object): boolean;
}

interface Port {
  onmessage(event: { data: object }): unknown;
  postMessage(message: { type: string; bufferConstants?: RingLayout } & Record<string, unknown>): void;
}

export class WasmEngine {
  /** All of the engine's memory; buffers' samples lie in it. */
  readonly memory: Float32Array;
  readonly outputs: readonly Float32Array[];
  readonly inputs: readonly Float32Array[];
  /** The name and version that the engine reports: `Supersonic 0.59.0 (SuperCollider 3.14.1)`. */
  readonly version: string;
  readonly #processor: Processor;
  readonly #setTime: (time: Seconds) => void;
  readonly #rings: RingBuffers;
  readonly #crash: { words?: string };

  private constructor(
    processor: Processor,
    setTime: (time: Seconds) => void,
    memory: WebAssembly.Memory,
    initialized: { bufferConstants: RingLayout; ringBufferBase: number },
    world: WorldOptions,
    version: string,
    crash: { words?: string },
  ) {
    this.version = version;
    this.#crash = crash;
    this.#processor = processor;
    this.#setTime = setTime;
    this.memory = new Float32Array(memory.buffer);
    this.#rings = new RingBuffers(memory.buffer, initialized.ringBufferBase, initialized.bufferConstants);
    this.outputs = Array.from({ length: world.numOutputBusChannels }, () => new Float32Array(BLOCK_SIZE));
    this.inputs = Array.from({ length: world.numInputBusChannels }, () => new Float32Array(BLOCK_SIZE));
  }

  /**
   * Boots an engine; takes about 30 ms.
   *
   * @param onOutput - Hears of errors that the processor itself prints.
   * @throws SuperColliderError `boot-failed` when the package is not version 0.59.0 or says no.
   */
  static async boot(
    files: EngineFiles,
    world: WorldOptions,
    onOutput: (line: string) => void,
  ): Promise<WasmEngine> {
    const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES, shared: true });
    const replies: Record<string, Record<string, unknown>> = {};
    const port: Port = {
      onmessage: () => undefined,
      postMessage: (message) => {
        replies[message.type] = message;
      },
    };
    const crash: { words?: string } = {};
    const { processor, setTime } = evaluate(files.processor, port, world.seed, (line) => {
      // The processor catches what the engine throws, prints it and its stack, and goes on.
      const [, words] = /process\(\) error: (.*)/.exec(line) ?? [];
      if (words !== undefined) crash.words = words;
      onOutput(line);
    });
    const say = async (data: object): Promise<void> => {
      await port.onmessage({ data });
    };
    // In "sab" mode the memory is ours, so that samples and replies need no copy through messages.
    await say({ type: 'init', mode: 'sab', sharedBuffer: memory.buffer });
    await say({
      type: 'loadWasm',
      wasmBytes: files.wasm,
      wasmMemory: memory,
      sampleRate: world.sampleRate,
      worldOptions: {
        numBuffers: world.numBuffers,
        maxNodes: world.maxNodes,
        maxGraphDefs: world.maxSynthDefs,
        maxWireBufs: world.numWireBufs,
        numAudioBusChannels: world.audioBuses,
        numInputBusChannels: world.numInputBusChannels,
        numOutputBusChannels: world.numOutputBusChannels,
        numControlBusChannels: world.controlBuses,
        bufLength: BLOCK_SIZE,
        realTimeMemorySize: world.memSize,
      },
    });
    await say({ type: 'getVersion' });
    const failure = replies.error?.error ?? (replies.initialized ? undefined : 'it did not answer');
    if (failure !== undefined) {
      throw new SuperColliderError(
        'boot-failed',
        `The embedded engine did not start: ${failure}. supersonic-scsynth-core must be version ` +
          `${PINNED_VERSION}; reinstall it with npm install supersonic-scsynth-core@${PINNED_VERSION}.`,
      );
    }
    const initialized = replies.initialized as unknown as {
      bufferConstants: RingLayout;
      ringBufferBase: number;
    };
    const version = String(replies.version?.version);
    checkVersion(version, initialized.bufferConstants);
    const engine = new WasmEngine(processor, setTime, memory, initialized, world, version, crash);
    engine.#checkStatus(world);
    return engine;
  }

  /**
   * Puts a message or bundle into the engine's ring; it is taken at the next `process`.
   * At most `RING_MESSAGES_PER_BLOCK` between two calls of `process`.
   */
  write(packet: Uint8Array): void {
    this.#rings.write(packet);
  }

  /**
   * Computes one block into `outputs`.
   *
   * @param time - Of the block's first frame, in seconds on the engine's own clock.
   * @throws SuperColliderError `command-failed` when the engine crashed, as it does where scsynth reads or
   *   writes outside its memory. It is of no use any more then: the same message would crash it again.
   */
  process(time: Seconds): void {
    this.#setTime(time);
    this.#processor.process([this.inputs as Float32Array[]], [this.outputs as Float32Array[]], {});
    if (this.#crash.words === undefined) return;
    throw new SuperColliderError('command-failed', `The embedded engine crashed: ${this.#crash.words}.`);
  }

  /** Drops what waits in the engine's own scheduler. */
  clearScheduler(): void {
    this.#processor.port.onmessage({ data: { type: 'clearSched' } });
  }

  /** Hands over each reply since the last call; the bytes are the listener's own. */
  readReplies(listener: (packet: Uint8Array) => void): void {
    this.#rings.readReplies(listener);
  }

  /** Hands over the lines that the engine printed since the last call, without those about a table that nobody reads. */
  readOutput(listener: (line: string) => void): void {
    this.#rings.readOutput((text) => {
      for (const line of new TextDecoder().decode(text).split('\n'))
        if (line.trim() !== '' && !line.startsWith(TABLE_FULL)) listener(line.trimEnd());
    });
  }

  #checkStatus(world: WorldOptions): void {
    if (!this.#rings.hasFailed) return;
    const words: string[] = [];
    this.readOutput((line) => words.push(line));
    throw new SuperColliderError(
      'boot-failed',
      `The embedded engine did not start. Its last words: "${words.at(-1) ?? ''}". It has 80 MB for ` +
        `memSize (${world.memSize} kB), nodes (${world.maxNodes}), buses and wires together; ask for less.`,
    );
  }
}

/** Runs the processor's text with our own base class, registry, clock and console around it. */
function evaluate(
  source: string,
  port: Port,
  seed: number | undefined,
  onOutput: (line: string) => void,
): { processor: Processor; setTime: (time: Seconds) => void } {
  class AudioWorkletProcessor {
    readonly port = port;
  }
  let processorClass: (new () => Processor) | undefined;
  const registerProcessor = (_name: string, registered: new () => Processor): void => {
    processorClass = registered;
  };
  const print = (...words: unknown[]): void => onOutput(words.map(String).join(' '));
  // `currentTime` is a global of AudioWorklets; as a variable of this function two engines of one
  // thread keep apart.
  const run = new Function(
    'AudioWorkletProcessor',
    'registerProcessor',
    'Date',
    'console',
    `let currentTime = 0;\n${source}\nreturn (time) => { currentTime = time; };`,
  );
  const setTime = run(
    AudioWorkletProcessor,
    registerProcessor,
    seed === undefined ? Date : { now: () => seed },
    { log: print, warn: print, error: print },
  ) as (time: Seconds) => void;
  if (!processorClass) throw wrongVersion('its worklet registers no processor');
  return { processor: new processorClass(), setTime };
}

function checkVersion(version: string, layout: RingLayout): void {
  if (!version.includes(PINNED_VERSION)) throw wrongVersion(`it says "${version}"`);
  const difference = layoutDifference(layout);
  if (difference !== undefined) throw wrongVersion(difference);
}

function wrongVersion(how: string): SuperColliderError {
  return new SuperColliderError(
    'boot-failed',
    `The embedded engine is not supersonic-scsynth-core ${PINNED_VERSION}, the only version that ` +
      `this package was checked with: ${how}. Install it with npm install supersonic-scsynth-core@${PINNED_VERSION}.`,
  );
}

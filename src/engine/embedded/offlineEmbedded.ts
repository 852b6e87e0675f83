/**
 * The embedded engine offline: blocks as fast as they can be computed, on this thread.
 */

import { readFile, rm } from 'node:fs/promises';
import type { SuperColliderError } from '../../errors.js';
import type { ServerOptions } from '../../server/options.js';
import type { Seconds } from '../../units.js';
import { outputFailure } from '../offlineFailure.js';
import type { OfflineFile, OfflineRendering } from '../offlineRendering.js';
import { decodeSoundFile } from '../soundfile/decodeSoundFile.js';
import type { Sound } from '../soundfile/sound.js';
import { SoundFileWriter } from '../soundfile/soundFileWriter.js';
import { EmbeddedHost } from './embeddedHost.js';
import { worldOptions } from './embeddedOptions.js';
import { loadEngineFiles } from './engineFiles.js';
import { interleave } from './interleave.js';
import { nodeFiles } from './nodeFiles.js';
import { addressOf, bundleElements, bundleTime, encodeBundle, type OscBytes } from './oscBytes.js';
import { ASYNCHRONOUS } from './replies.js';
import { BLOCK_SIZE } from './wasmEngine.js';

/**
 * Blocks before the beginning of the score: time for the definitions and buffers of its first moment, and for
 * its first thousands of messages to get into the engine.
 */
const BLOCKS_BEFORE = 256;

/** Blocks that the engine stays behind the score, to be told of large moments ahead of them. */
const BLOCKS_BEHIND = 64;

/** Loading is begun so many blocks before its moment, so that it is done then. */
const BLOCKS_TO_LOAD = 16;

/** Milliseconds of computing before others on this thread get a turn. */
const TURN = 30;

interface Asynchronous {
  readonly frame: number;
  readonly message: OscBytes;
}

/** @throws SuperColliderError `boot-failed`, `bad-option`, `bad-file`. */
export async function renderOnEmbedded(
  file: OfflineFile,
  server: ServerOptions,
  seed: number,
): Promise<OfflineRendering> {
  const world = { ...worldOptions({ ...server, sampleRate: file.sampleRate }), seed };
  const input = file.input === undefined ? undefined : await decodeSoundFile(await readFile(file.input));
  const writer = await SoundFileWriter.open(file, world.outputChannels);
  const rendering = new EmbeddedRendering(file, writer, input, world.outputChannels);
  try {
    await rendering.boot(async (listeners) =>
      EmbeddedHost.boot({
        files: await loadEngineFiles(),
        world,
        fileAccess: nodeFiles,
        startTime: (-BLOCKS_BEFORE * BLOCK_SIZE) / file.sampleRate,
        ...listeners,
      }),
    );
  } catch (error) {
    await rendering.abort();
    throw error;
  }
  return rendering;
}

class EmbeddedRendering implements OfflineRendering {
  readonly description: string;
  readonly #file: OfflineFile;
  readonly #writer: SoundFileWriter;
  readonly #input: Sound | undefined;
  #host!: EmbeddedHost;
  #waiting: Asynchronous[] = [];
  #lastLoad = 0;
  /** The frame of the last bundle that was taken. */
  #last = 0;
  #failure: SuperColliderError | undefined;
  #processing: Promise<void> | undefined;
  #aborted = false;

  constructor(file: OfflineFile, writer: SoundFileWriter, input: Sound | undefined, channels: number) {
    this.#file = file;
    this.#writer = writer;
    this.#input = input;
    this.description = `embedded scsynth, ${file.sampleRate} Hz, ${channels} out`;
  }

  async boot(
    start: (listeners: {
      onReply(packet: Uint8Array): void;
      onOutput(line: string): void;
      onQuit(): void;
    }) => Promise<EmbeddedHost>,
  ): Promise<void> {
    this.#host = await start({
      onReply: () => {},
      onOutput: (line) => {
        this.#failure ??= outputFailure(line);
      },
      onQuit: () => {},
    });
  }

  write(time: Seconds, bundles: readonly Uint8Array[]): void {
    this.#last = this.#frameOf(time);
    for (const bundle of bundles) this.#take(bundle, this.#last);
  }

  catchUp(): Promise<void> | undefined {
    const until = this.#last - BLOCKS_BEHIND * BLOCK_SIZE;
    return this.#host.frame + BLOCK_SIZE <= until ? this.#process(until) : undefined;
  }

  async finish(end: Seconds): Promise<void> {
    const last = this.#frameOf(end);
    await this.#process(last + BLOCK_SIZE);
    await this.#writer.finish(Math.min(this.#writer.frames, last - BLOCKS_BEFORE * BLOCK_SIZE));
    if (this.#failure) throw this.#failure;
  }

  async abort(): Promise<void> {
    this.#aborted = true;
    await this.#processing?.catch(() => {});
    await this.#writer.close().catch(() => {});
    await rm(this.#file.path, { force: true });
  }

  /** The engine's own frame of a moment of the score. */
  #frameOf(time: Seconds): number {
    return Math.round(time * this.#file.sampleRate) + BLOCKS_BEFORE * BLOCK_SIZE;
  }

  /**
   * What waits for files is carried out by the host at once, so it is kept until its time has nearly come;
   * everything else goes to the host with its time.
   */
  #take(bundle: Uint8Array, frame: number): void {
    const elements = bundleElements(bundle);
    const isAsynchronous = (message: OscBytes) => ASYNCHRONOUS.has(addressOf(message));
    const rest = elements.filter((message) => !isAsynchronous(message));
    for (const message of elements) {
      if (!isAsynchronous(message)) continue;
      const isFreeing = addressOf(message) === '/b_free';
      const at = frame - (isFreeing ? 0 : BLOCKS_TO_LOAD * BLOCK_SIZE);
      this.#lastLoad = Math.max(this.#lastLoad, at);
      this.#waiting.push({
        frame: frame === BLOCKS_BEFORE * BLOCK_SIZE ? 0 : this.#lastLoad,
        message: message.slice(),
      });
    }
    // A timetag of 0 or 1 is «at once» for the host; the beginning of a score is a moment like any other.
    const [seconds, fraction] = bundleTime(bundle);
    const isStart = seconds === 0 && fraction <= 1;
    if (rest.length > 0) this.#host.receive(encodeBundle(seconds, isStart ? 2 : fraction, rest));
  }

  /** Computes all blocks that begin before a frame. */
  #process(until: number): Promise<void> {
    this.#processing = this.#compute(until);
    return this.#processing;
  }

  async #compute(until: number): Promise<void> {
    const host = this.#host;
    let turnEnds = performance.now() + TURN;
    while (host.frame < until) {
      while (this.#waiting[0] && this.#waiting[0].frame <= host.frame) {
        host.receive(this.#waiting.shift()!.message);
      }
      if (host.isBusy) await host.idle;
      this.#hear();
      host.process();
      const written = this.#write();
      if (written) await written;
      if (this.#failure) throw this.#failure;
      if (performance.now() < turnEnds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#aborted) throw new Error('The rendering was given up.');
      turnEnds = performance.now() + TURN;
    }
  }

  /** Gives the block about to be computed its part of the input. */
  #hear(): void {
    const start = this.#host.frame - BLOCKS_BEFORE * BLOCK_SIZE;
    if (!this.#input || start < 0) return;
    for (const [index, channel] of this.#host.inputs.entries()) {
      channel.fill(0);
      const part = this.#input.channels[index]?.subarray(start, start + BLOCK_SIZE);
      if (part) channel.set(part);
    }
  }

  #write(): Promise<void> | undefined {
    if (this.#host.frame <= BLOCKS_BEFORE * BLOCK_SIZE) return undefined;
    return this.#writer.write(interleave(this.#host.outputs, BLOCK_SIZE));
  }
}

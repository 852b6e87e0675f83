/**
 * The embedded engine offline: blocks as fast as they can be computed, on this thread.
 */

import type { SuperColliderError } from '../../errors.js';
import type { ServerOptions } from '../../server/options.js';
import type { Seconds } from '../../units.js';
import { outputFailure } from '../offlineFailure.js';
import type { OfflineFile, OfflineRendering } from '../offlineRendering.js';
import { readSoundFile } from '../soundfile/readSoundFile.js';
import { removeFile } from '../soundfile/removeFile.js';
import type { SoundData } from '../soundfile/sound.js';
import { SoundFileWriter } from '../soundfile/soundFileWriter.js';
import { EmbeddedHost } from './embeddedHost.js';
import { worldOptions } from './embeddedOptions.js';
import { loadEngineFiles } from './engineFiles.js';
import { interleave } from './interleave.js';
import { nodeFiles } from './nodeFiles.js';
import { BLOCKS_BEFORE, ScorePlayer, scoreStartTime } from './scorePlayer.js';
import { BLOCK_SIZE } from './wasmEngine.js';

/** Blocks that the engine stays behind the score, to be told of large moments ahead of them. */
const BLOCKS_BEHIND = 64;

/** Milliseconds of computing before others on this thread get a turn. */
const TURN = 30;

/** @throws SuperColliderError `boot-failed`, `invalid-option`, `invalid-file` for the input, `write-failed`. */
export async function renderOnEmbedded(
  file: OfflineFile,
  server: ServerOptions,
  seed: number,
): Promise<OfflineRendering> {
  const world = { ...worldOptions({ ...server, sampleRate: file.sampleRate }), seed };
  const input = file.input === undefined ? undefined : await readSoundFile(file.input);
  const writer = await SoundFileWriter.open(file, world.numOutputBusChannels);
  const rendering = new EmbeddedRendering(file, writer, input, world.numOutputBusChannels);
  try {
    await rendering.boot(async (listeners) =>
      EmbeddedHost.boot({
        files: await loadEngineFiles(),
        world,
        fileAccess: nodeFiles,
        startTime: scoreStartTime(file.sampleRate),
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
  readonly #input: SoundData | undefined;
  #host!: EmbeddedHost;
  #player!: ScorePlayer;
  /** The frame of the last bundle that was taken. */
  #last = 0;
  #failure: SuperColliderError | undefined;
  #processing: Promise<void> | undefined;
  #aborted = false;

  constructor(file: OfflineFile, writer: SoundFileWriter, input: SoundData | undefined, channels: number) {
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
    this.#player = new ScorePlayer(this.#host, this.#file.sampleRate);
  }

  write(time: Seconds, bundles: readonly Uint8Array[]): void {
    this.#last = this.#player.frameOf(time);
    this.#player.take(time, bundles);
  }

  catchUp(): Promise<void> | undefined {
    const until = this.#last - BLOCKS_BEHIND * BLOCK_SIZE;
    return this.#host.frame + BLOCK_SIZE <= until ? this.#process(until) : undefined;
  }

  async finish(end: Seconds): Promise<void> {
    const last = this.#player.frameOf(end);
    await this.#process(last + BLOCK_SIZE);
    await this.#writer.finish(Math.min(this.#writer.frames, last - BLOCKS_BEFORE * BLOCK_SIZE));
    if (this.#failure) throw this.#failure;
  }

  async abort(): Promise<void> {
    this.#aborted = true;
    await this.#processing?.catch(() => {});
    await this.#writer.close().catch(() => {});
    await removeFile(this.#file.path);
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
      const loading = this.#player.load();
      if (loading) await loading;
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

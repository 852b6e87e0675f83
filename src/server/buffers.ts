/** The buffers of a server: numbers of our part, and buffers made, read and streamed. */

import type { Completion } from '../commands/command.js';
import type { WantedSound } from '../engine/soundfile/checkWritten.js';
import { SuperColliderError } from '../errors.js';
import type { BufferNumber } from '../units.js';
import type { BlockAllocator } from './allocators.js';
import { ServerBuffer } from './buffer.js';
import { noFiles } from './bufferFiles.js';
import { type CueOptions, cue, type StreamToOptions, streamTo } from './bufferStreams.js';
import { checkBufferSize, checkNumbers, checkText, checkWhole } from './checks.js';
import type { Client } from './client.js';

/** A sound file that only passes samples on. */
export interface TemporarySound {
  /** The path of the file. */
  readonly path: string;
  /** Writes samples into it, as 32 bit floats. */
  write(samples: ArrayLike<number>, channels: number, sampleRate: number): Promise<void>;
  /** All samples, the channels of each frame side by side. */
  read(): Promise<Float32Array>;
  /** Deletes the file. */
  remove(): Promise<void>;
}

/** Files that both we and the server can reach. */
export interface SoundFiles {
  /** A file that is not there yet. */
  temporary(): TemporarySound;
  /**
   * Looks whether a file that the server has written is whole, as far as it can be reached from here.
   *
   * @throws SuperColliderError `write-failed` when a part is missing.
   */
  check(wanted: WantedSound): Promise<void>;
  /** Waits until a file that is still open has grown to what was written, as long as it grows. */
  settle(wanted: WantedSound): Promise<void>;
}

/** The part of a sound file that becomes a new buffer. */
export interface ReadFileOptions {
  /** First frame of the file. @default 0 */
  readonly startFrame?: number | undefined;
  /** Number of frames; 0 reads to the end. @default 0 */
  readonly frames?: number | undefined;
  /** Only these channels of the file, from 0. Sends `/b_allocReadChannel`. @default all */
  readonly fileChannels?: readonly number[] | undefined;
  /** The message that the server carries out after reading, before it replies. */
  readonly completion?: Completion;
}

/** Channels and sample rate of samples that become a new buffer. */
export interface DataOptions {
  /** @default 1 */
  readonly channels?: number | undefined;
  /** By messages, or by a sound file, which is faster for many and keeps the sample rate. @default 'messages' */
  readonly by?: 'messages' | 'file' | undefined;
  /** Only by a file. @default the server's */
  readonly sampleRate?: number | undefined;
}

/**
 * Makes the buffers of one client on a server, and hands out their numbers.
 *
 * @example
 * ```ts
 * const kick = await server.buffers.read('sounds/kick.wav');
 * const synth = await kick.play({ rate: 0.5 });
 * synth.onEnd(() => kick.free());
 * ```
 *
 * @see https://doc.sccode.org/Classes/Buffer.html
 */
export class Buffers {
  constructor(
    readonly server: Client,
    readonly allocator: () => BlockAllocator,
  ) {}

  /** The first of `count` numbers in a row; throws `out-of-ids`. */
  reserve(count = 1): number {
    return this.allocator().reserve(count);
  }

  /** Gives numbers back by the first of them. */
  free(first: number): void {
    this.allocator().free(first);
  }

  /** Buffers of this client that are in use. */
  get numberInUse(): number {
    return this.allocator().numberInUse;
  }

  /**
   * A buffer of silence. Sends `/b_alloc`.
   *
   * @param completion - What the server carries out when it is there, before it answers; a function gets its number.
   * @throws SuperColliderError `invalid-argument`, `out-of-ids`, `command-failed`.
   */
  async alloc(
    frames: number,
    channels = 1,
    completion?: Completion | ((number: BufferNumber) => Completion),
  ): Promise<ServerBuffer> {
    checkBufferSize(frames, channels);
    const { number, giveBack } = this.#number();
    const packet = typeof completion === 'function' ? completion(number) : completion;
    await this.#orGiveBack(giveBack, () => this.#alloc(number, frames, channels, packet));
    return this.#made(number, frames, channels, giveBack);
  }

  /**
   * Buffers of one size with numbers in a row, for `VOsc` and its like. Freed together they free their numbers.
   * Sends `/b_alloc` for each.
   */
  async group(count: number, frames: number, channels = 1): Promise<BufferGroup> {
    checkWhole('The number of buffers in a group', count, 1);
    checkBufferSize(frames, channels);
    const { number: first, giveBack } = this.#number(count);
    const numbers = Array.from({ length: count }, (_, index) => (first + index) as BufferNumber);
    await this.#orGiveBack(giveBack, () =>
      Promise.all(numbers.map((number) => this.#alloc(number, frames, channels))),
    );
    return new BufferGroup(
      numbers.map((number) => this.#made(number, frames, channels, () => {})),
      giveBack,
    );
  }

  /** A sound file in a buffer. Sends `/b_allocRead` or `/b_allocReadChannel`, and `/b_query`. */
  async read(
    path: string,
    { startFrame = 0, frames = 0, fileChannels, completion }: ReadFileOptions = {},
  ): Promise<ServerBuffer> {
    checkText('Path of the sound file', path);
    checkWhole('startFrame', startFrame, 0);
    checkWhole('frames', frames, 0);
    for (const channel of fileChannels ?? []) checkWhole('Channel of the file', channel, 0);
    const { number, giveBack } = this.#number();
    const file = { number, path, startFrame, frames, completion };
    return this.#orGiveBack(giveBack, async () => {
      await this.server.request(
        fileChannels
          ? { type: '/b_allocReadChannel', ...file, channels: fileChannels }
          : { type: '/b_allocRead', ...file },
      );
      const buffer = this.#made(number, 0, 0, giveBack);
      await buffer.query();
      return buffer;
    });
  }

  /** Samples in a buffer, the channels of each frame side by side. */
  async data(samples: ArrayLike<number>, options: DataOptions = {}): Promise<ServerBuffer> {
    const { channels = 1, by = 'messages', sampleRate = this.server.engine.sampleRate } = options;
    checkNumbers('samples', samples);
    checkWhole('channels', channels, 1, samples.length);
    if (samples.length % channels !== 0) {
      throw new SuperColliderError(
        'invalid-argument',
        `${samples.length} samples are not a whole number of frames of ${channels} channels.`,
      );
    }
    if (by === 'messages') {
      const buffer = await this.alloc(samples.length / channels, channels);
      await buffer.setRange(0, samples);
      return buffer;
    }
    const { soundFiles } = this.server;
    if (!soundFiles) throw noFiles(`${samples.length} samples`);
    const file = soundFiles.temporary();
    try {
      await file.write(samples, channels, sampleRate);
      return await this.read(file.path);
    } finally {
      await file.remove();
    }
  }

  /** The same samples in another buffer, of this server or, by a file, of another one. */
  async copy(source: ServerBuffer): Promise<ServerBuffer> {
    source.checkFor(source.server);
    if (source.server !== this.server) {
      const samples = await (source.server.soundFiles ? source.getByFile() : source.getRange());
      const by = this.server.soundFiles ? 'file' : 'messages';
      return this.data(samples, { channels: source.channels, by, sampleRate: source.info.sampleRate });
    }
    const buffer = await this.alloc(source.frames, source.channels);
    await buffer.copyFrom(source);
    return buffer;
  }

  /** A buffer that is there already, such as another client's. It is not freed here. Sends `/b_query`. */
  async at(number: number): Promise<ServerBuffer> {
    // A number beyond the last one reads and writes outside of the server's memory.
    checkWhole('Number of the buffer', number, 0, this.server.options.numBuffers - 1);
    const buffer = this.#made(number as BufferNumber, 0, 0, undefined);
    const { frames } = await buffer.query();
    if (frames > 0) return buffer;
    throw new SuperColliderError('invalid-argument', `There is no buffer ${number} on the server.`);
  }

  /**
   * A buffer that `DiskIn` plays a long file through, from its start on, with the file's channels; end it with `close`
   * and `free`. Sends `/b_allocRead` of one frame to learn them, `/b_alloc`, and `/b_read … leaveOpen 1`.
   *
   * @throws SuperColliderError `command-failed` for a file that cannot be read, `unsupported`, `out-of-ids`.
   */
  async cue(path: string, options: CueOptions = {}): Promise<ServerBuffer> {
    return cue(this, path, options);
  }

  /**
   * A buffer that `DiskOut` writes a long file through; end it with `close` and `free` after the synth has ended.
   * Sends `/b_alloc`, and `/b_write … leaveOpen 1`.
   */
  async streamTo(path: string, options: StreamToOptions = {}): Promise<ServerBuffer> {
    return streamTo(this, path, options);
  }

  async #alloc(
    number: BufferNumber,
    frames: number,
    channels: number,
    completion?: Completion,
  ): Promise<void> {
    await this.server.request({ type: '/b_alloc', number, frames, channels, completion });
  }

  #made(
    number: BufferNumber,
    frames: number,
    channels: number,
    giveBack: (() => void) | undefined,
  ): ServerBuffer {
    const { sampleRate } = this.server.engine;
    return new ServerBuffer(this.server, number, { frames, channels, sampleRate }, giveBack);
  }

  #number(count = 1): { readonly number: BufferNumber; readonly giveBack: () => void } {
    if (this.server.state === 'offline') {
      throw new SuperColliderError(
        'server-offline',
        `${this.server.engine.description} is offline: no buffer can be made.`,
      );
    }
    const part = this.allocator();
    const number = part.reserve(count) as BufferNumber;
    return { number, giveBack: () => part.free(number) };
  }

  async #orGiveBack<Result>(giveBack: () => void, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      giveBack();
      throw error;
    }
  }
}

/** Buffers with numbers in a row. */
export class BufferGroup implements Iterable<ServerBuffer> {
  constructor(
    readonly buffers: readonly ServerBuffer[],
    readonly giveBack: () => void,
  ) {}

  /** Frees all of them. Sends `/b_free` for each. */
  async free(): Promise<void> {
    await Promise.all(this.buffers.map((buffer) => buffer.free()));
    this.giveBack();
  }

  /** Iterates over the buffers, in the order of their numbers. */
  [Symbol.iterator](): Iterator<ServerBuffer> {
    return this.buffers[Symbol.iterator]();
  }
}

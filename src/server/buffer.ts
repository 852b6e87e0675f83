/** A buffer of a server, as a handle: its samples, its file, and what is computed into it. */

import type { Completion } from '../commands/command.js';
import { fetchSamples, sendSamples } from '../commands/sampleTransfer.js';
import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import type { BufferNumber, Hertz } from '../units.js';
import { checkFormat, type FramesRead, noFiles, type ReadOptions, type WriteOptions } from './bufferFiles.js';
import { type GenFlags, genArguments } from './bufferGen.js';
import type { PlayOptions } from './bufferPlay.js';
import { checkNumber, checkNumbers, checkOneOf, checkText, checkWhole } from './checks.js';
import type { Client } from './client.js';
import { ServerHandle } from './serverHandle.js';
import type { ServerSynth } from './synth.js';

/** Size and sample rate of a buffer, as `/b_info` reports them. */
export interface ServerBufferInfo {
  /** Samples of each channel. */
  readonly frames: number;
  /** Channels, interleaved on the server. */
  readonly channels: number;
  /** Hertz; for a buffer without a file the rate of the server. */
  readonly sampleRate: Hertz;
}

/**
 * Handle of a buffer on a server: reads, writes, fills, plays and frees it.
 *
 * A handle is stale after `free` and after a reboot; its methods then throw `stale-handle`.
 *
 * @see https://doc.sccode.org/Classes/Buffer.html
 */
export class ServerBuffer extends ServerHandle {
  #info: ServerBufferInfo;

  constructor(
    server: Client,
    readonly number: BufferNumber,
    info: ServerBufferInfo,
    /** Gives the number back; none for a buffer that is not ours. @internal */
    readonly giveBack: (() => void) | undefined,
  ) {
    super(server);
    this.#info = info;
  }

  /** Size and sample rate as the server last reported them. */
  get info(): ServerBufferInfo {
    return this.#info;
  }

  /** Samples of each channel. */
  get frames(): number {
    return this.#info.frames;
  }

  /** Number of channels. */
  get channels(): number {
    return this.#info.channels;
  }

  /** Seconds at its own sample rate. */
  get duration(): number {
    return this.#info.sampleRate > 0 ? this.#info.frames / this.#info.sampleRate : 0;
  }

  /** Asks what the server has. Sends `/b_query`. */
  async query(): Promise<ServerBufferInfo> {
    this.check();
    const { args } = await this.server.request({ type: '/b_query', numbers: [this.number] });
    this.#info = { frames: Number(args[1]), channels: Number(args[2]), sampleRate: Number(args[3]) };
    return this.#info;
  }

  /**
   * Reads a sound file into it, as much as fits, and says how much that was. Sends `/b_read` or `/b_readChannel`, and
   * reads it once more into a buffer of its own to learn that.
   */
  async read(path: string, options: ReadOptions = {}): Promise<FramesRead> {
    this.check();
    checkText(`${this}: path`, path);
    const {
      startFrame = 0,
      frames = -1,
      bufferStartFrame = 0,
      leaveOpen = false,
      fileChannels,
      completion,
    } = options;
    checkWhole(`${this}: startFrame`, startFrame, 0);
    checkWhole(`${this}: frames`, frames, -1);
    checkWhole(`${this}: bufferStartFrame`, bufferStartFrame, 0, Math.max(0, this.frames - 1));
    const place = { number: this.number, path, startFrame, frames, bufferStartFrame, leaveOpen, completion };
    if (fileChannels) {
      // scsynth reads another number of channels than the buffer has into the wrong places.
      checkWhole(`${this}: number of channels to read`, fileChannels.length, this.channels, this.channels);
      for (const channel of fileChannels) checkWhole(`${this}: channel of the file`, channel, 0);
      await this.server.request({ type: '/b_readChannel', ...place, channels: fileChannels });
    } else await this.server.request({ type: '/b_read', ...place });
    await this.query();
    const { framesRead } = await loadPart(
      () => import('./framesRead.js'),
      'count of the frames that were read',
    );
    return framesRead(this.server, path, startFrame, frames, this.frames - bufferStartFrame);
  }

  /**
   * Writes it to a sound file, and looks whether all of it is there: servers do not notice a full disk. Sends `/b_write`.
   *
   * @throws SuperColliderError `command-failed`; `write-failed` when a part is missing; `invalid-argument` for more frames than
   *   there are: a server writes what there is.
   */
  async write(path: string, options: WriteOptions = {}): Promise<void> {
    this.check();
    checkText(`${this}: path`, path);
    const {
      headerFormat = 'wav',
      sampleFormat = 'float',
      frames = -1,
      startFrame = 0,
      leaveOpen = false,
      completion,
    } = options;
    checkFormat(headerFormat, sampleFormat);
    checkWhole(`${this}: startFrame`, startFrame, 0, this.frames);
    checkWhole(`${this}: frames`, frames, -1, this.frames - startFrame);
    const file = { path, headerFormat, sampleFormat, frames, startFrame, leaveOpen, completion };
    await this.server.request({ type: '/b_write', number: this.number, ...file });
    if (leaveOpen) return;
    const written = frames < 0 ? this.frames - startFrame : frames;
    await this.server.soundFiles?.check({
      path,
      headerFormat,
      sampleFormat,
      channels: this.channels,
      frames: written,
    });
  }

  /** Sets every sample to 0. Sends `/b_zero`; to supernova 3.13, which crashes at that, `/b_fill`. */
  async zero(completion?: Completion): Promise<void> {
    this.check();
    if (this.server.engine.kind === 'supernova') {
      this.fill(0);
      await this.server.sync();
      if (completion) this.server.sendPacket(completion);
      return;
    }
    await this.server.request({ type: '/b_zero', number: this.number, completion });
  }

  /** Closes the file that `DiskIn` or `DiskOut` has open. Sends `/b_close`. */
  async close(completion?: Completion): Promise<void> {
    this.check();
    await this.server.request({ type: '/b_close', number: this.number, completion });
  }

  /** Gives its memory and its number back. Sends `/b_free`. */
  async free(completion?: Completion): Promise<void> {
    this.check();
    if (!this.giveBack)
      throw new SuperColliderError('invalid-argument', `${this} is not ours and cannot be freed.`);
    this.markFreed();
    await this.server.request({ type: '/b_free', number: this.number, completion });
    this.giveBack();
  }

  /** Sets single samples: `[[index, value], …]`; an index counts frame · channels + channel. Sends `/b_set`. */
  set(...values: readonly (readonly [sample: number, value: number])[]): void {
    this.check();
    for (const [sample, value] of values) {
      this.#checkSample(sample);
      checkNumber(`${this}: value`, value);
    }
    if (values.length > 0) this.server.send([{ type: '/b_set', number: this.number, values }]);
  }

  /** Sets samples in a row to one value. Sends `/b_fill`. */
  fill(value: number, start = 0, count = this.frames * this.channels - start): void {
    this.check();
    this.#checkRange(start, count);
    checkNumber(`${this}: value`, value);
    this.server.send([{ type: '/b_fill', number: this.number, ranges: [[start, count, value]] }]);
  }

  /**
   * Sets samples in a row; resolves when the server has all of them. Sends `/b_setn` in pieces, and waits for the
   * server now and then, so that nothing is lost on the way.
   */
  async setRange(start: number, values: ArrayLike<number>): Promise<void> {
    this.check();
    checkNumbers(`${this}: values`, values);
    this.#checkRange(start, values.length);
    await sendSamples(this.server, this.number, start, values);
  }

  /** Single samples. Sends `/b_get`. */
  async get(...samples: readonly number[]): Promise<number[]> {
    this.check();
    for (const sample of samples) this.#checkSample(sample);
    if (samples.length === 0) return [];
    const { args } = await this.server.request({ type: '/b_get', number: this.number, samples });
    return samples.map((_, index) => Number(args[index * 2 + 2]));
  }

  /** Samples in a row. Sends `/b_getn`, as often as needed. @default all */
  async getRange(start = 0, count = this.frames * this.channels - start): Promise<Float32Array> {
    this.check();
    this.#checkRange(start, count);
    return fetchSamples(this.server, this.number, start, count);
  }

  /** All samples by a sound file, which for many is faster than by messages. Sends `/b_write`. */
  async getByFile(): Promise<Float32Array> {
    this.check();
    const { soundFiles } = this.server;
    if (!soundFiles) throw noFiles(String(this));
    const file = soundFiles.temporary();
    try {
      await this.write(file.path, { headerFormat: 'wav', sampleFormat: 'float' });
      return await file.read();
    } finally {
      await file.remove();
    }
  }

  /**
   * Computes into it. Sends `/b_gen`.
   *
   * `sine1`, `sine2`, `sine3` and `cheby` do nothing on a buffer of several channels, and the server says it was done:
   * they are refused here.
   */
  async generate(routine: GenRoutine, values: readonly number[], flags: GenFlags = {}): Promise<void> {
    this.check();
    checkOneOf('routine', routine, ['sine1', 'sine2', 'sine3', 'cheby']);
    checkNumbers(`${this}: values of ${routine}`, values);
    if (this.channels > 1) {
      throw new SuperColliderError(
        'invalid-argument',
        `${this} has ${this.channels} channels; ${routine} computes only into one. Make a buffer of one channel.`,
      );
    }
    await this.#gen(routine, genArguments(routine, values, flags, String(this)));
  }

  /** Scales it so that its peak is `peak`; `wavetable` for one that is in wavetable format. */
  async normalize(peak = 1, { wavetable = false } = {}): Promise<void> {
    checkNumber(`${this}: peak`, peak);
    await this.#gen(wavetable ? 'wnormalize' : 'normalize', [peak]);
  }

  /**
   * Copies samples of another buffer into this one, as many as fit; resolves with how many that were.
   *
   * @param count - -1 = as many as there are
   */
  async copyFrom(source: ServerBuffer, { start = 0, sourceStart = 0, count = -1 } = {}): Promise<number> {
    this.check();
    source.checkFor(this.server);
    checkWhole(`${this}: start`, start, 0, Math.max(0, this.frames * this.channels - 1));
    checkWhole(`${this}: sourceStart`, sourceStart, 0, Math.max(0, source.frames * source.channels - 1));
    checkWhole(`${this}: count`, count, -1);
    await this.#gen('copy', [start, source.number, sourceStart, count]);
    const there = source.frames * source.channels - sourceStart;
    return Math.min(count < 0 ? there : count, there, this.frames * this.channels - start);
  }

  /** Makes it the spectra of an impulse response, for `PartConv`. */
  async prepareConvolution(source: ServerBuffer, fftSize: number): Promise<void> {
    this.check();
    source.checkFor(this.server);
    checkWhole(`${this}: fftSize`, fftSize, 2);
    if (!Number.isInteger(Math.log2(fftSize))) {
      throw new SuperColliderError(
        'invalid-argument',
        `${this}: fftSize is ${fftSize}. It is a power of two.`,
      );
    }
    await this.#gen('PreparePartConv', [source.number, fftSize]);
  }

  /**
   * Plays a buffer of one or two channels, once or until its synth is released.
   *
   * Uses `sampler` or `stereoSampler` of the library, and resolves with the synth when it has begun. Sends
   * `/s_new`, and `/d_recv` the first time.
   *
   * @throws SuperColliderError `invalid-argument` for a buffer of more channels.
   */
  async play(options: PlayOptions = {}): Promise<ServerSynth> {
    this.check();
    // With it come all unit generators, which a page does not have to load before it has a use for them.
    const { playBuffer } = await loadPart(() => import('./bufferPlay.js'), 'playing of a buffer');
    return playBuffer(this, options);
  }

  override toString(): string {
    return `Buffer ${this.number}`;
  }

  async #gen(routine: string, args: readonly number[]): Promise<void> {
    this.check();
    await this.server.request({ type: '/b_gen', number: this.number, routine, args });
  }

  #checkSample(sample: number): void {
    checkWhole(`${this}: sample`, sample, 0, Math.max(0, this.frames * this.channels - 1));
  }

  #checkRange(start: number, count: number): void {
    this.#checkSample(start);
    checkWhole(`${this}: number of samples`, count, 1, this.frames * this.channels - start);
  }
}

/**
 * Wavetable routines of `/b_gen`. @see https://doc.sccode.org/Reference/Server-Command-Reference.html#/b_gen
 */
export type GenRoutine = 'sine1' | 'sine2' | 'sine3' | 'cheby';

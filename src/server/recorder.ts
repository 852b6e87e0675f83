/**
 * Records a server's buses to a sound file on the server's side, with DiskOut.
 */

import { framesWritten } from '../commands/framesWritten.js';
import type { Recording } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import type { Seconds, UnixTime } from '../units.js';
import type { ServerBuffer } from './buffer.js';
import { checkFormat } from './bufferFiles.js';
import type { ServerBus } from './buses.js';
import { checkNumber, checkSeconds, checkText, checkWhole } from './checks.js';
import type { Client } from './client.js';
import type { ServerSynth } from './synth.js';
import { RECORDING_PROGRESS, recorderDef } from './systemDefs.js';

/** File, format and extent of a recording. */
export interface RecorderOptions {
  /** As the server sees it. */
  readonly path: string;
  /** First bus to record. @default 0 */
  readonly bus?: number | undefined;
  /** @default the option `recChannels`, else the server's output channels */
  readonly channels?: number | undefined;
  /** @default the option `recHeaderFormat`, 'wav' */
  readonly headerFormat?: string | undefined;
  /** @default the option `recSampleFormat`, 'float' */
  readonly sampleFormat?: string | undefined;
  /** Seconds after which it ends by itself. @default not before `stop` */
  readonly duration?: Seconds | undefined;
  /** Frames between two writes to the disk, a power of two. @default the option `recBufSize`, 65536 */
  readonly bufferFrames?: number | undefined;
  /** Timestamp of the first sample. @default at once */
  readonly time?: UnixTime | undefined;
}

/** `prepared`: the file is open; `recording` ↔ `paused`; `stopped`: the file is complete and closed. */
export type RecorderState = 'preparing' | 'prepared' | 'recording' | 'paused' | 'stopped';

/**
 * A recording of buses to a sound file, in real time, by the server itself.
 *
 * @see https://doc.sccode.org/Classes/Recorder.html
 */
export class Recorder implements AsyncDisposable {
  /** The sound file, as the server sees it. */
  readonly path: string;
  readonly #server: Client;
  readonly #options: RecorderOptions;
  readonly #progress = new Set<(seconds: Seconds) => void>();
  #state: RecorderState = 'preparing';
  #seconds: Seconds = 0;
  #buffer: ServerBuffer | undefined;
  #written: ServerBus | undefined;
  #synth: ServerSynth | undefined;
  #ofEngine: Recording | undefined;
  #stopped: Promise<void> | undefined;
  #finish!: (error?: SuperColliderError) => void;
  #endProgress: (() => void) | undefined;
  /**
   * Resolves when the file is complete and closed: after `stop`, or after its duration. Rejects with `write-failed` when a
   * part is missing, as with a full disk.
   */
  readonly done: Promise<void>;

  constructor(server: Client, options: RecorderOptions) {
    checkText('Path of the recording', options.path);
    if (options.bus !== undefined)
      checkWhole('Bus to record', options.bus, 0, server.options.numAudioBusChannels - 1);
    if (options.channels !== undefined) checkWhole('Channels to record', options.channels, 1, 1024);
    if (options.duration !== undefined)
      checkSeconds('Duration of the recording', options.duration, { orZero: true });
    if (options.time !== undefined) checkNumber('Time of the recording', options.time);
    if (options.bufferFrames !== undefined) checkWhole('bufferFrames', options.bufferFrames, 1024, 2 ** 24);
    const { recHeaderFormat, recSampleFormat } = server.options;
    checkFormat(options.headerFormat ?? recHeaderFormat, options.sampleFormat ?? recSampleFormat);
    this.path = options.path;
    this.#server = server;
    this.#options = options;
    this.done = new Promise((resolve, reject) => {
      this.#finish = (error) => (error ? reject(error) : resolve());
    });
    this.done.catch(() => {}); // who calls stop() hears of it there
  }

  /** State of the recording. */
  get state(): RecorderState {
    return this.#state;
  }

  /** Whole seconds that were recorded; pauses do not count. The embedded engine tells none. */
  get seconds(): Seconds {
    return this.#seconds;
  }

  /** Calls each second with how long it has been recorded. Returns the function that ends it. */
  onProgress(listener: (seconds: Seconds) => void): () => void {
    this.#progress.add(listener);
    return () => this.#progress.delete(listener);
  }

  /** Opens the file. Sends `/b_alloc`, `/b_write` with leaveOpen, `/d_recv`. */
  async prepare(): Promise<void> {
    this.#expect('prepare', 'preparing');
    if (this.#server.state === 'offline') {
      throw new SuperColliderError(
        'server-offline',
        `${this.#server.engine.description} is offline: nothing can be recorded.`,
      );
    }
    const { path, bufferFrames = this.#server.options.recBufSize } = this.#options;
    if (this.#server.abilities.diskStreaming) {
      await this.#server.synthDefs.ensure(recorderDef(this.#channels));
      const written = this.#server.controlBuses.bus();
      written.set(0);
      this.#buffer = await this.#server.buffers
        .streamTo(path, { ...this.#file, bufferFrames })
        .catch((error: unknown) => {
          written.free();
          throw error;
        });
      this.#written = written;
    } else this.#checkEngine();
    this.#state = 'prepared';
  }

  /** Begins. Sends `/s_new` at the end of the root, behind everything that is heard, also behind the volume. */
  async start(): Promise<void> {
    this.#expect('start', 'prepared');
    const server = this.#server;
    if (!this.#buffer) {
      this.#ofEngine = await server.engine.record!(this.path);
      this.#state = 'recording';
      return;
    }
    const { bus = 0, duration = 0, time } = this.#options;
    const controls = {
      buffer: this.#buffer.number,
      bus,
      duration,
      doneAction: duration > 0 ? 2 : 0,
      written: this.#written!.index,
    };
    const place = { target: server.nodes.root, action: 'tail' } as const;
    const play = () => server.nodes.synth(recorderDef(this.#channels), controls, place);
    const synth = time === undefined ? play() : server.at(time, play);
    this.#synth = synth;
    this.#state = 'recording';
    this.#endProgress = server.on(RECORDING_PROGRESS, ({ args }) => {
      if (args[0] !== synth.id) return;
      this.#seconds = Number(args[2]);
      for (const listener of this.#progress) listener(this.#seconds);
    });
    synth.onEnd(() => void this.#close());
    if (time === undefined) await server.sync();
  }

  /** Leaves out what comes. Sends `/n_run`. */
  pause(): void {
    this.#expect('pause', 'recording');
    this.#streaming('pause').pause();
    this.#state = 'paused';
  }

  /** Goes on after `pause`. Sends `/n_run 1`. */
  resume(): void {
    this.#expect('resume', 'paused');
    this.#streaming('resume').resume();
    this.#state = 'recording';
  }

  /**
   * Ends the recording; resolves when the file is complete and closed. Sends `/n_free`, `/b_close`, `/c_get`, `/b_free`.
   *
   * @throws SuperColliderError `write-failed` when a part of the file is missing.
   */
  async stop(): Promise<void> {
    if (this.#state === 'preparing') this.#expect('stop', 'recording');
    if (this.#ofEngine) {
      this.#state = 'stopped';
      await this.#ofEngine.stop().then(() => this.#finish(), this.#finish);
    } else if (this.#synth && !this.#synth.isFreed) this.#synth.free();
    else await this.#close();
    await this.done;
  }

  /** Ends the recording, unless it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state === 'recording' || this.#state === 'paused' || this.#state === 'prepared')
      await this.stop();
    else if (this.#state === 'stopped') await this.done;
  }

  get #channels(): number {
    const { recChannels } = this.#server.options;
    return this.#options.channels ?? recChannels ?? this.#server.engine.numOutputBusChannels;
  }

  /**
   * Freeing the synth makes DiskOut write what it still holds: the buffer must be there until it has ended, and the
   * file open.
   */
  #close(): Promise<void> {
    this.#stopped ??= (async () => {
      this.#endProgress?.();
      this.#state = 'stopped';
      let frames = 0;
      try {
        frames = framesWritten((await this.#written?.get()) ?? 0);
        await this.#server.soundFiles?.settle({ path: this.path, ...this.#file, frames });
        await this.#buffer?.close();
        await this.#buffer?.free();
        this.#written?.free();
      } catch {
        // The server is gone, and its file with what had been written.
      }
      const checked = this.#server.soundFiles?.check({ path: this.path, ...this.#file, frames });
      await Promise.resolve(checked).then(() => this.#finish(), this.#finish);
    })();
    return this.#stopped;
  }

  get #file(): { readonly channels: number; readonly headerFormat: string; readonly sampleFormat: string } {
    const { recHeaderFormat, recSampleFormat } = this.#server.options;
    const { headerFormat = recHeaderFormat, sampleFormat = recSampleFormat } = this.#options;
    return { channels: this.#channels, headerFormat, sampleFormat };
  }

  #expect(what: string, ...states: readonly RecorderState[]): void {
    if (states.includes(this.#state)) return;
    throw new SuperColliderError(
      'invalid-argument',
      `The recording to ${this.path} is ${this.#state}: it cannot ${what}, which takes one that is ${states.join(' or ')}.`,
    );
  }

  #streaming(what: string): ServerSynth {
    if (this.#synth) return this.#synth;
    throw new SuperColliderError('unsupported', `The embedded engine cannot ${what} a recording.`);
  }

  /** The embedded engine records its outputs as WAV files of floats. */
  #checkEngine(): void {
    const { engine } = this.#server;
    const { bus = 0, channels, headerFormat = 'wav', sampleFormat = 'float', duration } = this.#options;
    const isPlain =
      bus === 0 &&
      (channels ?? engine.numOutputBusChannels) === engine.numOutputBusChannels &&
      duration === undefined;
    if (engine.record && isPlain && /^wave?$/i.test(headerFormat) && /^float$/i.test(sampleFormat)) return;
    throw new SuperColliderError(
      'unsupported',
      `${engine.description} records all its outputs as a WAV file of floats, until stop(): leave bus, channels, headerFormat, sampleFormat and duration out.`,
    );
  }
}

/** Starts recording; resolves when it has begun, or where it has a `time`, when it is on its way. */
export async function record(server: Client, options: RecorderOptions): Promise<Recorder> {
  const recorder = new Recorder(server, options);
  await recorder.prepare();
  await recorder.start();
  return recorder;
}

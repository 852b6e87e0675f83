import { type FileHandle, open } from 'node:fs/promises';
import { SuperColliderError } from '../../errors.js';
import type { OfflineFile } from '../offlineRendering.js';
import { type SoundFileKind, soundFileKind } from './encodeSoundFile.js';
import { writeAll } from './writeAll.js';

/** Samples gathered before they are written. */
const SAMPLES_PER_WRITE = 65_536;

/** Sizes in the headers of WAV and AIFF have 32 bits. */
const LARGEST = 2 ** 32 - 1;

/** A sound file that grows, in any of the formats that we write ourselves. */
export class SoundFileWriter {
  readonly #file: FileHandle;
  readonly #kind: SoundFileKind;
  readonly #shape: { readonly sampleRate: number; readonly channels: number };
  readonly #path: string;
  readonly #headSize: number;
  readonly #gathered = new Float32Array(SAMPLES_PER_WRITE);
  #gatheredSamples = 0;
  #bytes = 0;
  #samples = 0;

  private constructor(handle: FileHandle, kind: SoundFileKind, file: OfflineFile, channels: number) {
    this.#file = handle;
    this.#kind = kind;
    this.#path = file.path;
    this.#shape = { sampleRate: file.sampleRate, channels };
    this.#headSize = kind.head({ ...this.#shape, frames: 0 }).length;
  }

  /** @throws SuperColliderError `write-failed` for a format that we do not write, and a file that cannot be written. */
  static async open(file: OfflineFile, channels: number): Promise<SoundFileWriter> {
    const kind = soundFileKind(file.headerFormat, file.sampleFormat);
    try {
      return new SoundFileWriter(await open(file.path, 'w'), kind, file, channels);
    } catch (cause) {
      throw cannotWrite(file.path, cause);
    }
  }

  /** Frames so far. */
  get frames(): number {
    return this.#samples / this.#shape.channels;
  }

  /** Adds interleaved samples; `undefined` when nothing had to be written yet. */
  write(samples: Float32Array): Promise<void> | undefined {
    this.#samples += samples.length;
    if (this.#gatheredSamples + samples.length <= SAMPLES_PER_WRITE) {
      this.#gathered.set(samples, this.#gatheredSamples);
      this.#gatheredSamples += samples.length;
      return undefined;
    }
    const room = SAMPLES_PER_WRITE - this.#gatheredSamples;
    this.#gathered.set(samples.subarray(0, room), this.#gatheredSamples);
    this.#gatheredSamples = SAMPLES_PER_WRITE;
    const written = this.#flush();
    this.#gathered.set(samples.subarray(room));
    this.#gatheredSamples = samples.length - room;
    return written;
  }

  /** Completes the file with so many of its frames, and closes it. */
  async finish(frames: number = this.frames): Promise<void> {
    try {
      await this.#flush();
      const bytesPerFrame = this.frames === 0 ? 0 : this.#bytes / this.frames;
      const size = this.#headSize + frames * bytesPerFrame;
      await this.#file.truncate(size + (size % 2));
      await writeAll(this.#file, this.#kind.head({ ...this.#shape, frames }), 0);
    } catch (cause) {
      throw cannotWrite(this.#path, cause);
    } finally {
      await this.#file.close();
    }
  }

  /** Closes a file that is given up; a second time does nothing. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Writes the gathered samples. They are encoded at once, so `#gathered` may be filled again. */
  async #flush(): Promise<void> {
    const bytes = this.#kind.samples(this.#gathered.subarray(0, this.#gatheredSamples));
    const position = this.#headSize + this.#bytes;
    this.#gatheredSamples = 0;
    this.#bytes += bytes.length;
    if (position + bytes.length > LARGEST) {
      throw new SuperColliderError(
        'write-failed',
        `${this.#path} would be larger than 4 GiB, which the header of the file cannot say. Render on scsynth with --header-format rf64 or w64, or in parts.`,
      );
    }
    try {
      await writeAll(this.#file, bytes, position);
    } catch (cause) {
      throw cannotWrite(this.#path, cause);
    }
  }
}

const cannotWrite = (path: string, cause: unknown): unknown =>
  cause instanceof SuperColliderError
    ? cause
    : new SuperColliderError('write-failed', `${path} cannot be written: ${(cause as Error).message}.`, {
        cause,
      });

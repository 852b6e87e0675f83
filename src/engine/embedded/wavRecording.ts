import { type FileHandle, open } from 'node:fs/promises';
import { floatWavHeader, WAV_HEADER_SIZE } from '../soundfile/wavHeader.js';
import { writeAll } from '../soundfile/writeAll.js';

/** Frames gathered before they are written: a quarter of a second at 48 kHz. */
const FRAMES_PER_WRITE = 12_288;

/** Writes between two updates of the header, so that a recording that is cut off can still be read. */
const WRITES_PER_HEADER = 4;

/**
 * A WAV file of 32 bit floats that grows as sound comes in, and may grow beyond 4 GiB.
 * Nothing is clipped; samples beyond ±1 are kept as they are.
 */
export class WavRecording {
  readonly #file: FileHandle;
  readonly #sampleRate: number;
  readonly #channels: number;
  #gathered: Float32Array<ArrayBuffer>;
  #gatheredFrames = 0;
  #frames = 0;
  #writes = 0;
  /** Writes follow each other; the first failure is kept for `stop`. */
  #writing: Promise<void>;

  private constructor(file: FileHandle, sampleRate: number, channels: number) {
    this.#file = file;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#gathered = new Float32Array(FRAMES_PER_WRITE * channels);
    this.#writing = this.#writeHeader(0);
    this.#writing.catch(() => undefined);
  }

  /** Creates the file, or empties it. @throws the system's error when that cannot be. */
  static async open(path: string, sampleRate: number, channels: number): Promise<WavRecording> {
    return new WavRecording(await open(path, 'w'), sampleRate, channels);
  }

  /** Adds a block of interleaved frames. */
  write(interleaved: Float32Array): void {
    const room = this.#gathered.length - this.#gatheredFrames * this.#channels;
    const now = interleaved.subarray(0, room);
    this.#gathered.set(now, this.#gatheredFrames * this.#channels);
    this.#gatheredFrames += now.length / this.#channels;
    if (this.#gatheredFrames === FRAMES_PER_WRITE) this.#flush();
    if (now.length < interleaved.length) this.write(interleaved.subarray(now.length));
  }

  /** Completes the file and closes it. @throws the system's error when a write failed, such as a full disk. */
  async stop(): Promise<{ readonly frames: number }> {
    this.#flush();
    try {
      await this.#writing;
      await this.#writeHeader(this.#frames);
    } finally {
      await this.#file.close();
    }
    return { frames: this.#frames };
  }

  #flush(): void {
    if (this.#gatheredFrames === 0) return;
    const samples = this.#gathered.subarray(0, this.#gatheredFrames * this.#channels);
    const bytes = new Uint8Array(samples.buffer, 0, samples.byteLength);
    const position = WAV_HEADER_SIZE + this.#frames * this.#channels * 4;
    this.#frames += this.#gatheredFrames;
    this.#gathered = new Float32Array(FRAMES_PER_WRITE * this.#channels);
    this.#gatheredFrames = 0;
    const frames = this.#frames;
    const updatesHeader = ++this.#writes % WRITES_PER_HEADER === 0;
    this.#writing = this.#writing.then(async () => {
      await writeAll(this.#file, bytes, position);
      if (updatesHeader) await this.#writeHeader(frames);
    });
    this.#writing.catch(() => undefined);
  }

  async #writeHeader(frames: number): Promise<void> {
    const header = floatWavHeader(this.#sampleRate, this.#channels, frames);
    await writeAll(this.#file, header, 0);
  }
}

/**
 * The engine's buffers: which memory each has, and the commands that give and take it.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html#Buffer%20Commands
 */

import type { Hertz } from '../../units.js';
import type { HostServices } from './hostCommand.js';
import { MessageArguments, type OscBytes } from './oscBytes.js';
import { SamplePool } from './samplePool.js';

/** Frames that the engine reads before and after a buffer's samples when it interpolates. */
const GUARD_BEFORE = 3;
const GUARD_AFTER = 1;

const BYTES_PER_SAMPLE = 4;

export interface Buffer {
  /** Address of the region, with the guard frames. */
  readonly region: number;
  /** Address of the first sample. */
  readonly start: number;
  readonly frames: number;
  readonly channels: number;
  readonly sampleRate: Hertz;
}

export class Buffers {
  readonly #memory: Float32Array;
  readonly #pool: SamplePool;
  readonly #count: number;
  readonly #buffers = new Map<number, Buffer>();

  /**
   * @param memory - All of the engine's memory.
   * @param start - Byte where the memory for buffers begins; it reaches to the end.
   * @param count - Number of buffers.
   */
  constructor(memory: Float32Array, start: number, count: number) {
    this.#memory = memory;
    this.#count = count;
    this.#pool = new SamplePool(start, memory.byteLength - start);
  }

  get bytesInUse(): number {
    return this.#pool.bytesInUse;
  }

  get(number: number): Buffer | undefined {
    return this.#buffers.get(number);
  }

  /** A buffer's samples, interleaved, where they lie in the engine's memory. */
  samples(buffer: Buffer): Float32Array {
    const first = buffer.start / BYTES_PER_SAMPLE;
    return this.#memory.subarray(first, first + buffer.frames * buffer.channels);
  }

  /**
   * Gives a buffer new memory, zeroed, and tells the engine. What it had before is taken back when
   * the engine has let go of it.
   *
   * @param fill - Writes the samples before the engine sees them.
   * @returns why there is no such buffer now, or `undefined` when there is.
   */
  allocate(
    services: HostServices,
    number: number,
    frames: number,
    channels: number,
    sampleRate: Hertz,
    fill?: (samples: Float32Array) => void,
  ): string | undefined {
    const outside = this.outside(number);
    if (outside) return outside;
    const size = (frames + GUARD_BEFORE + GUARD_AFTER) * channels * BYTES_PER_SAMPLE;
    const region = this.#pool.allocate(size);
    if (region === undefined) {
      return (
        `memory allocation failed: ${frames} frames × ${channels} channels need ${size} bytes, the largest ` +
        `free piece of the embedded engine's memory is ${this.#pool.largestFree} bytes`
      );
    }
    this.#memory.fill(0, region / BYTES_PER_SAMPLE, (region + size) / BYTES_PER_SAMPLE);
    const start = region + GUARD_BEFORE * channels * BYTES_PER_SAMPLE;
    const buffer = { region, start, frames, channels, sampleRate };
    fill?.(this.samples(buffer));
    const before = this.#buffers.get(number);
    this.#buffers.set(number, buffer);
    this.#tell(services, number, buffer);
    if (before) services.afterwards(() => this.#pool.release(before.region));
    return undefined;
  }

  /**
   * Carries out a `/b_setn` directly in the buffer's memory.
   *
   * @returns False, with nothing written, for a missing buffer and for samples outside of the buffer. The
   *   engine itself refuses those.
   */
  write(message: OscBytes): boolean {
    const args = new MessageArguments(message);
    const buffer = this.#buffers.get(args.int());
    if (!buffer) return false;
    const samples = this.samples(buffer);
    const runs: { readonly at: number; readonly values: readonly number[] }[] = [];
    while (!args.isAtEnd) {
      const at = args.int();
      const count = args.int();
      if (at < 0 || count < 0 || at + count > samples.length) return false;
      const values: number[] = [];
      while (values.length < count && !args.isAtEnd) values.push(args.number(0));
      if (values.length < count) return false;
      runs.push({ at, values });
    }
    for (const { at, values } of runs) samples.set(values, at);
    return true;
  }

  /** Changes what the engine takes for the buffer's sample rate. */
  setSampleRate(services: HostServices, number: number, sampleRate: Hertz): void {
    const buffer = this.#buffers.get(number);
    if (!buffer || buffer.sampleRate === sampleRate) return;
    const changed = { ...buffer, sampleRate };
    this.#buffers.set(number, changed);
    this.#tell(services, number, changed);
  }

  /** Frees a buffer, and its memory when the engine has let go of it. */
  free(services: HostServices, number: number): void {
    const buffer = this.#buffers.get(number);
    this.#buffers.delete(number);
    services.send(['/b_free', number]);
    if (buffer) services.afterwards(() => this.#pool.release(buffer.region));
  }

  /** Why the engine has no buffer of this number, if so. scsynth would write outside its memory. */
  outside(number: number): string | undefined {
    if (number >= 0 && number < this.#count) return undefined;
    return `buffer number ${number} is outside 0 … ${this.#count - 1}`;
  }

  #tell(services: HostServices, number: number, { start, frames, channels, sampleRate }: Buffer): void {
    const rate = { type: 'float', value: sampleRate } as const;
    // The engine takes the address of the guard frames.
    const address = start - GUARD_BEFORE * channels * BYTES_PER_SAMPLE;
    services.send(['/b_allocPtr', number, address, frames, channels, rate, '']);
  }
}

/** `/b_alloc number frames [channels] [completion] [sampleRate]`. */
export function allocateBuffer(
  services: HostServices,
  buffers: Buffers,
  args: MessageArguments,
  serverRate: Hertz,
): void {
  const number = args.int();
  const frames = args.int();
  const channels = args.tag === 'b' ? 1 : args.int(1);
  const completion = args.blob();
  const sampleRate = args.isAtEnd ? serverRate : args.number(serverRate);
  // scsynth answers nothing to 0 frames; a client that waits would wait for ever.
  const wrong =
    frames > 0 && channels > 0
      ? buffers.allocate(services, number, frames, channels, sampleRate)
      : `${frames} frames × ${channels} channels is no buffer`;
  if (wrong) {
    services.print(`FAILURE IN SERVER /b_alloc ${wrong}`);
    services.reply('/fail', '/b_alloc', wrong, number);
    return;
  }
  services.perform(completion);
  services.reply('/done', '/b_alloc', number);
}

/** `/b_free number [completion]`. */
export function freeBuffer(services: HostServices, buffers: Buffers, args: MessageArguments): void {
  const number = args.int();
  const completion = args.blob();
  const wrong = buffers.outside(number);
  if (wrong) {
    services.reply('/fail', '/b_free', wrong, number);
    return;
  }
  buffers.free(services, number);
  services.perform(completion);
  services.reply('/done', '/b_free', number);
}

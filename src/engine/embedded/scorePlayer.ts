import type { Hertz, Seconds } from '../../units.js';
import type { EmbeddedHost } from './embeddedHost.js';
import {
  addressOf,
  bundleElements,
  bundleTime,
  encodeBundle,
  MessageArguments,
  type OscBytes,
} from './oscBytes.js';
import { ASYNCHRONOUS } from './replies.js';
import { BLOCK_SIZE } from './wasmEngine.js';

/**
 * Blocks before the beginning of the score.
 *
 * They are time for the definitions and buffers of the first timestamp. In them, its first thousands of
 * messages get into the engine.
 */
export const BLOCKS_BEFORE = 256;

/** Loading is begun so many blocks before its moment, so that it is done then. */
const BLOCKS_TO_LOAD = 16;

/** The moment of a host's frame 0 when it is to play a score. */
export const scoreStartTime = (sampleRate: Hertz): Seconds => (-BLOCKS_BEFORE * BLOCK_SIZE) / sampleRate;

/** Commands that make a buffer, and those that fill it at once. */
const MAKING: ReadonlySet<string> = new Set(['/b_alloc', '/b_allocRead', '/b_allocReadChannel']);
const FILLING: ReadonlySet<string> = new Set(['/b_set', '/b_setn', '/b_fill']);

interface Load {
  readonly frame: number;
  readonly message: OscBytes;
  /** False for what the host does not put in line with its asynchronous commands. */
  readonly isAsynchronous: boolean;
}

/**
 * Gives a host a score, in its order: the same samples come of it wherever the host runs, in Node and in a page's
 * `OfflineAudioContext`.
 */
export class ScorePlayer {
  readonly #host: EmbeddedHost;
  readonly #sampleRate: Hertz;
  #waiting: Load[] = [];
  #lastLoad = 0;
  /** Buffers that were made in the score's last moment with a buffer, and its frame. */
  #made = { frame: -1, numbers: new Set<number>() };

  /** @param host - Booted with `scoreStartTime`. */
  constructor(host: EmbeddedHost, sampleRate: Hertz) {
    this.#host = host;
    this.#sampleRate = sampleRate;
  }

  /** The host's frame of a moment of the score. */
  frameOf(time: Seconds): number {
    return Math.round(time * this.#sampleRate) + BLOCKS_BEFORE * BLOCK_SIZE;
  }

  /** Takes what happens at a moment; moments come in their order. */
  take(time: Seconds, bundles: readonly Uint8Array[]): void {
    const frame = this.frameOf(time);
    for (const bundle of bundles) this.#take(bundle, frame);
  }

  /**
   * Hands over the bundles that are due, for callers that cannot wait. A bundle that must follow a file comes
   * before a later block.
   */
  beforeBlock(): void {
    for (let next = this.#waiting[0]; next && next.frame <= this.#host.frame; next = this.#waiting[0]) {
      if (!next.isAsynchronous && this.#host.isBusy) return;
      this.#waiting.shift();
      this.#host.receive(next.message);
    }
  }

  /** Hands over what is due, and waits for its files; `undefined` when there are none. */
  load(): Promise<void> | undefined {
    this.beforeBlock();
    return this.#host.isBusy ? this.#loaded() : undefined;
  }

  async #loaded(): Promise<void> {
    while (this.#host.isBusy) {
      await this.#host.idle;
      this.beforeBlock();
    }
  }

  /**
   * Takes the commands of a bundle apart.
   *
   * The host carries out file commands at once, so they wait until their time has nearly come. The samples of
   * a buffer that is made at the same time wait too, because the engine may not take them in one block. All
   * other commands go to the host with their time.
   */
  #take(bundle: Uint8Array, frame: number): void {
    const rest: OscBytes[] = [];
    for (const message of bundleElements(bundle)) {
      const address = addressOf(message);
      const isAsynchronous = ASYNCHRONOUS.has(address);
      if (!isAsynchronous && !this.#fills(address, message, frame)) {
        rest.push(message);
        continue;
      }
      if (MAKING.has(address)) this.#note(message, frame);
      const at = frame - (address === '/b_free' ? 0 : BLOCKS_TO_LOAD * BLOCK_SIZE);
      this.#lastLoad = Math.max(this.#lastLoad, at);
      this.#waiting.push({
        frame: frame === BLOCKS_BEFORE * BLOCK_SIZE ? 0 : this.#lastLoad,
        message: message.slice(),
        isAsynchronous,
      });
    }
    // A timetag of 0 or 1 is "at once" for the host; the beginning of a score is a time like any other.
    const [seconds, fraction] = bundleTime(bundle);
    const isStart = seconds === 0 && fraction <= 1;
    if (rest.length > 0) this.#host.receive(encodeBundle(seconds, isStart ? 2 : fraction, rest));
  }

  #note(message: OscBytes, frame: number): void {
    if (frame !== this.#made.frame) this.#made = { frame, numbers: new Set() };
    this.#made.numbers.add(new MessageArguments(message).int());
  }

  #fills(address: string, message: OscBytes, frame: number): boolean {
    return (
      FILLING.has(address) &&
      frame === this.#made.frame &&
      this.#made.numbers.has(new MessageArguments(message).int())
    );
  }
}

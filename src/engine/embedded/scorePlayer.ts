import type { Hertz, Seconds } from '../../units.js';
import type { EmbeddedHost } from './embeddedHost.js';
import { addressOf, bundleElements, bundleTime, encodeBundle, type OscBytes } from './oscBytes.js';
import { ASYNCHRONOUS } from './replies.js';
import { BLOCK_SIZE } from './wasmEngine.js';

/**
 * Blocks before the beginning of the score: time for the definitions and buffers of its first moment, and for
 * its first thousands of messages to get into the engine.
 */
export const BLOCKS_BEFORE = 256;

/** Loading is begun so many blocks before its moment, so that it is done then. */
const BLOCKS_TO_LOAD = 16;

/** The moment of a host's frame 0 when it is to play a score. */
export const scoreStartTime = (sampleRate: Hertz): Seconds => (-BLOCKS_BEFORE * BLOCK_SIZE) / sampleRate;

/**
 * Gives a host a score, in its order: the same samples come of it wherever the host runs, in Node and in a page's
 * `OfflineAudioContext`.
 */
export class ScorePlayer {
  readonly #host: EmbeddedHost;
  readonly #sampleRate: Hertz;
  #waiting: { readonly frame: number; readonly message: OscBytes }[] = [];
  #lastLoad = 0;

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

  /** Hands over what is due; called before each block. Then the host is waited for while it is busy. */
  beforeBlock(): void {
    while (this.#waiting[0] && this.#waiting[0].frame <= this.#host.frame) {
      this.#host.receive(this.#waiting.shift()!.message);
    }
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
}

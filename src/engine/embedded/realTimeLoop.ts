/**
 * Keeps a host in step with time: each wake-up computes as many blocks as have passed.
 *
 * Frames follow the steady clock. Clients stamp their bundles by the system's clock, which may be slewed or
 * set. So the time of frame 0 is compared with it once a second, and moved by at most a millisecond a second.
 *
 * Pitch and tempo of sounding nodes stay untouched, and over hours nothing drifts apart. After a change of
 * the clock by more than a second, the loop follows at once.
 */

import { clockDifference, type Seconds } from '../../units.js';
import type { EmbeddedHost } from './embeddedHost.js';
import { BLOCK_SIZE } from './wasmEngine.js';

export interface Clocks {
  /** Milliseconds since 1970 on a clock that is never set. */
  steady(): number;
  /** Milliseconds since 1970 on the system's clock; may be whole. */
  system(): number;
  /** Calls back after about so many milliseconds; returns what ends it. */
  wake(callback: () => void, after: number): () => void;
}

export interface LoopOptions {
  readonly sampleRate: number;
  /**
   * Seconds that blocks are computed ahead of their time: the sound device's buffer.
   *
   * 0 computes a block when its time has passed, so that a bundle stamped "now" is not late.
   */
  readonly lead: Seconds;
  /** Seconds behind after which blocks are left out instead of caught up with. */
  readonly patience: Seconds;
  readonly clocks: Clocks;
  /** Called after each block. */
  onBlock(): void;
  onOutput(line: string): void;
  /** Called when the engine crashed; the loop has stopped then. */
  onCrash(error: Error): void;
}

/** Seconds from 1900, where timetags begin, to 1970. */
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/** Blocks computed before messages and other events get their turn. */
const BLOCKS_AT_A_TIME = 8;

/** The system's clock is compared once in so many milliseconds. */
const COMPARE_EVERY = 1000;

/**
 * Milliseconds that the clocks may differ.
 *
 * `Date.now()` cuts off up to one millisecond, and the visible part depends on the time of the wake-up.
 * Following it would move sounds a millisecond early or late.
 */
const DEAD_BAND = 2;

/** Milliseconds that the moment of frame 0 moves at most between two comparisons. */
const MAX_MOVE = 1;

export class RealTimeLoop {
  readonly #host: EmbeddedHost;
  readonly #options: LoopOptions;
  /** Steady time of frame 0, in milliseconds. */
  #zero: number;
  /** System time minus steady time, as the host knows it. */
  #offset = 0;
  /** The same as seen since the last comparison: the largest, as the system's clock may cut off. */
  #seen = Number.NEGATIVE_INFINITY;
  #compared: number;
  #cancel: () => void = () => undefined;
  #stopped = false;

  /** @param zero - Steady time of frame 0, in milliseconds since 1970; the host was booted with it. */
  constructor(host: EmbeddedHost, zero: number, options: LoopOptions) {
    this.#host = host;
    this.#options = options;
    this.#zero = zero;
    this.#compared = zero;
    const difference = clockDifference(options.clocks);
    if (Math.abs(difference) >= DEAD_BAND) this.#offset = difference;
    this.#setStartTime();
  }

  start(): void {
    this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** The time of a frame, in seconds since 1970 on the system's clock. */
  timeOf(frame: number): Seconds {
    return (this.#zero + this.#offset) / 1000 + frame / this.#options.sampleRate;
  }

  #run = (): void => {
    try {
      this.#catchUp();
    } catch (error) {
      this.stop();
      this.#options.onCrash(error as Error);
    }
  };

  #catchUp(): void {
    const { clocks } = this.#options;
    const behind = this.#behind();
    if (behind > this.#options.patience) this.#leaveOut(behind);
    for (let i = 0; i < BLOCKS_AT_A_TIME && !this.#stopped && this.#behind() >= 0; i++) {
      this.#host.process();
      this.#options.onBlock();
    }
    if (this.#stopped) return;
    this.#compare();
    const untilNext = -1000 * this.#behind();
    this.#cancel = clocks.wake(this.#run, Math.max(0, untilNext));
  }

  /** Seconds since the next block was due; negative when it is not. */
  #behind(): Seconds {
    const { sampleRate, lead, clocks } = this.#options;
    const due =
      lead > 0 ? this.#host.frame / sampleRate - lead : (this.#host.frame + BLOCK_SIZE) / sampleRate;
    return (clocks.steady() - this.#zero) / 1000 - due;
  }

  #leaveOut(behind: Seconds): void {
    this.#zero += 1000 * behind;
    this.#setStartTime();
    this.#options.onOutput(`the embedded engine was ${behind.toFixed(3)} s behind and left them out`);
  }

  #compare(): void {
    const { clocks } = this.#options;
    const steady = clocks.steady();
    this.#seen = Math.max(this.#seen, clocks.system() - steady);
    if (steady - this.#compared < COMPARE_EVERY) return;
    const difference = this.#seen - this.#offset;
    this.#compared = steady;
    this.#seen = Number.NEGATIVE_INFINITY;
    if (Math.abs(difference) < DEAD_BAND) return;
    this.#offset +=
      Math.abs(difference) > 1000 ? difference : Math.max(-MAX_MOVE, Math.min(MAX_MOVE, difference));
    this.#setStartTime();
  }

  #setStartTime(): void {
    this.#host.setStartTime((this.#zero + this.#offset) / 1000 + SECONDS_FROM_1900_TO_1970);
  }
}

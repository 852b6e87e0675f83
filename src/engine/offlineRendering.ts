/**
 * An engine that plays a score into a sound file, as fast as it can.
 *
 * It is fed while it plays: the score need not be complete, and nothing waits for anything but the two of them
 * for each other.
 */

import type { Hertz, Seconds } from '../units.js';

export interface OfflineFile {
  readonly path: string;
  readonly sampleRate: Hertz;
  /** Such as `wav` or `aiff`. */
  readonly headerFormat: string;
  /** Such as `int16`, `int24` or `float`. */
  readonly sampleFormat: string;
  /** A sound file for the inputs. */
  readonly input?: string | undefined;
}

export interface OfflineRendering {
  /** One line for people: `scsynth, 48000 Hz, 2 out`. */
  readonly description: string;
  /**
   * Takes OSC bundles for a moment, in the order of their times.
   *
   * @param bundles - With the timetags of a score, which count from 0.
   */
  write(time: Seconds, bundles: readonly Uint8Array[]): void;
  /**
   * Plays on; resolves when it can take more, and is `undefined` when it can at once.
   *
   * @throws SuperColliderError `command-failed`, `unsupported`, `write-failed`, as far as it is known by now.
   */
  catchUp(): Promise<void> | undefined;
  /**
   * Plays to the end and completes the file, as far as the engine sees: not all of them notice a full disk.
   *
   * @throws SuperColliderError `command-failed` with what the engine said, `unsupported`, `write-failed`.
   */
  finish(end: Seconds): Promise<void>;
  /** Gives up; resolves when the engine is gone. */
  abort(): Promise<void>;
}

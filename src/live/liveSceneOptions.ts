/** Options of a live scene, and its reports. */

import type { Command } from '../commands/command.js';
import type { SuperColliderError } from '../errors.js';
import type { SceneNode } from '../scene/sceneNode.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Clock } from '../time/clock.js';
import type { Lateness, Scheduler } from '../time/scheduler.js';
import type { Seconds, UnixTime } from '../units.js';
import type { SynthDefLibrary } from './resources/definitions.js';

/** One bundle that left: for those who print, test or picture it. */
export interface Commit {
  /** Counts from 1. */
  readonly number: number;
  /** The commands of the bundle, in order. */
  readonly commands: readonly Command[];
  /** The time at which the server carries out the bundle; `undefined` for "at once". */
  readonly time: UnixTime | undefined;
}

export interface LiveSceneOptions {
  readonly synthDefs: readonly SynthDef[];
  readonly library: SynthDefLibrary | undefined;
  /** Gives what is played in place of a definition. */
  readonly prepareSynthDef: ((def: SynthDef) => SynthDef) | undefined;
  readonly latency: Seconds;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Calls a function when so many seconds of the clock are over; returns what calls it off. */
  readonly delay: (seconds: Seconds, callback: () => void) => () => void;
  /** The seed of the piece's random numbers. */
  readonly seed: number;
  /** Reads a file of the machine that we run on; `undefined` where there are no files. */
  readonly readFile: ((path: string) => Uint8Array) | undefined;
  /** Names of the files in a folder of that machine. */
  readonly readFolder: ((path: string) => readonly string[]) | undefined;
  /** Seconds between two comparisons with the server's tree; infinite for none. */
  readonly repairInterval: Seconds;
  /** Seconds that a release may take before what is left is freed; infinite for as long as it takes. */
  readonly releaseTimeout: Seconds;
  readonly onFile: ((path: string) => void) | undefined;
  readonly keepLastValid: boolean;
  readonly onCommit: (commit: Commit) => void;
  /** The server was away for so many seconds, and everything is up again. */
  readonly onRecover: ((silence: Seconds) => void) | undefined;
  /** The server says that a bundle came too late. */
  readonly onLate: (lateness: Lateness & { readonly error: SuperColliderError }) => void;
  /** An element failed; `undefined` when the server's words fit none. */
  readonly onFailure: (error: SuperColliderError, element: SceneNode | undefined) => void;
}

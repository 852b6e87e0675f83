/** What a root is made with, and what it can do. */

import type { ReactNode } from 'react';
import type { Commit } from '../live/liveSceneOptions.js';
import type { SynthDefLibrary } from '../live/resources/definitions.js';
import type { GroupSnapshot } from '../scene/nodeSnapshot.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Clock } from '../time/clock.js';
import type { Lateness, Scheduler } from '../time/scheduler.js';
import type { Waker } from '../time/waker.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';

export interface RootOptions {
  /**
   * Seconds from a commit to the moment when it sounds; 0 = as soon as it arrives. With some latency
   * every commit is heard after the same time, whatever the network and the engine's blocks do.
   * @default 0
   */
  readonly latency?: Seconds | undefined;
  /** Definitions that `def="name"` may mean, besides mounted `<SynthDef>`s. @default none */
  readonly synthDefs?: readonly SynthDef[] | undefined;
  /** Where to look for a definition by name last. @default none */
  readonly library?: SynthDefLibrary | undefined;
  /**
   * Called with what no error boundary of yours caught: the element is silent or as it was, everything
   * else sounds on.
   * @default throws it as an uncaught exception
   */
  readonly onError?: ((error: Error) => void) | undefined;
  /**
   * Seconds between two comparisons of the tree with the server's, by query: what a lost datagram left different is
   * mended. For UDP over a network; on one machine nothing is lost, as sending waits for a busy server. Controls are
   * compared in trees of up to 400 synths, nodes and their order in all that fit into a reply. @default 0, never
   */
  readonly repair?: Seconds | undefined;
  /**
   * Seconds that what was released may go on sounding; what has not ended by then is freed, and `onError` is told
   * (`timeout`). @default 0, as long as it takes
   */
  readonly releaseTimeout?: Seconds | undefined;
  /** Called when the server was away, and everything is up again, with how many seconds that took. */
  readonly onRecover?: ((silence: Seconds) => void) | undefined;
  /**
   * Whether an element that is wrong stays as it was, or silent where it is new, with everything else, its error
   * going to `onError`. Without this its tree ends in React, unless an error boundary of yours catches it, and
   * state is lost. For dev sessions.
   * @default false
   */
  readonly keepLastValid?: boolean | undefined;
  /**
   * What is played in place of a definition, such as `fading` of it. Called once for each.
   * @default the definition itself
   */
  readonly prepareSynthDef?: ((def: SynthDef) => SynthDef) | undefined;
  /** Called with each sound file that the server is asked to read. */
  readonly onFile?: ((path: string) => void) | undefined;
  /** Called with each bundle that left. */
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  /** Reads a file, for `<SynthDef file>`. @default none: there are no files, as in a page */
  readonly readFile?: ((path: string) => Uint8Array) | undefined;
  /**
   * How long before its moment what is scheduled runs: the longest that this thread may be busy without
   * being heard. In seconds, in addition to `latency`. @default 0.1
   */
  readonly lookahead?: Seconds | undefined;
  /**
   * Called with what came after its moment and happened at once: something scheduled, as this thread was busy for too
   * long, or a bundle that arrived too late, as the server says (with its elements; at most one a second).
   * @default what the server says goes to `onError` (`late`), and to the console where that is left out too
   */
  readonly onLate?: ((lateness: Lateness) => void) | undefined;
  /** What `useRandom` begins with. @default another one each time */
  readonly seed?: number | undefined;
  /**
   * What time it is. With another clock than the system's nothing wakes the scheduler: call
   * `root.scheduler.runNext()`. @default the system's
   */
  readonly clock?: Clock | undefined;
  /** What wakes the scheduler. @default `setTimeout` */
  readonly waker?: Waker | undefined;
}

export interface UnmountOptions {
  /** Seconds to wait for released synths; what sounds after that goes on by itself. @default 10 */
  readonly timeout?: Seconds;
}

export interface Root {
  /**
   * Renders an element in place of the one before; state is kept as React keeps it.
   *
   * Resolves when everything it needs is loaded and the server has carried it out. Rejects with the
   * first error that no boundary caught, and then what sounded before sounds on.
   */
  render(element: ReactNode): Promise<void>;
  /** Reads a sound file again into the buffers that hold it; what plays goes on with the new samples. */
  reload(path: string): Promise<void>;
  /** Releases everything; resolves when the last release is over. */
  unmount(options?: UnmountOptions): Promise<void>;
  /**
   * Stamps what `fn` changes with a moment, so that it happens then to the sample: all updates in it are
   * rendered before `at` returns, as one commit. What several calls change for one moment leaves as one
   * bundle. Effects that the commit runs belong to it.
   *
   * What was scheduled for earlier moments is rendered before. Moments go forward: later changes, also those
   * without a moment, happen no earlier than this. For a moment that is far ahead, use `scheduler.schedule`.
   *
   * @param time - Seconds since 1970, later than now by at least what a render and the way to the server take.
   * @throws SuperColliderError `bad-time` for what is no time, for a moment before one that was rendered
   *   already, inside of another moment, while React renders or commits, and after `fn` when a part of its
   *   changes could not be rendered at once (`startTransition`).
   */
  at(time: UnixTime, fn: () => void): void;
  /** Calls functions ahead of moments, and stamps what they change. */
  readonly scheduler: Scheduler;
  /** Resolves when nothing is being loaded and the server has carried out what it was sent. */
  settled(): Promise<void>;
  /** True while something is being loaded, or a component is suspended. */
  readonly isWaiting: boolean;
  /** What an element calls itself by its node's id. */
  nameOf(id: NodeId): string | undefined;
  /** The tree as the server was last told, `null` when nothing is there: another object after each change. */
  readonly tree: GroupSnapshot | null;
  /** How many of each are mounted. */
  readonly counts: SceneCounts;
}

export interface SceneCounts {
  readonly groups: number;
  readonly synths: number;
  readonly buses: number;
  readonly buffers: number;
}

/** Options and interface of a root. */

import type { ReactNode } from 'react';
import type { Commit } from '../live/liveSceneOptions.js';
import type { SynthDefLibrary } from '../live/resources/definitions.js';
import type { ElementInfo } from '../live/sceneContext.js';
import type { TreeGroup } from '../scene/plainTree.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Clock } from '../time/clock.js';
import type { Lateness, Scheduler } from '../time/scheduler.js';
import type { Grid } from '../time/transport.js';
import type { Waker } from '../time/waker.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';

/** Options of a root; each has a default. */
export interface RootOptions {
  /**
   * Seconds from a commit to the moment when it sounds; 0 = as soon as it arrives. With some latency
   * every commit is heard after the same time, whatever the network and the engine's blocks do.
   * @default 0
   */
  readonly latency?: Seconds | undefined;
  /** Definitions that `def="name"` may mean, besides mounted `<Definition>`s. @default none */
  readonly synthDefs?: readonly SynthDef[] | undefined;
  /** The library that a definition's name is looked up in last. @default none */
  readonly library?: SynthDefLibrary | undefined;
  /**
   * Called with what no error boundary of yours caught: the element is silent or as it was, everything
   * else sounds on.
   * @default throws it as an uncaught exception
   */
  readonly onError?: ((error: Error) => void) | undefined;
  /**
   * Seconds between two comparisons of the tree with the server's, by query.
   *
   * A comparison repairs the differences that a lost datagram left. This is for UDP over a network; on one
   * machine no datagram is lost, as sending waits for a busy server. Controls are compared in trees of up to
   * 400 synths. Nodes and their order are compared in all trees that fit into a reply. @default Infinity: never
   */
  readonly repairInterval?: Seconds | undefined;
  /**
   * Seconds for which released nodes may go on sounding. Nodes that have not ended by then are freed, and the
   * root reports it to `onError` (`timeout`). @default Infinity: as long as it takes
   */
  readonly releaseTimeout?: Seconds | undefined;
  /** Called when the server was away, and everything is up again, with how many seconds that took. */
  readonly onRecover?: ((silence: Seconds) => void) | undefined;
  /**
   * The definition to play in place of another, such as `fading` of it. Called once for each definition.
   * @default the definition itself
   */
  readonly prepareSynthDef?: ((def: SynthDef) => SynthDef) | undefined;
  /** Called with each bundle that left. */
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  /** Reads a file, for `<Definition file>` and samplers. @default none: there are no files, as in a page */
  readonly readFile?: ((path: string) => Uint8Array) | undefined;
  /** Names of the files in a folder, for samplers, beside `readFile`. @default none, as in a page, which fetches files */
  readonly readFolder?: ((path: string) => readonly string[]) | undefined;
  /**
   * Seconds by which a scheduled callback runs before its time, in addition to `latency`.
   *
   * It is the longest time for which this thread may be busy without an audible delay. @default 0.1
   */
  readonly lookahead?: Seconds | undefined;
  /**
   * Called with a change that came after its time and happened at once.
   *
   * Either a scheduled callback ran late, as this thread was busy for too long. Or a bundle arrived too late,
   * by the server's report (with its elements; at most one a second).
   * @default a late bundle goes to `onError` (`late-bundle`), and to the console where that is left out too
   */
  readonly onLate?: ((lateness: Lateness) => void) | undefined;
  /** The seed of `useRandom`. @default another one each time */
  readonly seed?: number | undefined;
  /**
   * The clock that the root reads. With another clock than the system's no waker runs the scheduler: call
   * `root.scheduler.runNext()`. @default the system's
   */
  readonly clock?: Clock | undefined;
  /** The waker of the scheduler. @default `setTimeout` */
  readonly waker?: Waker | undefined;
}

/** Options of a root in a dev session, beside the public ones. */
export interface DevRootOptions extends RootOptions {
  /**
   * True: an element with an error stays as it was, or silent where it is new, and so do all others.
   *
   * The error goes to `onError`. Without this option its tree ends in React, unless an error boundary of
   * yours catches the error, and state is lost. For dev sessions.
   * @default false
   */
  readonly keepLastValid?: boolean | undefined;
  /** Called with the path of each sound file before the server reads it. */
  readonly onFile?: ((path: string) => void) | undefined;
}

/** Options of `unmount`. */
export interface UnmountOptions {
  /** Seconds to wait for released synths; what sounds after that goes on by itself. @default 10 */
  readonly timeout?: Seconds;
}

/** A root: renders elements onto a server. */
export interface Root extends AsyncDisposable {
  /**
   * Renders an element in place of the one before; state is kept as React keeps it.
   *
   * Resolves when everything it needs is loaded and the server has carried it out. Rejects with the
   * first error that no boundary caught, and then the previous sound keeps playing.
   */
  render(element: ReactNode): Promise<void>;
  /** Reads a sound file again into the buffers that hold it; what plays goes on with the new samples. */
  reload(path: string): Promise<void>;
  /** Releases everything; resolves when the last release is over. */
  unmount(options?: UnmountOptions): Promise<void>;
  /**
   * Stamps the changes of `fn` with a time, so that they happen then to the sample.
   *
   * All updates in `fn` are rendered before `at` returns, as one commit. Changes of several calls for one
   * time leave as one bundle. Effects that the commit runs belong to it.
   *
   * Changes that were scheduled for earlier times are rendered before. Times go forward: later changes, also
   * those without a time, happen no earlier than this. For a time that is far ahead, use
   * `scheduler.schedule`.
   *
   * @param time - Seconds since 1970, later than now by at least what a render and the way to the server
   *   take.
   * @throws SuperColliderError `invalid-time` for an invalid time, and for a time before one that was rendered
   *   already. It also throws inside of another `at`, and while React renders or commits. After `fn`, it
   *   throws when a part of its changes could not be rendered at once (`startTransition`).
   */
  at(time: UnixTime, fn: () => void): void;
  /**
   * The next time on a grid of the piece's first `<Transport>`: `'bar'`, or a number of beats. It is from the scheduler's
   * horizon on. `undefined` while the transport stands, and where the piece has none.
   *
   * @param grid - Points in time. @default that of a mounted `<Quantize>`
   */
  nextOn(grid?: Grid): UnixTime | undefined;
  /** Calls functions ahead of moments, and stamps what they change. */
  readonly scheduler: Scheduler;
  /** Resolves when nothing is being loaded and the server has carried out what it was sent. */
  settled(): Promise<void>;
  /** True while something is being loaded, or a component is suspended. */
  readonly isWaiting: boolean;
  /** The name, path and components of an element, by its node's id; `undefined` where there is none. */
  elementOf(id: NodeId): ElementInfo | undefined;
  /**
   * The tree as the server was last told, as plain data: `JSON.stringify(root.tree)` works. `null` when nothing is
   * there. Each change gives another object, and nothing changes an object that was given.
   */
  readonly tree: TreeGroup | null;
  /** The number of mounted elements of each kind. */
  readonly counts: SceneCounts;
}

/** Numbers of the mounted elements of a root. */
export interface SceneCounts {
  /** The number of groups. */
  readonly groups: number;
  /** The number of synths. */
  readonly synths: number;
  /** The number of buses. */
  readonly buses: number;
  /** The number of buffers. */
  readonly buffers: number;
}

/**
 * Renders React elements onto a server: each commit of React's becomes one bundle.
 */

import { createElement, type ReactNode } from 'react';
import createReconciler from 'react-reconciler';
import { ConcurrentRoot, DiscreteEventPriority } from 'react-reconciler/constants.js';
import { type ErrorCode, SuperColliderError } from '../errors.js';
import type { SceneNode } from '../scene/sceneNode.js';
import type { GroupSnapshot, NodeSnapshot } from '../scene/snapshot.js';
import type { SynthDef } from '../synthdef/index.js';
import { type Clock, SystemClock } from '../time/clock.js';
import { DEFAULT_LOOKAHEAD, type Lateness, Scheduler } from '../time/scheduler.js';
import { timerWaker, type Waker } from '../time/waker.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';
import { RootBoundary } from './boundary.js';
import type { SynthDefLibrary } from './definitions.js';
import { type Container, hostConfig } from './hostConfig.js';
import { LiveScene } from './liveScene.js';
import type { Commit } from './liveSceneOptions.js';
import { type Fiber, throwToBoundary } from './origin.js';
import { isSuspended, UNSTAMPED_LANES, WAITING_LANES } from './pending.js';
import { RootContext } from './rootContext.js';
import type { SceneServer } from './sceneServer.js';

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
  readonly keepsGoing?: boolean | undefined;
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
  /** The tree as the server was last told, `null` when nothing is there. */
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

/** The priority of the update that React is scheduling; the reconciler keeps it in the host config. */
const priority = { current: 0 };
const reconciler = createReconciler(hostConfig(priority));
/** For React Refresh and React's DevTools, when one of them is there; nothing otherwise. */
export function injectIntoDevTools(): void {
  reconciler.injectIntoDevTools();
}
// One of them was there before us.
injectIntoDevTools();

/**
 * Renders what `fn` changes, and sends it, before it returns: for a gesture that must not wait for React's
 * turn. Effects that the commit runs may come later.
 */
export function flushSync<Result>(fn: () => Result): Result {
  return reconciler.flushSyncFromReconciler(fn);
}

/**
 * A root on a server, to render into.
 *
 * Everything goes into the server's default group. Several roots on one server do not touch each other.
 */
export function createRoot(server: SceneServer, options: RootOptions = {}): Root {
  return new ReactRoot(server, options);
}

/** Children for another container, as an element. */
export function portalTo(children: ReactNode, container: Container): ReactNode {
  return reconciler.createPortal(children, container, null, null) as ReactNode;
}

/** What a root renders into; `undefined` for what is no root. */
export function sceneOf(root: unknown): LiveScene | undefined {
  return root instanceof ReactRoot ? ReactRoot.sceneOf(root) : undefined;
}

class ReactRoot implements Root {
  readonly scheduler: Scheduler;
  readonly #scene: LiveScene;
  readonly #fiberRoot: ReturnType<typeof reconciler.createContainer>;
  readonly #onError: (error: Error) => void;
  /** The render that is under way, to reject it when something fails. */
  #rendering: { error: Error | undefined } | undefined;
  readonly #keepsGoing: boolean;
  #failed = false;
  #generation = 0;
  #element: ReactNode = null;

  static sceneOf(root: ReactRoot): LiveScene {
    return root.#scene;
  }

  constructor(server: SceneServer, options: RootOptions) {
    this.#onError = options.onError ?? throwUncaught;
    this.#keepsGoing = options.keepsGoing ?? false;
    const { clock = new SystemClock(), latency = 0, lookahead } = options;
    const waker = options.waker ?? (options.clock ? undefined : timerWaker);
    this.scheduler = new Scheduler({
      clock,
      waker,
      lookahead: waker ? (lookahead ?? DEFAULT_LOOKAHEAD) + latency : 0,
      perform: (time, callbacks) => this.#perform(time, callbacks),
      onLate: options.onLate,
      onError: (error) => this.#report(error as Error),
    });
    this.#scene = new LiveScene(server, {
      synthDefs: options.synthDefs ?? [],
      library: options.library,
      latency,
      clock,
      scheduler: this.scheduler,
      seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
      readFile: options.readFile,
      repair: options.repair ?? 0,
      releaseTimeout: options.releaseTimeout ?? 0,
      delay: (seconds, callback) => {
        if (waker) return waker(seconds, callback);
        const { cancel } = this.scheduler.schedule(clock.now() + seconds, callback);
        return cancel;
      },
      onRecover: options.onRecover,
      onFile: options.onFile,
      keepsGoing: options.keepsGoing ?? false,
      onCommit: options.onCommit ?? (() => {}),
      onLate: (lateness) => {
        // Nothing is wrong with the piece, and it goes on: this ends no program by itself.
        if (options.onLate) options.onLate(lateness);
        else if (options.onError) options.onError(lateness.error);
        else console.warn(lateness.error.message);
      },
      onFailure: (error, element) => this.#toBoundary(error, element),
    });
    const container: Container = {
      root: this.#scene.root,
      controlsOf: (def) => this.#scene.definitions.controlsOfProp(def),
      onCommit: () => {
        this.#scene.flush();
        // React tells only the root that it rendered, not those that its portals lead into.
        for (const scene of this.#scene.linked) scene.flush();
      },
    };
    const report = (error: unknown) => this.#report(error as Error);
    this.#fiberRoot = reconciler.createContainer(
      container,
      ConcurrentRoot,
      null,
      false,
      null,
      '',
      report,
      () => {}, // caught: the user's boundary shows it
      report,
      () => {},
      null,
    );
  }

  get tree(): GroupSnapshot | null {
    return this.#scene.tree;
  }

  get counts(): SceneCounts {
    return { ...countNodes(this.#scene.tree), ...this.#scene.resources.counts };
  }

  async render(element: ReactNode): Promise<void> {
    const rendering: { error: Error | undefined } = { error: undefined };
    this.#rendering = rendering;
    if (this.#failed) this.#generation += 1;
    this.#failed = false;
    this.#scene.forgetErrors();
    try {
      this.#update(
        createElement(
          RootContext,
          { value: this.#scene },
          createElement(
            RootBoundary,
            {
              key: this.#generation,
              onError: (error, componentStack) => this.#fail(error, componentStack),
            },
            element,
          ),
        ),
      );
      await this.#scene.settle();
      // What loading brought about, such as an error or a length that is shown, is a part of it.
      if (this.#fiberRoot.pendingLanes & WAITING_LANES) {
        this.#flush();
        await this.#scene.settle();
      }
    } finally {
      if (this.#rendering === rendering) this.#rendering = undefined;
    }
    if (rendering.error) throw rendering.error;
  }

  async unmount({ timeout = 10 }: UnmountOptions = {}): Promise<void> {
    this.scheduler.close();
    this.#update(null);
    this.#scene.flush();
    this.#scene.flushOutbox();
    await this.#scene.silence(timeout);
    this.#scene.close();
  }

  reload(path: string): Promise<void> {
    return this.#scene.resources.reload(path);
  }

  settled(): Promise<void> {
    return this.#scene.settle();
  }

  get isWaiting(): boolean {
    return this.#scene.isLoading || isSuspended(this.#fiberRoot, WAITING_LANES);
  }

  nameOf(id: NodeId): string | undefined {
    return this.#scene.nameOf(id);
  }

  at(time: UnixTime, fn: () => void): void {
    if (reconciler.isAlreadyRendering()) {
      throw new SuperColliderError(
        'bad-time',
        `at() for ${time} while React renders or runs effects: what they change cannot be a commit of its own. ` +
          'Schedule it instead: root.scheduler.schedule(time, fn).',
      );
    }
    const before = this.#fiberRoot.pendingLanes;
    this.scheduler.runAt(time, fn);
    if (this.#fiberRoot.pendingLanes & UNSTAMPED_LANES & ~before) {
      throw new SuperColliderError(
        'bad-time',
        `at() for ${time}: a part of what it changed is a transition, which React renders when it has time for it. ` +
          'That part happens then, without a moment; leave startTransition out to have all of it in time.',
      );
    }
  }

  /** Renders what callbacks change as one commit for a moment, after all that was changed before. */
  #perform(time: UnixTime, callbacks: () => void): void {
    this.#flush();
    const scene = this.#scene;
    const before = { priority: priority.current, stamp: scene.stamp };
    priority.current = DiscreteEventPriority;
    scene.stamp = time;
    try {
      callbacks();
      this.#flush();
    } finally {
      priority.current = before.priority;
      scene.stamp = before.stamp;
    }
  }

  /** Renders and sends everything that was changed until now. */
  #flush(): void {
    reconciler.flushSyncWork();
    // An update of default priority (of a timer, a promise, an effect) would be rendered together with the
    // next synchronous one and get its moment; a synchronous update of nothing takes it along now.
    while (this.#fiberRoot.pendingLanes & WAITING_LANES) {
      const { pendingLanes } = this.#fiberRoot;
      reconciler.updateContainerSync(this.#element, this.#fiberRoot, null, null);
      reconciler.flushSyncWork();
      if (this.#fiberRoot.pendingLanes === pendingLanes) break;
    }
    this.#scene.flushControls();
  }

  #update(element: ReactNode): void {
    this.#element = element;
    reconciler.updateContainerSync(element, this.#fiberRoot, null, null);
    reconciler.flushSyncWork();
    // Effects of a first render often start timers and subscriptions: they are part of it.
    reconciler.flushPassiveEffects();
  }

  /** Our own boundary caught it: the tree is gone in React, and stays as it is on the server. */
  #fail(error: Error, componentStack: string | undefined): void {
    this.#failed = true;
    // What a hook throws, such as a bus that cannot be had, has no element: its component is what is known.
    if (error instanceof SuperColliderError && componentStack !== undefined) error.locate({ componentStack });
    this.#report(error);
  }

  /**
   * What the server refused ends no tree: without a boundary of the user's it goes to `onError`. What was
   * written wrong ends at our own boundary, like an error in a render.
   */
  #toBoundary(error: SuperColliderError, element: SceneNode | undefined): void {
    const stays = this.#keepsGoing || serversWords.has(error.code);
    const isOurs = (boundary: unknown) => stays && boundary instanceof RootBoundary;
    if (!(element && throwToBoundary(element.source as Fiber, error, isOurs))) this.#report(error);
  }

  #report(error: Error): void {
    if (this.#rendering && !this.#rendering.error) this.#rendering.error = error;
    else this.#onError(error);
  }
}

/** What a server refused, or did not do: nothing is wrong with the tree itself. */
const serversWords: ReadonlySet<ErrorCode> = new Set([
  'server-failed',
  'engine-lacks',
  'timeout',
  'server-offline',
  'transport-closed',
]);

function countNodes(tree: GroupSnapshot | null): { groups: number; synths: number } {
  const counts = { groups: 0, synths: 0 };
  const visit = (node: NodeSnapshot): void => {
    if (node.kind === 'synth') counts.synths += 1;
    else {
      counts.groups += 1;
      for (const child of node.children) visit(child);
    }
  };
  for (const child of tree?.children ?? []) visit(child);
  return counts;
}

function throwUncaught(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}

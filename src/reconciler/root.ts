/**
 * Renders React elements onto a server: each commit of React's becomes one bundle.
 */

import { createElement, type ReactNode } from 'react';
import createReconciler from 'react-reconciler';
import { ConcurrentRoot, DiscreteEventPriority } from 'react-reconciler/constants.js';
import { type ErrorCode, SuperColliderError } from '../errors.js';
import { LiveScene } from '../live/liveScene.js';
import type { ElementInfo } from '../live/sceneContext.js';
import type { SceneServer } from '../live/sceneServer.js';
import type { TreeGroup } from '../scene/plainTree.js';
import type { SceneNode } from '../scene/sceneNode.js';
import { SystemClock } from '../time/clock.js';
import { DEFAULT_LOOKAHEAD, Scheduler } from '../time/scheduler.js';
import type { Grid } from '../time/transport.js';
import { timerWaker } from '../time/waker.js';
import type { NodeId, UnixTime } from '../units.js';
import type { Container } from './container.js';
import { RootBoundary } from './errorBoundary.js';
import type { FiberNode } from './fiberNode.js';
import { isSuspended, throwToBoundary, UNSTAMPED_LANES, WAITING_LANES } from './fibers.js';
import { hostConfig } from './hostConfig.js';
import { missingReturn } from './missingReturn.js';
import { currentOwnerStack } from './ownerStack.js';
import { RootContext } from './rootContext.js';
import type { DevRootOptions, Root, RootOptions, SceneCounts, UnmountOptions } from './rootOptions.js';

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

/** The scene that a root renders into; `undefined` for another value. */
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
  readonly #keepLastValid: boolean;
  #failed = false;
  #generation = 0;
  #element: ReactNode = null;

  static sceneOf(root: ReactRoot): LiveScene {
    return root.#scene;
  }

  constructor(server: SceneServer, options: DevRootOptions) {
    this.#onError = options.onError ?? throwUncaught;
    this.#keepLastValid = options.keepLastValid ?? false;
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
      prepareSynthDef: options.prepareSynthDef,
      latency,
      clock,
      scheduler: this.scheduler,
      seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
      readFile: options.readFile,
      readFolder: options.readFolder,
      repairInterval: options.repairInterval ?? Number.POSITIVE_INFINITY,
      releaseTimeout: options.releaseTimeout ?? Number.POSITIVE_INFINITY,
      delay: (seconds, callback) => {
        if (waker) return waker(seconds, callback);
        const { cancel } = this.scheduler.schedule(clock.now() + seconds, callback);
        return cancel;
      },
      onRecover: options.onRecover,
      onFile: options.onFile,
      keepLastValid: options.keepLastValid ?? false,
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
      group: this.#scene.root,
      controlsOf: (def) => this.#scene.definitions.controlsOfProp(def),
      onCommit: () => {
        this.#scene.flush();
        // React tells only the root that it rendered, not those that its portals lead into.
        for (const scene of this.#scene.linked) scene.flush();
      },
    };
    const report = (error: unknown) => this.#report(located(error) as Error);
    this.#fiberRoot = reconciler.createContainer(
      container,
      ConcurrentRoot,
      null,
      false,
      null,
      '',
      report,
      (error) => void located(error), // caught: our boundary tells of it, or the user's shows it
      report,
      () => {},
      null,
    );
  }

  get tree(): TreeGroup | null {
    return this.#scene.tree;
  }

  get counts(): SceneCounts {
    return { ...this.#scene.counts, ...this.#scene.resources.counts };
  }

  async render(element: ReactNode): Promise<void> {
    checkElement(element);
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
      // A bundler's production build has no text that a compiler has not changed.
      const isLookedAt = process.env.NODE_ENV !== 'production' && !rendering.error;
      const forgotten = isLookedAt ? await missingReturn(this.#fiberRoot.current.child) : undefined;
      if (forgotten) this.#report(forgotten);
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
    await this.#scene.resources.closed();
    this.#scene.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.unmount();
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

  elementOf(id: NodeId): ElementInfo | undefined {
    return this.#scene.elementOf(id);
  }

  nextOn(given?: Grid): UnixTime | undefined {
    const { grids, transports, transport, scheduler } = this.#scene;
    const grid = given ?? [...grids][0]?.to;
    const [first = transport] = transports;
    return grid === undefined ? undefined : first.nextOn(grid, scheduler.horizon);
  }

  at(time: UnixTime, fn: () => void): void {
    if (reconciler.isAlreadyRendering()) {
      throw new SuperColliderError(
        'invalid-time',
        `at() for ${time} while React renders or runs effects: what they change cannot be a commit of its own. ` +
          'Schedule it instead: root.scheduler.schedule(time, fn).',
      );
    }
    const before = this.#fiberRoot.pendingLanes;
    this.scheduler.runAt(time, fn);
    if (this.#fiberRoot.pendingLanes & UNSTAMPED_LANES & ~before) {
      throw new SuperColliderError(
        'invalid-time',
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
    // React would render an update of default priority (of a timer, a promise, an effect) with the next
    // synchronous one. The update would then get the time of that one. A synchronous update without a change
    // renders it now.
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
   * Throws an element's error to the nearest error boundary.
   *
   * A command that the server refused ends no tree: without a boundary of the user its error goes to
   * `onError`. An error in what the user wrote ends at our own boundary, like an error in a render.
   */
  #toBoundary(error: SuperColliderError, element: SceneNode | undefined): void {
    const stays = this.#keepLastValid || SERVER_REFUSALS.has(error.code);
    const isOurs = (boundary: unknown) => stays && boundary instanceof RootBoundary;
    if (!(element && throwToBoundary((element as FiberNode).fiber, error, isOurs))) this.#report(error);
  }

  #report(error: Error): void {
    // What does not load in the background is no fault of the render that is under way by chance.
    const isOfRender = !(error instanceof SuperColliderError && error.code === 'not-loaded');
    if (isOfRender && this.#rendering && !this.#rendering.error) this.#rendering.error = error;
    else this.#onError(error);
  }
}

/** Codes of commands that a server refused, or did not carry out: the tree itself is valid. */
const SERVER_REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'command-failed',
  'write-failed',
  'unsupported',
  'timeout',
  'server-offline',
  'transport-closed',
]);

/** Adds to an error of a component, such as `<At>` for a wrong beat, where its element was written. */
function located(error: unknown): unknown {
  return error instanceof SuperColliderError ? error.locate({ ownerStack: currentOwnerStack() }) : error;
}

/** React only warns of it, and renders nothing. */
function checkElement(element: unknown): void {
  if (typeof element !== 'function') return;
  const name = element.name || 'Piece';
  throw new SuperColliderError(
    'invalid-argument',
    `root.render was given the component ${name}, which is a function. Give an element: <${name} />.`,
  );
}

function throwUncaught(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}

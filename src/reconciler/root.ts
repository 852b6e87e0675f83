/**
 * Renders React elements onto a server: each commit of React's becomes one bundle.
 */

import { createElement, type ReactNode } from 'react';
import createReconciler from 'react-reconciler';
import { ConcurrentRoot, DiscreteEventPriority } from 'react-reconciler/constants.js';
import { SuperColliderError } from '../errors.js';
import type { SceneNode } from '../scene/sceneNode.js';
import type { GroupSnapshot, NodeSnapshot } from '../scene/snapshot.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Seconds, UnixTime } from '../units.js';
import { RootBoundary } from './boundary.js';
import type { SynthDefLibrary } from './definitions.js';
import { type Container, hostConfig } from './hostConfig.js';
import { type Commit, LiveScene } from './liveScene.js';
import { type Fiber, throwToBoundary } from './origin.js';
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
  /** Called with each bundle that left. */
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  /** Reads a file, for `<SynthDef file>`. @default none: there are no files, as in a page */
  readonly readFile?: ((path: string) => Uint8Array) | undefined;
  /** What time it is. @default the system's clock */
  readonly now?: (() => UnixTime) | undefined;
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
  /** Releases everything; resolves when the last release is over. */
  unmount(options?: UnmountOptions): Promise<void>;
  /**
   * Stamps what `fn` changes with a moment, so that it happens then to the sample: all updates in it are
   * rendered before `at` returns, as one commit.
   *
   * @param time - Seconds since 1970, later than now by at least what a render and the way to the server take.
   */
  at(time: UnixTime, fn: () => void): void;
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

/**
 * A root on a server, to render into.
 *
 * Everything goes into the server's default group. Several roots on one server do not touch each other.
 */
export function createRoot(server: SceneServer, options: RootOptions = {}): Root {
  return new ReactRoot(server, options);
}

class ReactRoot implements Root {
  readonly #scene: LiveScene;
  readonly #fiberRoot: ReturnType<typeof reconciler.createContainer>;
  readonly #onError: (error: Error) => void;
  /** The render that is under way, to reject it when something fails. */
  #rendering: { error: Error | undefined } | undefined;
  #failed = false;
  #generation = 0;

  constructor(server: SceneServer, options: RootOptions) {
    this.#onError = options.onError ?? throwUncaught;
    this.#scene = new LiveScene(server, {
      synthDefs: options.synthDefs ?? [],
      library: options.library,
      latency: options.latency ?? 0,
      now: options.now ?? (() => Date.now() / 1000),
      readFile: options.readFile,
      onCommit: options.onCommit ?? (() => {}),
      onFailure: (error, element) => this.#toBoundary(error, element),
    });
    const container: Container = {
      root: this.#scene.root,
      onCommit: () => this.#scene.flush(),
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
    try {
      this.#update(
        createElement(
          RootContext,
          { value: this.#scene },
          createElement(
            RootBoundary,
            { key: this.#generation, onError: (error) => this.#fail(error) },
            element,
          ),
        ),
      );
      await this.#scene.settle();
    } finally {
      if (this.#rendering === rendering) this.#rendering = undefined;
    }
    if (rendering.error) throw rendering.error;
  }

  async unmount({ timeout = 10 }: UnmountOptions = {}): Promise<void> {
    this.#update(null);
    this.#scene.flush();
    await this.#scene.silence(timeout);
    this.#scene.close();
  }

  at(time: UnixTime, fn: () => void): void {
    if (!Number.isFinite(time)) {
      throw new SuperColliderError('bad-time', `at() needs a time in seconds since 1970, got ${time}.`);
    }
    reconciler.flushSyncWork();
    this.#scene.flushControls();
    const before = { priority: priority.current, stamp: this.#scene.stamp };
    priority.current = DiscreteEventPriority;
    this.#scene.stamp = time;
    try {
      fn();
      reconciler.flushSyncWork();
      this.#scene.flushControls();
    } finally {
      priority.current = before.priority;
      this.#scene.stamp = before.stamp;
    }
  }

  #update(element: ReactNode): void {
    reconciler.updateContainerSync(element, this.#fiberRoot, null, null);
    reconciler.flushSyncWork();
    // Effects of a first render often start timers and subscriptions: they are part of it.
    reconciler.flushPassiveEffects();
  }

  /** Our own boundary caught it: the tree is gone in React, and stays as it is on the server. */
  #fail(error: Error): void {
    this.#failed = true;
    this.#report(error);
  }

  /**
   * What the server refused ends no tree: without a boundary of the user's it goes to `onError`. What was
   * written wrong ends at our own boundary, like an error in a render.
   */
  #toBoundary(error: SuperColliderError, element: SceneNode | undefined): void {
    const isOurs = (boundary: unknown) => error.code === 'server-failed' && boundary instanceof RootBoundary;
    if (!(element && throwToBoundary(element.source as Fiber, error, isOurs))) this.#report(error);
  }

  #report(error: Error): void {
    if (this.#rendering && !this.#rendering.error) this.#rendering.error = error;
    else this.#onError(error);
  }
}

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

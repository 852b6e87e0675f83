/** Commits of a scene: from the tree as intended to what the server is sent, or to errors of its elements. */

import type { Placement } from '../scene/placement.js';
import type { RootNode } from '../scene/sceneNode.js';
import { type SceneContext, snapshotNode, snapshotRoot, unsentBelow } from '../scene/snapshot.js';
import type { SynthDef } from '../synthdef/index.js';
import type { UnixTime } from '../units.js';
import type { Delivery } from './delivery/delivery.js';
import { type ElementError, ReportedErrors } from './diagnostics/reportedErrors.js';
import type { LiveSceneOptions } from './liveSceneOptions.js';
import type { Modulators } from './modulators.js';
import { NodeRoom } from './nodeRoom.js';
import type { ReleaseLimit } from './releaseLimit.js';
import type { Definitions } from './resources/definitions.js';
import type { Resources } from './resources/resources.js';
import type { SceneServer } from './sceneServer.js';
import { Stages } from './stages.js';

export interface CommitParts {
  readonly server: SceneServer;
  readonly root: RootNode;
  readonly placement: Placement;
  readonly resources: Resources;
  readonly definitions: Definitions;
  readonly modulators: Modulators;
  readonly delivery: Delivery;
  readonly releaseLimit: ReleaseLimit;
  readonly options: Pick<LiveSceneOptions, 'clock' | 'onFailure'>;
  /** Makes a commit of what has changed, as the scene does after each of React's. */
  readonly flush: () => void;
}

export class Commits {
  readonly #parts: CommitParts;
  readonly #room: NodeRoom;
  readonly #stages = new Stages();
  readonly #errors: ReportedErrors;
  /** True when the tree had more nodes than fit. */
  #isFull = false;

  constructor(parts: CommitParts) {
    this.#parts = parts;
    this.#room = new NodeRoom(parts.server.nodeLimit, parts.placement);
    this.#errors = new ReportedErrors(parts.options.onFailure);
  }

  /** True while something asynchronous is under way that nodes wait for. */
  get isLoading(): boolean {
    return this.#stages.isLoading;
  }

  /** Resolves when nothing is being loaded. */
  loaded(): Promise<void> {
    return this.#stages.loaded();
  }

  /** The nodes of this scene count no more. */
  close(): void {
    this.#room.close();
  }

  /** Sends the difference between the tree as intended and the tree on the server. */
  send(): void {
    const { root, server, resources, definitions, placement, delivery } = this.#parts;
    if (server.state !== 'online') return;
    // What a tree that failed was given, or one that is gone, is there for the next one.
    resources.release();
    if (root.firstMounted?.type === 'Failed') return;
    // Without a change of the structure there are no more nodes than before.
    if (!root.snapshot && !this.#hasRoom()) return;
    root.id = server.defaultGroup.id;
    if (definitions.takeChanged()) root.touchAll();
    const loads = resources.bind();
    const changes = placement.updateControls(root);
    if (changes) delivery.send(changes);
    if (!changes || loads.length > 0) this.#compare(loads);
    resources.release();
  }

  /** Reports again what is still wrong, with the next commit. */
  forgetErrors(): void {
    const { root } = this.#parts;
    root.generation += 1;
    this.#isFull = false;
    if (this.#errors.reset()) root.touchAll();
  }

  /** Says once that there are too many nodes, until they fit or something else is rendered. */
  #hasRoom(): boolean {
    const { root, delivery, options } = this.#parts;
    const error = this.#room.check(root, delivery.moment);
    if (error && !this.#isFull) options.onFailure(error, undefined);
    this.#isFull = error !== undefined;
    return !error;
  }

  /** Sends the difference between the trees, whatever it is. */
  #compare(loads: Promise<void>[]): void {
    const { root, definitions, delivery, modulators, placement, releaseLimit, flush } = this.#parts;
    const errors: ElementError[] = [];
    const context: SceneContext = {
      findDef: (def, element) => definitions.find(def, element),
      defNames: () => definitions.names(),
      controlsOf: (def) => definitions.controlsOf(def),
      isLoaded: (def) => definitions.isLoaded(def),
      loadFailure: (def) => definitions.failure(def),
      onMissing: (def) => this.#load(def, loads),
      onError: (element, error) => errors.push([element, error]),
      modulate: (modulator, use) =>
        modulators.get(modulator, use, (node) => snapshotNode(node, context, undefined)),
    };
    const snapshot = () => snapshotRoot(root, context);
    let next = snapshot();
    if (loads.length > 0 && this.#hold(loads)) next = snapshot();
    if (this.#errors.report(errors)) {
      // The error boundaries render first; what they leave is sent with the next commit, or then.
      queueMicrotask(() => queueMicrotask(flush));
      return;
    }
    delivery.send(placement.update(next, delivery.moment));
    if (modulators.collect()) delivery.send(placement.update(snapshot(), delivery.moment));
    releaseLimit.watch();
    if (placement.isSweepDue) queueMicrotask(() => placement.sweep());
  }

  #load(def: SynthDef, loads: Promise<void>[]): void {
    const load = this.#parts.definitions.load(def);
    if (load) loads.push(load);
  }

  /** Holds the new nodes until the loads are decided; false when there is none to hold. */
  #hold(loads: readonly Promise<void>[]): boolean {
    const { root, delivery } = this.#parts;
    const { stamp } = delivery;
    return this.#stages.hold(unsentBelow(root), loads, () => {
      root.touchAll();
      this.#flushFor(stamp);
    });
  }

  /** Sends elements that are loaded early at their time, and not as soon as they are loaded. */
  #flushFor(stamp: UnixTime | undefined): void {
    const { delivery, options, flush } = this.#parts;
    const before = delivery.stamp;
    if (stamp !== undefined && stamp > options.clock.now()) delivery.stamp = stamp;
    flush();
    delivery.stamp = before;
  }
}

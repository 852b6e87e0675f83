/**
 * Nodes that left the tree and still sound: the ends that they wait for, and the buses and buffers that they
 * use.
 */

import type { NodeId, Seconds, UnixTime } from '../units.js';
import type { BufferHandle, BusHandle } from './handles.js';
import type { SceneNode } from './sceneNode.js';

/** A node that left the tree and is on the server until others have ended, or until its removal is carried out. */
export interface Leaving {
  readonly id: NodeId;
  readonly element: SceneNode;
  /** The group that it still is in, when it is released; `undefined` when it is freed or replaced. */
  readonly releasedIn: SceneNode | undefined;
  /** True when `gate 0` was sent. */
  readonly isGated: boolean;
  /** True for a group, which must be freed when the last synth in it has ended. */
  readonly isGroup: boolean;
  /** The number of nodes, itself and all below it. */
  readonly count: number;
  /** The synths whose end it waits for. */
  readonly waitsFor: ReadonlySet<NodeId>;
  /** The buses and buffers that sound until then. */
  readonly uses: readonly (BusHandle | BufferHandle)[];
  /** The time at which it leaves. */
  readonly since: UnixTime;
}

/** Seconds for which nodes that left the tree may sound on; infinite for as long as it takes. */
export interface ReleaseLimits {
  /** After `gate 0`. */
  readonly released: Seconds;
  /** To an end of its own. */
  readonly ringing: Seconds;
}

const deadlineOf = ({ since, isGated }: Leaving, { released, ringing }: ReleaseLimits): UnixTime =>
  since + (isGated ? released : ringing);

interface Wait {
  readonly node: Leaving;
  readonly left: Set<NodeId>;
}

export class LeavingNodes {
  /** By each id that they still wait for. */
  readonly #waiting = new Map<NodeId, Set<Wait>>();
  /** Those that were freed with the group around them, or because they took too long. */
  readonly #cutShort = new Set<NodeId>();
  readonly #inUse = new Map<BusHandle | BufferHandle, number>();

  /** True while something that left the tree is still there. */
  get isAny(): boolean {
    return this.#waiting.size > 0;
  }

  /** The ids of the synths whose ends others wait for. */
  get ids(): NodeId[] {
    return [...this.#waiting.keys()];
  }

  /** The number of nodes that are still there, apart from those that are freed with the group around them. */
  get count(): number {
    let count = 0;
    const counted = new Set<Leaving>();
    for (const node of this.#released()) {
      if (!counted.has(node)) count += node.count;
      counted.add(node);
    }
    return count;
  }

  isInUse(handle: BusHandle | BufferHandle): boolean {
    return this.#inUse.has(handle);
  }

  start(node: Leaving): void {
    const entry = { node, left: new Set(node.waitsFor) };
    for (const id of node.waitsFor) {
      const entries = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, entries.add(entry));
    }
    for (const handle of node.uses) this.#inUse.set(handle, (this.#inUse.get(handle) ?? 0) + 1);
    if (!node.releasedIn) return;
    for (let group: SceneNode | undefined = node.releasedIn; group; group = group.parent)
      group.releasingNodes ??= new Set();
    node.releasedIn.releasingNodes!.add(node.id);
  }

  /** The node is freed with the group around it: it is not to be freed again when the last synth in it has ended. */
  cutShort(id: NodeId): void {
    this.#cutShort.add(id);
  }

  /** The earliest deadline of the nodes that are still there and that nobody has freed. */
  firstDeadline(limits: ReleaseLimits): UnixTime {
    let first = Number.POSITIVE_INFINITY;
    for (const node of this.#released()) first = Math.min(first, deadlineOf(node, limits));
    return first;
  }

  /** Takes the nodes past their deadline that are still there and that nobody has freed. */
  takeOverdue(now: UnixTime, limits: ReleaseLimits): Leaving[] {
    const overdue = new Set<Leaving>();
    for (const node of this.#released()) if (deadlineOf(node, limits) <= now) overdue.add(node);
    for (const { id } of overdue) this.#cutShort.add(id);
    // What is in another one was released before it.
    return [...overdue].sort((a, b) => a.since - b.since);
  }

  *#released(): Generator<Leaving> {
    for (const entries of this.#waiting.values()) {
      for (const { node } of entries) if (node.releasedIn && !this.#cutShort.has(node.id)) yield node;
    }
  }

  /** A node has ended; returns the groups that waited for it, to be freed now. */
  ended(id: NodeId): NodeId[] {
    const groups: NodeId[] = [];
    const entries = this.#waiting.get(id);
    this.#waiting.delete(id);
    for (const { node, left } of entries ?? []) {
      left.delete(id);
      if (left.size > 0) continue;
      node.releasedIn?.releasingNodes?.delete(node.id);
      for (const handle of node.uses) {
        const users = this.#inUse.get(handle)! - 1;
        if (users > 0) this.#inUse.set(handle, users);
        else this.#inUse.delete(handle);
      }
      const isCut = this.#cutShort.delete(node.id);
      if (node.isGroup && !isCut) groups.push(node.id);
    }
    return groups;
  }

  clear(): void {
    this.#waiting.clear();
    this.#cutShort.clear();
    this.#inUse.clear();
  }
}

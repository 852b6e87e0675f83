/**
 * What a server has of a scene: the tree it was told, which node is whose, and who is still releasing.
 *
 * No clock and no I/O: snapshots and `/n_end`s go in, commands come out.
 */

import type { Command } from '../commands/command.js';
import type { NodeId } from '../units.js';
import { type DiffOptions, diff, type Leaving, type Moment } from './diff.js';
import type { BufferHandle, BusHandle } from './handles.js';
import { forgetNode } from './release.js';
import type { SceneNode } from './sceneNode.js';
import type { GroupSnapshot, NodeSnapshot } from './snapshot.js';

export interface Ending {
  /** The element whose synth ended without being asked to. */
  readonly element: SceneNode | undefined;
  /** What the end makes due: the group that waited for it goes. */
  readonly commands: readonly Command[];
}

interface Wait {
  readonly node: Leaving;
  readonly left: Set<NodeId>;
}

export class Placement {
  #tree: GroupSnapshot | null = null;
  readonly #elements = new Map<NodeId, SceneNode>();
  /** Nodes that are leaving, by each id that they still wait for. */
  readonly #waiting = new Map<NodeId, Set<Wait>>();
  /** Leaving nodes that were freed with the group around them. */
  readonly #cutShort = new Set<NodeId>();
  /** Replaced synths by what replaces them. */
  readonly #replaced = new Map<NodeId, NodeId>();
  readonly #inUse = new Map<BusHandle | BufferHandle, number>();
  /** What left the tree since the last `sweep`. */
  #gone: NodeSnapshot[] = [];

  constructor(readonly options: DiffOptions) {}

  /** The tree that the server was last told. */
  get tree(): GroupSnapshot | null {
    return this.#tree;
  }

  /** True while something that left the tree still sounds. */
  get isLeaving(): boolean {
    return this.#waiting.size > 0;
  }

  /** The elements whose nodes the server has not announced yet. */
  unconfirmed(): SceneNode[] {
    return [...this.#elements.values()].filter((element) => element.alive && !element.confirmed);
  }

  /** Whose node it is; `undefined` for one that was replaced or taken away. */
  elementOf(id: NodeId): SceneNode | undefined {
    const element = this.#elements.get(id);
    return element?.id === id ? element : undefined;
  }

  /** True while a synth on the server, in the tree or released, plays through the bus or from the buffer. */
  isInUse(handle: BusHandle | BufferHandle): boolean {
    return this.#inUse.has(handle) || (this.#tree !== null && uses(this.#tree, handle));
  }

  /** Takes the server to the next tree; `null` takes everything down. */
  update(next: GroupSnapshot | null, moment: Moment): readonly Command[] {
    const { commands, leaving, gone, remade, cutShort, created, replaced } = diff(
      this.#tree,
      next,
      this.options,
      moment,
    );
    this.#tree = next;
    for (const id of cutShort) this.#cutShort.add(id);
    for (const id of remade) this.#elements.delete(id);
    if (gone.length > 0) this.#gone.push(...gone);
    for (const [id, old] of replaced) {
      this.#elements.delete(old);
      this.#replaced.set(id, old);
    }
    for (const element of created) this.#elements.set(element.id!, element);
    for (const node of leaving) this.#startLeaving(node);
    return commands;
  }

  /** True when there is something for `sweep`. */
  get isSweepDue(): boolean {
    return this.#gone.length > 0;
  }

  /**
   * Forgets the nodes that left the tree, which need not be done before their commands are on their way.
   * Their `/n_end`s cannot be waited for: of a burst, a server sends 1,023.
   */
  sweep(): void {
    for (const snapshot of this.#gone) this.#sweep(snapshot);
    this.#gone = [];
  }

  #sweep(snapshot: NodeSnapshot): void {
    const { element } = snapshot;
    if (element.id !== undefined) this.#elements.delete(element.id);
    if (snapshot.kind === 'group') for (const child of snapshot.children) this.#sweep(child);
    forgetNode(element);
  }

  /** Takes note of the server's `/n_go`: what the node replaces is gone. */
  began(id: NodeId): void {
    const element = this.#elements.get(id);
    if (element?.id === id) element.confirmed = true;
    const old = this.#replaced.get(id);
    if (old === undefined) return;
    this.#replaced.delete(id);
    this.#endLeaving(old);
  }

  /** Takes note of the server's `/n_end`. */
  ended(id: NodeId): Ending {
    const element = this.#elements.get(id);
    this.#elements.delete(id);
    const commands = this.#endLeaving(id);
    // An id that its element no longer has was replaced, released or freed by us.
    if (element?.id !== id) return { element: undefined, commands };
    element.ended = true;
    return { element, commands };
  }

  /** Forgets everything that was on the server: it is gone. Synths that had ended by themselves stay ended. */
  lost(root: SceneNode): void {
    this.#tree = null;
    this.#elements.clear();
    this.#waiting.clear();
    this.#cutShort.clear();
    this.#replaced.clear();
    this.#inUse.clear();
    this.#gone = [];
    forget(root);
  }

  #startLeaving(node: Leaving): void {
    const entry = { node, left: new Set(node.waitsFor) };
    for (const id of node.waitsFor) {
      const entries = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, entries.add(entry));
    }
    for (const handle of node.uses) this.#inUse.set(handle, (this.#inUse.get(handle) ?? 0) + 1);
    if (node.releasedIn) {
      for (let group: SceneNode | undefined = node.releasedIn; group; group = group.parent)
        group.mayLinger = true;
      node.releasedIn.lingering ??= new Set();
      node.releasedIn.lingering.add(node.id);
    }
  }

  #endLeaving(id: NodeId): Command[] {
    const commands: Command[] = [];
    const entries = this.#waiting.get(id);
    this.#waiting.delete(id);
    for (const { node, left } of entries ?? []) {
      left.delete(id);
      if (left.size > 0) continue;
      node.releasedIn?.lingering?.delete(node.id);
      for (const handle of node.uses) {
        const users = this.#inUse.get(handle)! - 1;
        if (users > 0) this.#inUse.set(handle, users);
        else this.#inUse.delete(handle);
      }
      if (node.isGroup && !this.#cutShort.delete(node.id)) commands.push({ type: '/n_free', id: node.id });
    }
    return commands;
  }
}

function uses(snapshot: NodeSnapshot, handle: BusHandle | BufferHandle): boolean {
  if (snapshot.kind === 'group') return snapshot.children.some((child) => uses(child, handle));
  return snapshot.element.alive && snapshot.uses.includes(handle);
}

function forget(node: SceneNode): void {
  if (node.type !== 'Root') node.id = undefined;
  node.placed = undefined;
  node.snapshot = undefined;
  node.lingering = undefined;
  for (let child = node.firstChild; child; child = child.next) forget(child);
}

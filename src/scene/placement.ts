/**
 * What a server has of a scene: the tree it was told, which node is whose, and who is still releasing.
 *
 * No clock and no I/O: snapshots and `/n_end`s go in, commands come out.
 */

import type { Command } from '../commands/command.js';
import type { NodeId } from '../units.js';
import { type DiffOptions, diff, type Leaving, type Moment } from './diff.js';
import type { BufferHandle, BusHandle } from './handles.js';
import { snapshotOnServer } from './mend.js';
import { forgetNode } from './release.js';
import type { SceneNode } from './sceneNode.js';
import { nodesBelow, type ServerNode } from './serverTree.js';
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
  /** What removes nodes that are not known to be gone yet. */
  readonly #due = new Map<NodeId, Command>();
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
    return this.#change(this.#tree, next, moment);
  }

  /**
   * Takes the server to the tree that it was told, from the one that it says it has: a datagram was lost.
   *
   * @param ended - Takes the elements of synths that ended by themselves without our having heard of it.
   */
  mend(real: ServerNode, moment: Moment, ended: NodeId[]): readonly Command[] {
    const tree = this.#tree;
    if (!tree) return [];
    const nodes = nodesBelow(real);
    const commands: Command[] = [];
    for (const [id, element] of this.#elements) {
      if (element.id !== id || element.ended) continue;
      const node = nodes.get(id);
      if (node && node.parent?.id === element.parent?.id) {
        element.confirmed = true;
        continue;
      }
      const { placed } = element;
      if (!node && element.confirmed && placed?.kind === 'synth' && placed.def.description.freesItself) {
        ended.push(id);
        continue;
      }
      if (node) commands.push({ type: '/n_free', id });
      this.#elements.delete(id);
      forgetNode(element);
    }
    commands.push(...this.endLeaving(nodes));
    for (const [id, command] of this.#due) {
      if (nodes.has(id)) commands.push(command);
      else this.#due.delete(id);
    }
    for (const id of ended) this.#elements.get(id)!.ended = true;
    const found = snapshotOnServer(tree, real, (id) => this.elementOf(id), commands);
    commands.push(...this.#change(found, tree, moment));
    for (const id of ended) this.#elements.get(id)!.ended = false;
    return commands;
  }

  /** Takes note of released synths that are no longer on the server, though their `/n_end` was not heard. */
  endLeaving(nodes: ReadonlyMap<NodeId, ServerNode>): Command[] {
    const ended = [...this.#waiting.keys()].filter((id) => !nodes.has(id));
    return ended.flatMap((id) => this.#endLeaving(id));
  }

  #change(previous: GroupSnapshot | null, next: GroupSnapshot | null, moment: Moment): readonly Command[] {
    const { commands, leaving, gone, remade, cutShort, created, replaced } = diff(
      previous,
      next,
      this.options,
      moment,
    );
    this.#tree = next;
    if (this.options.mends) this.#note(commands, leaving, replaced);
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

  /** Keeps what removes nodes, to be said again should it be lost. */
  #note(
    commands: readonly Command[],
    leaving: readonly Leaving[],
    replaced: ReadonlyMap<NodeId, NodeId>,
  ): void {
    for (const command of commands) if (command.type === '/n_free') this.#due.set(command.id, command);
    for (const old of replaced.values()) this.#due.set(old, { type: '/n_free', id: old });
    for (const { id, releasedIn } of leaving)
      if (releasedIn) this.#due.set(id, { type: '/n_set', id, controls: ['gate', 0] });
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
    this.#due.delete(old);
    this.#endLeaving(old);
  }

  /** Takes note of the server's `/n_on`: the node goes on after a pause. */
  resumed(id: NodeId): void {
    const element = this.elementOf(id);
    if (element) element.resumed = false;
  }

  /** Takes note of the server's `/n_end`. */
  ended(id: NodeId): Ending {
    const element = this.#elements.get(id);
    this.#elements.delete(id);
    this.#due.delete(id);
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
    this.#due.clear();
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
      if (!node.isGroup || this.#cutShort.delete(node.id)) continue;
      const free: Command = { type: '/n_free', id: node.id };
      commands.push(free);
      if (this.options.mends) this.#due.set(node.id, free);
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

/**
 * What the server has to be told so that it has the next tree instead of the previous one.
 *
 * `diff(null, scene)` brings up a new or rebooted server, `diff(scene, null)` takes everything down.
 * Ids are given to nodes here, and written on them. The order of the commands: what leaves, then the
 * new tree from the root down; each group's own order is settled by at most one `/n_order`.
 */

import { AddAction, type Command } from '../commands/command.js';
import type { NodeId } from '../units.js';
import { changedControls, initialControls } from './controls.js';
import type { BufferHandle, BusHandle } from './handles.js';
import { longestIncreasingRun } from './order.js';
import { removeNode } from './release.js';
import type { SceneNode } from './sceneNode.js';
import type { GroupSnapshot, NodeSnapshot, SynthSnapshot } from './snapshot.js';

export interface DiffOptions {
  readonly allocate: () => NodeId;
  /** Whether `/n_order` keeps its list's order with every add action; supernova 3.13 only does at the tail. */
  readonly orderAnywhere: boolean;
}

/** A node that left the tree and is on the server until others have ended, or until its removal is carried out. */
export interface Leaving {
  readonly id: NodeId;
  /** The group that it still is in, when it is released; `undefined` when it is freed or replaced. */
  readonly releasedIn: SceneNode | undefined;
  /** A group has to be freed when the last synth in it has ended. */
  readonly isGroup: boolean;
  /** The synths whose end it waits for. */
  readonly waitsFor: ReadonlySet<NodeId>;
  /** What is heard until then. */
  readonly uses: readonly (BusHandle | BufferHandle)[];
}

export interface Difference {
  readonly commands: readonly Command[];
  readonly leaving: readonly Leaving[];
  /** Synths and groups that are new on the server. */
  readonly created: readonly SceneNode[];
  /** Ids of replaced synths by those that replace them: scsynth sends no `/n_end`, only the new one's `/n_go`. */
  readonly replaced: ReadonlyMap<NodeId, NodeId>;
}

/**
 * @param previous - What the server has; `null` for nothing.
 * @param next - What it is to have; `null` for nothing. Its root element has the id of the group that
 *   everything goes into.
 */
export function diff(
  previous: GroupSnapshot | null,
  next: GroupSnapshot | null,
  options: DiffOptions,
): Difference {
  const differ = new Differ(options);
  const root = next ?? previous;
  if (root && previous !== next) {
    differ.children(previous?.children ?? [], next?.children ?? [], root.element);
  }
  return differ.result();
}

class Differ {
  readonly #removals: Command[] = [];
  readonly #commands: Command[] = [];
  readonly #runs: [NodeId, boolean][] = [];
  readonly #leaving: Leaving[] = [];
  readonly #created: SceneNode[] = [];
  readonly #replaced = new Map<NodeId, NodeId>();

  constructor(readonly options: DiffOptions) {}

  result(): Difference {
    const commands = [...this.#removals, ...this.#commands];
    if (this.#runs.length > 0) commands.push({ type: '/n_run', nodes: this.#runs });
    return { commands, leaving: this.#leaving, created: this.#created, replaced: this.#replaced };
  }

  children(previous: readonly NodeSnapshot[], next: readonly NodeSnapshot[], parent: SceneNode): void {
    if (sameStructure(previous, next)) {
      for (let index = 0; index < next.length; index++) this.#update(previous[index]!, next[index]!);
      return;
    }
    const before = new Map(previous.map((snapshot, index) => [snapshot.element, index]));
    const after = new Set(next.map((snapshot) => snapshot.element));
    for (const snapshot of previous) {
      if (!after.has(snapshot.element)) this.#remove(snapshot, parent);
    }
    // A synth that ends by itself may be gone when the bundle arrives, so it is replaced by a new one
    // beside it and not by `/s_new` with action 4, which would fail and leave silence.
    for (const snapshot of next) {
      const index = before.get(snapshot.element);
      if (index !== undefined && needsNewNode(previous[index]!, snapshot))
        this.#remove(previous[index]!, parent);
    }
    const order = new ChildOrder(next, before, parent.id!, this.options);
    this.#commands.push(...order.moves);
    for (const [index, snapshot] of next.entries()) {
      snapshot.element.placed = snapshot;
      if (snapshot.element.alive) this.#update(previous[before.get(snapshot.element)!]!, snapshot);
      else if (isWanted(snapshot, previous[before.get(snapshot.element) ?? -1])) {
        this.#create(snapshot, ...order.place(index));
      }
    }
    this.#commands.push(...order.lateMoves());
  }

  #update(previous: NodeSnapshot, next: NodeSnapshot): void {
    if (previous === next) return;
    next.element.placed = next;
    if (!next.element.alive) return;
    const id = next.element.id!;
    if (next.kind === 'group') {
      this.children((previous as GroupSnapshot).children, next.children, next.element);
    } else if (next.def !== (previous as SynthSnapshot).def) {
      this.#replace(previous as SynthSnapshot, next, id);
      return;
    } else {
      this.#commands.push(...changedControls(id, previous as SynthSnapshot, next));
    }
    if (previous.paused !== next.paused) this.#runs.push([id, !next.paused]);
  }

  #create(snapshot: NodeSnapshot, action: AddAction, target: NodeId): void {
    const { element } = snapshot;
    const id = this.options.allocate();
    element.placed = snapshot;
    element.id = id;
    element.ended = false;
    element.confirmed = false;
    this.#created.push(element);
    if (snapshot.kind === 'synth') {
      this.#commands.push({
        type: '/s_new',
        def: snapshot.def.name,
        id,
        action,
        target,
        controls: initialControls(snapshot),
      });
    } else {
      element.lingering = undefined;
      this.#commands.push({
        type: snapshot.parallel ? '/p_new' : '/g_new',
        groups: [{ id, action, target }],
      });
      for (const child of snapshot.children) {
        child.element.placed = child;
        if (isWanted(child, undefined)) this.#create(child, AddAction.tail, id);
      }
    }
    if (snapshot.paused) this.#runs.push([id, false]);
  }

  #remove(snapshot: NodeSnapshot, parent: SceneNode): void {
    const { commands, leaving } = removeNode(snapshot, parent);
    this.#removals.push(...commands);
    if (leaving) this.#leaving.push(leaving);
  }

  #replace(previous: SynthSnapshot, next: SynthSnapshot, id: NodeId): void {
    this.#create(next, AddAction.replace, id);
    this.#replaced.set(next.element.id!, id);
    if (previous.uses.length === 0) return;
    this.#leaving.push({
      id,
      releasedIn: undefined,
      isGroup: false,
      waitsFor: new Set([id]),
      uses: previous.uses,
    });
  }
}

/** True when both lists hold the same elements in the same order, all of them where they were. */
function sameStructure(previous: readonly NodeSnapshot[], next: readonly NodeSnapshot[]): boolean {
  if (previous.length !== next.length) return false;
  for (let index = 0; index < next.length; index++) {
    const before = previous[index]!;
    const now = next[index]!;
    if (before === now) continue;
    if (before.element !== now.element || needsNewNode(before, now)) return false;
    if (!now.element.alive && isWanted(now, before)) return false;
  }
  return true;
}

/** True when the node cannot become the next one by commands to it. */
function needsNewNode(previous: NodeSnapshot, next: NodeSnapshot): boolean {
  if (previous.kind === 'group' || next.kind === 'group') {
    return (
      previous.kind !== next.kind || (previous as GroupSnapshot).parallel !== (next as GroupSnapshot).parallel
    );
  }
  return previous.def !== next.def && next.element.alive && endsByItself(previous);
}

/** False for a synth that the server has freed: it stays silent until its synthdef changes. */
function isWanted(next: NodeSnapshot, previous: NodeSnapshot | undefined): boolean {
  if (!next.element.ended) return true;
  return next.kind === 'synth' && previous?.kind === 'synth' && previous.def !== next.def;
}

/** True when the server may free the synth at any moment, so that it is no safe target. */
function endsByItself(snapshot: NodeSnapshot): boolean {
  return snapshot.kind === 'synth' && snapshot.def.description.freesItself;
}

/**
 * The order of one group's children: which move, and where the new ones go in.
 *
 * A target that has ended makes `/s_new` fail, so only the group itself, groups, and synths that cannot
 * end by themselves or were made in the same bundle serve as targets. Where there is none, the node is
 * made at the tail and one `/n_order` puts the tail in order: it skips ids that are gone.
 */
class ChildOrder {
  readonly moves: readonly Command[];
  readonly #made = new Set<SceneNode>();
  /** Index of the first child that was made at the tail and has to be put in place. */
  #unplaced: number | undefined;
  /** Index of the last child that the server has already; -1 for none. */
  readonly #lastKept: number;

  constructor(
    readonly next: readonly NodeSnapshot[],
    before: ReadonlyMap<SceneNode, number>,
    readonly group: NodeId,
    options: DiffOptions,
  ) {
    const kept = next.filter((snapshot) => snapshot.element.alive);
    this.#lastKept = kept.length === 0 ? -1 : next.lastIndexOf(kept.at(-1)!);
    const stay = longestIncreasingRun(kept.map((snapshot) => before.get(snapshot.element)!));
    if (stay.size === kept.length) {
      this.moves = [];
      return;
    }
    const moved = kept.flatMap((_, index) => (stay.has(index) ? [] : [index]));
    this.moves = [orderCommand(kept, moved[0]!, moved.at(-1)!, group, options.orderAnywhere)];
  }

  /** Where the child at `index`, which is not on the server, goes in. */
  place(index: number): [AddAction, NodeId] {
    const { element } = this.next[index]!;
    const place = this.#safePlace(index);
    this.#made.add(element);
    if (place) return place;
    this.#unplaced ??= index;
    return [AddAction.tail, this.group];
  }

  /** The `/n_order` for what could only be made at the tail. */
  lateMoves(): Command[] {
    if (this.#unplaced === undefined) return [];
    const ids = this.next
      .slice(this.#unplaced)
      .flatMap(({ element }) => (element.alive ? [element.id!] : []));
    return [{ type: '/n_order', action: AddAction.tail, target: this.group, ids }];
  }

  #safePlace(index: number): [AddAction, NodeId] | undefined {
    if (index > this.#lastKept) return [AddAction.tail, this.group];
    const before = lastAlive(this.next, index);
    if (!before) return [AddAction.head, this.group];
    // What was put at the tail for now is no place to be after.
    if (this.#unplaced === undefined && (this.#made.has(before.element) || !endsByItself(before))) {
      return [AddAction.after, before.element.id!];
    }
    const after = this.next.slice(index + 1).find((snapshot) => snapshot.element.alive)!;
    if (!endsByItself(after)) return [AddAction.before, after.element.id!];
    return undefined;
  }
}

function lastAlive(snapshots: readonly NodeSnapshot[], end: number): NodeSnapshot | undefined {
  for (let index = end - 1; index >= 0; index--) {
    if (snapshots[index]!.element.alive) return snapshots[index];
  }
  return undefined;
}

/** One `/n_order` over the kept children from the first that moves to the last, at the safest end. */
function orderCommand(
  kept: readonly NodeSnapshot[],
  first: number,
  last: number,
  group: NodeId,
  orderAnywhere: boolean,
): Command {
  const ids = (from: number, to: number) => kept.slice(from, to).map((snapshot) => snapshot.element.id!);
  const before = kept[first - 1];
  const atTail = (): Command => ({
    type: '/n_order',
    action: AddAction.tail,
    target: group,
    ids: ids(first, kept.length),
  });
  if (last === kept.length - 1 || !orderAnywhere) return atTail();
  if (before && !endsByItself(before)) {
    return {
      type: '/n_order',
      action: AddAction.after,
      target: before.element.id!,
      ids: ids(first, last + 1),
    };
  }
  const toHead = last + 1;
  const toTail = kept.length - first;
  if (toHead > toTail) return atTail();
  return { type: '/n_order', action: AddAction.head, target: group, ids: ids(0, toHead) };
}

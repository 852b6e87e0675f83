/**
 * Commands that give the server the next tree instead of the previous one.
 *
 * `diff(null, scene)` brings up a new or rebooted server, `diff(scene, null)` takes everything down. The
 * comparison allocates the ids of new nodes and writes them on the elements. The order of the commands:
 * removed nodes, moves, then the new tree from the root down. Tests compare with an exhaustive search on
 * small trees, so that no message can be left out. There is at most one `/n_order` a group, one `/g_new` for
 * all new groups, and one `/n_run` for all paused nodes.
 */

import { MAX_ENTRIES } from '../commands/batch.js';
import { AddAction, type Command, type NewGroup } from '../commands/command.js';
import type { NodeId } from '../units.js';
import { ChildOrder } from './childOrder.js';
import { changeControls, newSynth, sendUnsent } from './controls.js';
import type { ElementsById } from './elementsById.js';
import type { Leaving } from './leavingNodes.js';
import type { Moment, Start } from './moment.js';
import { indexOfGroup, isWanted, needsNewNode, sameStructure } from './nodeIdentity.js';
import type { GroupSnapshot, NodeSnapshot } from './nodeSnapshot.js';
import { forget, removeNode } from './release.js';
import type { SceneNode } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';

export interface DiffOptions {
  readonly allocate: () => NodeId;
  /**
   * True when `/n_order` keeps its list's order with every add action; supernova 3.13 only does at the tail.
   */
  readonly orderPreservesList: boolean;
  /** True when datagrams may be lost, doubled or late, so that repair compares the tree with the server's. */
  readonly mends?: boolean;
}

export interface Difference {
  readonly commands: readonly Command[];
  readonly leaving: readonly Leaving[];
  /** Nodes that left the tree for good, to be forgotten when the commands are on their way. */
  readonly removed: readonly NodeSnapshot[];
  /** Ids that elements of the tree had, and have other ones for now. */
  readonly reassignedIds: readonly NodeId[];
  /** Nodes that were leaving, and are freed with the group that they are in. */
  readonly freedWithGroup: readonly NodeId[];
  /** Ids of replaced synths by those that replace them: scsynth sends no `/n_end`, only the new one's `/n_go`. */
  readonly replaced: ReadonlyMap<NodeId, NodeId>;
}

/**
 * @param previous - The tree on the server; `null` for nothing.
 * @param next - The intended tree; `null` for nothing. Its root element has the id of the group that
 *   everything goes into.
 * @param elements - Takes the elements whose nodes are new on the server.
 */
export function diff(
  previous: GroupSnapshot | null,
  next: GroupSnapshot | null,
  options: DiffOptions,
  moment: Moment,
  elements: ElementsById,
): Difference {
  const differ = new Differ(options, moment, elements);
  const root = next ?? previous;
  if (root && previous !== next) {
    differ.children(previous?.children ?? [], next?.children ?? [], root.element);
  }
  return differ.result();
}

/** A `/g_new` that is being put together. */
interface NewGroups {
  readonly type: '/g_new' | '/p_new';
  readonly groups: NewGroup[];
}

class Differ {
  readonly #removals: Command[] = [];
  /** Moves of nodes that are on the server already; new nodes go in beside them. */
  readonly #moves: Command[] = [];
  readonly #commands: Command[] = [];
  /** The command that further groups may join, while no node beside them comes after it. */
  #groups: NewGroups | undefined;
  readonly #runs: [NodeId, boolean][] = [];
  readonly #leaving: Leaving[] = [];
  readonly #gone: NodeSnapshot[] = [];
  readonly #reassignedIds: NodeId[] = [];
  readonly #cutShort: NodeId[] = [];
  readonly #replaced = new Map<NodeId, NodeId>();
  /** The start that all new nodes share. */
  readonly #start: Start;
  readonly #isLossy: boolean;

  constructor(
    readonly options: DiffOptions,
    readonly moment: Moment,
    readonly elements: ElementsById,
  ) {
    this.#start = { time: moment.time, isResumed: false };
    this.#isLossy = options.mends ?? false;
  }

  result(): Difference {
    const isAllNew = this.#removals.length === 0 && this.#moves.length === 0;
    const commands = isAllNew ? this.#commands : [...this.#removals, ...this.#moves, ...this.#commands];
    for (let at = 0; at < this.#runs.length; at += MAX_ENTRIES)
      commands.push({ type: '/n_run', nodes: this.#runs.slice(at, at + MAX_ENTRIES) });
    return {
      commands,
      leaving: this.#leaving,
      removed: this.#gone,
      reassignedIds: this.#reassignedIds,
      freedWithGroup: this.#cutShort,
      replaced: this.#replaced,
    };
  }

  children(previous: readonly NodeSnapshot[], next: readonly NodeSnapshot[], parent: SceneNode): void {
    if (sameStructure(previous, next, this.#isLossy)) {
      for (let index = 0; index < next.length; index++) this.#update(previous[index]!, next[index]!);
      return;
    }
    for (let index = 0; index < previous.length; index++) previous[index]!.element.previousIndex = index;
    for (let index = 0; index < next.length; index++) next[index]!.element.nextIndex = index;
    this.#removeMissing(previous, next, parent);
    const order = new ChildOrder(next, parent.id!, this.options);
    this.#moves.push(...order.moves);
    // New groups come before anything else that is new: then one message makes them all.
    for (let index = 0; index < next.length; index++) {
      const snapshot = next[index]!;
      if (snapshot.kind !== 'group' || snapshot.element.isAlive || !isWanted(snapshot, undefined)) continue;
      const [action, target] = order.place(index);
      this.#createGroup(snapshot, action, target);
    }
    for (let index = 0; index < next.length; index++) {
      const snapshot = next[index]!;
      const { element } = snapshot;
      const before = previous[element.previousIndex];
      const isNewGroup =
        snapshot.kind === 'group' && element.sentSnapshot === snapshot && before !== snapshot;
      element.sentSnapshot = snapshot;
      if (isNewGroup) this.#fill(snapshot);
      else if (element.isAlive) this.#update(before!, snapshot);
      else if (snapshot.kind === 'synth' && isWanted(snapshot, before)) {
        const [action, target] = order.place(index);
        this.#createSynth(snapshot, action, target);
      }
    }
    this.#commands.push(...order.lateMoves());
    for (const { element } of previous) element.previousIndex = element.nextIndex = -1;
    for (const { element } of next) element.previousIndex = element.nextIndex = -1;
  }

  #removeMissing(previous: readonly NodeSnapshot[], next: readonly NodeSnapshot[], parent: SceneNode): void {
    for (const snapshot of previous) {
      if (snapshot.element.nextIndex >= 0) continue;
      this.#remove(snapshot, parent);
      this.#gone.push(snapshot);
    }
    // A synth that ends by itself may have ended when the bundle arrives. `/s_new` with action 4 would then
    // fail and leave silence. So a new synth beside it replaces it.
    for (const snapshot of next) {
      const before = previous[snapshot.element.previousIndex];
      if (!before || !needsNewNode(before, snapshot, this.#isLossy)) continue;
      this.#remove(before, parent);
      forget(before, this.#reassignedIds);
    }
  }

  #update(previous: NodeSnapshot, next: NodeSnapshot): void {
    if (previous === next) {
      if (next.kind === 'synth') sendUnsent(next, this.#commands);
      return;
    }
    const { element } = next;
    element.sentSnapshot = next;
    if (!element.isAlive) return;
    const id = element.id!;
    if (previous.isPaused !== next.isPaused) {
      // Before its children: what leaves it now has not been computed since.
      element.start = { time: this.moment.time, isResumed: !next.isPaused };
    }
    if (next.kind === 'group') {
      this.children((previous as GroupSnapshot).children, next.children, element);
    } else if (next.def !== (previous as SynthSnapshot).def) {
      this.#replace(previous as SynthSnapshot, next, id);
      return;
    } else {
      changeControls(id, previous as SynthSnapshot, next, this.#commands);
    }
    if (previous.isPaused !== next.isPaused) this.#runs.push([id, !next.isPaused]);
  }

  /** Makes a group and all groups below it. */
  #createGroup(snapshot: GroupSnapshot, action: AddAction, target: NodeId): void {
    const { element, isParallel, children } = snapshot;
    const id = this.#begin(snapshot);
    element.releasingNodes = undefined;
    const type = isParallel ? '/p_new' : '/g_new';
    if (this.#groups?.type !== type || this.#groups.groups.length === MAX_ENTRIES) {
      this.#groups = { type, groups: [] };
      this.#commands.push(this.#groups);
    }
    this.#groups.groups.push({ id, action, target });
    for (const child of children) {
      if (child.kind === 'group' && isWanted(child, undefined)) this.#createGroup(child, AddAction.tail, id);
    }
  }

  /** Makes the synths in a new group, and in the groups below it, which are there. */
  #fill({ element, children }: GroupSnapshot): void {
    let nextGroup = -1;
    for (let index = 0; index < children.length; index++) {
      const child = children[index]!;
      child.element.sentSnapshot = child;
      if (!isWanted(child, undefined)) continue;
      if (child.kind === 'group') this.#fill(child);
      else {
        if (nextGroup < index) nextGroup = indexOfGroup(children, index);
        const before = children[nextGroup];
        if (before) this.#createSynth(child, AddAction.before, before.element.id!);
        else this.#createSynth(child, AddAction.tail, element.id!);
      }
    }
  }

  #createSynth(snapshot: SynthSnapshot, action: AddAction, target: NodeId): void {
    this.#commands.push(newSynth(snapshot, this.#begin(snapshot), action, target));
  }

  /** Takes note that the server gets a node of an element. */
  #begin(snapshot: NodeSnapshot): NodeId {
    const { element } = snapshot;
    const id = this.options.allocate();
    element.sentSnapshot = snapshot;
    element.id = id;
    element.state = 'sent';
    element.start = this.#start;
    this.elements.set(id, element);
    if (snapshot.isPaused) this.#runs.push([id, false]);
    return id;
  }

  #remove(snapshot: NodeSnapshot, parent: SceneNode): void {
    const leaving = removeNode(snapshot, parent, this.moment, this.#removals, this.#cutShort);
    if (leaving) this.#leaving.push(leaving);
  }

  #replace(previous: SynthSnapshot, next: SynthSnapshot, id: NodeId): void {
    this.#createSynth(next, AddAction.replace, id);
    this.#replaced.set(next.element.id!, id);
    if (previous.uses.length === 0) return;
    this.#leaving.push({
      id,
      element: next.element,
      since: this.moment.time,
      releasedIn: undefined,
      isGated: false,
      isGroup: false,
      count: 1,
      waitsFor: new Set([id]),
      uses: previous.uses,
    });
  }
}

/**
 * What the server has to be told so that it has the next tree instead of the previous one.
 *
 * `diff(null, scene)` brings up a new or rebooted server, `diff(scene, null)` takes everything down.
 * Ids are given to nodes here, and written on them. The order of the commands: what leaves, then the
 * new tree from the root down; each group's own order is settled by at most one `/n_order`.
 */

import { AddAction, type Command, type NewGroup } from '../commands/command.js';
import type { NodeId, UnixTime } from '../units.js';
import { ChildOrder, endsByItself } from './childOrder.js';
import { changeControls, initialControls } from './controls.js';
import type { BufferHandle, BusHandle } from './handles.js';

import { forget, removeNode } from './release.js';
import type { SceneNode } from './sceneNode.js';
import type { GroupSnapshot, NodeSnapshot, SynthSnapshot } from './snapshot.js';

export interface DiffOptions {
  readonly allocate: () => NodeId;
  /** Whether `/n_order` keeps its list's order with every add action; supernova 3.13 only does at the tail. */
  readonly orderAnywhere: boolean;
  /** Whether the tree is compared with the server's from time to time, so that lost removals are kept in mind. */
  readonly mends?: boolean;
}

/** When a change happens, as far as the server's blocks matter. */
export interface Moment {
  readonly time: UnixTime;
  /** A node that was made after this, and was not announced, may not have been computed yet at `time`. */
  readonly youngSince: UnixTime;
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
  /** What left the tree for good, to be forgotten when the commands are on their way. */
  readonly gone: readonly NodeSnapshot[];
  /** Ids that elements of the tree had, and have other ones for now. */
  readonly remade: readonly NodeId[];
  /** Nodes that were leaving, and are freed with the group that they are in. */
  readonly cutShort: readonly NodeId[];
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
  moment: Moment,
): Difference {
  const differ = new Differ(options, moment);
  const root = next ?? previous;
  if (root && previous !== next) {
    differ.children(previous?.children ?? [], next?.children ?? [], root.element);
  }
  return differ.result();
}

/** So many groups are made by one message at most: it has to fit into a packet. */
const MOST_GROUPS = 1024;

/** A `/g_new` that further groups may join. */
interface NewGroups {
  readonly type: '/g_new' | '/p_new';
  readonly groups: NewGroup[];
}

class Differ {
  readonly #removals: Command[] = [];
  readonly #commands: Command[] = [];
  readonly #runs: [NodeId, boolean][] = [];
  readonly #leaving: Leaving[] = [];
  readonly #gone: NodeSnapshot[] = [];
  readonly #remade: NodeId[] = [];
  readonly #cutShort: NodeId[] = [];
  readonly #created: SceneNode[] = [];
  readonly #replaced = new Map<NodeId, NodeId>();

  constructor(
    readonly options: DiffOptions,
    readonly moment: Moment,
  ) {}

  result(): Difference {
    const commands = this.#removals;
    for (const command of this.#commands) commands.push(command);
    if (this.#runs.length > 0) commands.push({ type: '/n_run', nodes: this.#runs });
    return {
      commands,
      leaving: this.#leaving,
      gone: this.#gone,
      remade: this.#remade,
      cutShort: this.#cutShort,
      created: this.#created,
      replaced: this.#replaced,
    };
  }

  children(previous: readonly NodeSnapshot[], next: readonly NodeSnapshot[], parent: SceneNode): void {
    if (sameStructure(previous, next)) {
      for (let index = 0; index < next.length; index++) this.#update(previous[index]!, next[index]!);
      return;
    }
    for (let index = 0; index < previous.length; index++) previous[index]!.element.before = index;
    for (let index = 0; index < next.length; index++) next[index]!.element.after = index;
    this.#removeMissing(previous, next, parent);
    const order = new ChildOrder(next, parent.id!, this.options);
    if (order.move) this.#commands.push(order.move);
    for (let index = 0; index < next.length; index++) {
      const snapshot = next[index]!;
      const { element } = snapshot;
      const before = previous[element.before];
      element.placed = snapshot;
      if (element.alive) this.#update(before!, snapshot);
      else if (isWanted(snapshot, before)) {
        const [action, target] = order.place(index);
        this.#create(snapshot, action, target, undefined);
      }
    }
    const late = order.lateMove();
    if (late) this.#commands.push(late);
    for (const { element } of previous) element.before = element.after = -1;
    for (const { element } of next) element.before = element.after = -1;
  }

  #removeMissing(previous: readonly NodeSnapshot[], next: readonly NodeSnapshot[], parent: SceneNode): void {
    for (const snapshot of previous) {
      if (snapshot.element.after >= 0) continue;
      this.#remove(snapshot, parent);
      this.#gone.push(snapshot);
    }
    // A synth that ends by itself may be gone when the bundle arrives, so it is replaced by a new one
    // beside it and not by `/s_new` with action 4, which would fail and leave silence.
    for (const snapshot of next) {
      const before = previous[snapshot.element.before];
      if (!before || !needsNewNode(before, snapshot)) continue;
      this.#remove(before, parent);
      forget(before, this.#remade);
    }
  }

  #update(previous: NodeSnapshot, next: NodeSnapshot): void {
    if (previous === next) return;
    const { element } = next;
    element.placed = next;
    if (!element.alive) return;
    const id = element.id!;
    if (previous.paused !== next.paused) {
      // Before its children: what leaves it now has not been computed since.
      element.resumed = !next.paused;
      element.since = this.moment.time;
    }
    if (next.kind === 'group') {
      this.children((previous as GroupSnapshot).children, next.children, element);
    } else if (next.def !== (previous as SynthSnapshot).def) {
      this.#replace(previous as SynthSnapshot, next, id);
      return;
    } else {
      changeControls(id, previous as SynthSnapshot, next, this.#commands);
    }
    if (previous.paused !== next.paused) this.#runs.push([id, !next.paused]);
  }

  /** @param joins - The message that makes the groups before it, when there is no synth between them. */
  #create(
    snapshot: NodeSnapshot,
    action: AddAction,
    target: NodeId,
    joins: NewGroups | undefined,
  ): NewGroups | undefined {
    const { element } = snapshot;
    const id = this.options.allocate();
    element.placed = snapshot;
    element.id = id;
    element.ended = false;
    element.confirmed = false;
    element.since = this.moment.time;
    element.resumed = false;
    this.#created.push(element);
    if (snapshot.paused) this.#runs.push([id, false]);
    if (snapshot.kind === 'group') return this.#createGroup(snapshot, { id, action, target }, joins);
    const def = snapshot.def.name;
    this.#commands.push({ type: '/s_new', def, id, action, target, controls: initialControls(snapshot) });
    return undefined;
  }

  #createGroup(
    { element, parallel, children }: GroupSnapshot,
    group: NewGroup,
    joins: NewGroups | undefined,
  ): NewGroups {
    element.lingering = undefined;
    element.mayLinger = false;
    const type = parallel ? '/p_new' : '/g_new';
    let groups = joins;
    if (groups?.type === type && groups.groups.length < MOST_GROUPS) groups.groups.push(group);
    else {
      groups = { type, groups: [group] };
      this.#commands.push(groups);
    }
    let open: NewGroups | undefined = groups;
    for (const child of children) {
      child.element.placed = child;
      if (isWanted(child, undefined)) open = this.#create(child, AddAction.tail, group.id, open);
    }
    return groups;
  }

  #remove(snapshot: NodeSnapshot, parent: SceneNode): void {
    const leaving = removeNode(snapshot, parent, this.moment, this.#removals, this.#cutShort);
    if (leaving) this.#leaving.push(leaving);
  }

  #replace(previous: SynthSnapshot, next: SynthSnapshot, id: NodeId): void {
    this.#create(next, AddAction.replace, id, undefined);
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

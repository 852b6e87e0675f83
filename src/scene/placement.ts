/**
 * The server's part of a scene: the tree that was sent, the owner of each node, and the nodes that still
 * release.
 *
 * No clock and no I/O: snapshots and `/n_end`s go in, commands come out.
 */

import type { Command } from '../commands/command.js';
import type { NodeId, UnixTime } from '../units.js';
import { sendUnsent } from './controls.js';
import { type DiffOptions, diff } from './diff.js';
import { ElementsById } from './elementsById.js';
import { FormerNodes } from './formerNodes.js';
import type { BufferHandle, BusHandle } from './handles.js';
import { type Leaving, LeavingNodes, type ReleaseLimits } from './leavingNodes.js';
import type { Moment } from './moment.js';
import { endsByItself, type GroupSnapshot, type NodeSnapshot } from './nodeSnapshot.js';
import { PendingRuns } from './pendingRuns.js';
import { countReleasing, forgetNode } from './release.js';
import type { RootNode, SceneNode } from './sceneNode.js';

export interface Ending {
  /** The element whose synth ended without being asked to. */
  readonly element: SceneNode | undefined;
  /** The commands that the end makes due: the group that waited for it is freed. */
  readonly commands: readonly Command[];
}

export class Placement {
  #tree: GroupSnapshot | null = null;
  readonly #elements = new ElementsById();
  readonly #leaving = new LeavingNodes();
  /** Commands that remove nodes whose end is not known yet. */
  readonly #due = new Map<NodeId, Command>();
  /** Nodes that were paused or go on, until the server has said so. */
  readonly #runs = new PendingRuns();
  /** Replaced synths by what replaces them. */
  readonly #replaced = new Map<NodeId, NodeId>();
  /** Nodes that are gone, where the server's tree is compared with ours. */
  readonly #former = new FormerNodes();
  /**
   * Synths that may have ended by themselves: they were missing in the last reply about the server's tree.
   *
   * A network may deliver a reply twice, and the second one as the reply to the next query. Such a reply knows
   * nothing of what was made in between. So a synth has ended when two replies in a row are without it.
   */
  #missing: ReadonlySet<NodeId> = new Set();
  /** The moment of the last change. */
  #time: UnixTime = 0;
  /** The nodes that left the tree since the last `sweep`. */
  #gone: NodeSnapshot[] = [];

  constructor(readonly options: DiffOptions) {}

  /** The tree that the server was last told. */
  get tree(): GroupSnapshot | null {
    return this.#tree;
  }

  /** True while something that left the tree still sounds. */
  get isLeaving(): boolean {
    return this.#leaving.isAny;
  }

  /** The earliest deadline of the nodes that left the tree; infinite for none. */
  firstDeadline(limits: ReleaseLimits): UnixTime {
    return this.#leaving.firstDeadline(limits);
  }

  /** The elements whose synths sound. */
  sounding(): SceneNode[] {
    return [...this.#elements]
      .map(([, element]) => element)
      .filter((element) => element.isAlive && element.type === 'Synth');
  }

  /** The elements whose nodes the server has not announced yet. */
  unconfirmed(): SceneNode[] {
    return [...this.#elements]
      .map(([, element]) => element)
      .filter((element) => element.isAlive && element.state === 'sent');
  }

  /** The element of a node; `undefined` for a node that was replaced or removed. */
  elementOf(id: NodeId): SceneNode | undefined {
    const element = this.#elements.get(id);
    return element?.id === id ? element : undefined;
  }

  /** True while a synth on the server, in the tree or released, plays through the bus or from the buffer. */
  isInUse(handle: BusHandle | BufferHandle): boolean {
    return this.#leaving.isInUse(handle) || (this.#tree !== null && uses(this.#tree, handle));
  }

  /** True while a synth that left the tree and sounds uses the bus. */
  isLeavingThrough(bus: BusHandle): boolean {
    return this.#leaving.isInUse(bus);
  }

  /** The number of nodes on the server, of the tree and of those that left it and sound. */
  readonly countNodes = (): number => this.#elements.size + this.#leaving.count;

  /**
   * The number of nodes that leave the tree now and would stay until they have ended.
   *
   * @param isStaying - True for elements of the next tree.
   */
  countReleasing(isStaying: (element: SceneNode) => boolean, moment: Moment): number {
    return this.#tree ? countReleasing(this.#tree, isStaying, moment) : 0;
  }

  /** The number of nodes that left the tree before and sound. */
  get leavingCount(): number {
    return this.#leaving.count;
  }

  /** Takes the server to the next tree; `null` takes everything down. */
  update(next: GroupSnapshot | null, moment: Moment): readonly Command[] {
    return this.#change(this.#tree, next, moment);
  }

  /** Takes the changed controls of a tree to the server; `undefined` when more than that changed. */
  updateControls(root: RootNode): readonly Command[] | undefined {
    const synths = root.takeDirtySynths();
    if (!root.snapshot || root.snapshot !== this.#tree) {
      for (const { parent } of synths) parent?.touch();
      return undefined;
    }
    const commands: Command[] = [];
    for (const { snapshot } of synths) if (snapshot?.kind === 'synth') sendUnsent(snapshot, commands);
    return commands;
  }

  /**
   * Takes the server from the tree that it reports to the tree that was sent: a datagram was lost.
   *
   * @param nodes - The nodes that the server reports, with their groups.
   * @param ended - Takes the ids of synths that ended by themselves and whose `/n_end` did not arrive.
   * @param asFound - A tree as the server has it, and the commands that set values again that were set past
   *   it.
   */
  repair(
    nodes: ReadonlyMap<NodeId, NodeId>,
    moment: Moment,
    ended: NodeId[],
    asFound: (
      tree: GroupSnapshot,
      elementOf: (id: NodeId) => SceneNode | undefined,
      commands: Command[],
    ) => GroupSnapshot,
  ): readonly Command[] {
    const tree = this.#tree;
    if (!tree) return [];
    const commands: Command[] = [];
    const missing = new Set<NodeId>();
    this.#time = moment.time;
    const again = this.#former.among(nodes, moment.time);
    for (const [id, element] of this.#elements) {
      if (element.id !== id || element.state === 'ended') continue;
      const parent = nodes.get(id);
      if (parent !== undefined && parent === element.parent?.id) {
        element.state = 'there';
        continue;
      }
      if (parent === undefined && element.state === 'there' && endsByItself(element.sentSnapshot)) {
        missing.add(id);
        if (this.#missing.has(id)) ended.push(id);
        continue;
      }
      if (parent !== undefined) commands.push({ type: '/n_free', id });
      this.#elements.delete(id);
      // What made it may only be late.
      this.#isGone(id);
      forgetNode(element);
    }
    commands.push(...this.endLeaving(nodes));
    for (const [id, command] of this.#due) {
      if (nodes.has(id)) commands.push(command);
      else this.#isGone(id);
    }
    for (const id of again) if (!this.#due.has(id)) commands.push({ type: '/n_free', id });
    const runs = this.#runs.again((id) => nodes.has(id));
    if (runs) commands.push(runs);
    this.#missing = missing;
    for (const id of missing) this.#elements.get(id)!.state = 'ended';
    const found = asFound(tree, (id) => this.elementOf(id), commands);
    commands.push(...this.#change(found, tree, moment));
    for (const id of missing) this.#elements.get(id)!.state = 'there';
    return commands;
  }

  /** Takes note of released synths that are no longer on the server, though their `/n_end` was not heard. */
  endLeaving(nodes: ReadonlyMap<NodeId, NodeId>): Command[] {
    const ended = this.#leaving.ids.filter((id) => !nodes.has(id));
    return ended.flatMap((id) => this.#endLeaving(id));
  }

  /**
   * Frees what was released before a moment and has not ended.
   *
   * @param cut - Takes what that is.
   */
  cutReleases(now: UnixTime, limits: ReleaseLimits, cut: Leaving[]): Command[] {
    cut.push(...this.#leaving.takeOverdue(now, limits));
    return cut.map(({ id }) => this.#free(id));
  }

  #change(previous: GroupSnapshot | null, next: GroupSnapshot | null, moment: Moment): readonly Command[] {
    const { commands, leaving, removed, reassignedIds, freedWithGroup, replaced } = diff(
      previous,
      next,
      this.options,
      moment,
      this.#elements,
    );
    this.#tree = next;
    this.#time = moment.time;
    if (this.options.mends) this.#note(commands, leaving, replaced);
    for (const id of freedWithGroup) this.#leaving.cutShort(id);
    for (const id of reassignedIds) {
      this.#elements.delete(id);
      if (this.options.mends) this.#former.add(id, this.#time);
    }
    if (removed.length > 0) this.#gone.push(...removed);
    for (const [id, old] of replaced) {
      this.#elements.delete(old);
      this.#replaced.set(id, old);
    }
    for (const node of leaving) this.#leaving.start(node);
    return commands;
  }

  /** Keeps what removes nodes, to be said again should it be lost. */
  #note(
    commands: readonly Command[],
    leaving: readonly Leaving[],
    replaced: ReadonlyMap<NodeId, NodeId>,
  ): void {
    for (const command of commands) {
      if (command.type === '/n_free') this.#due.set(command.id, command);
      else if (command.type === '/n_run') this.#runs.add(command.nodes);
    }
    for (const old of replaced.values()) this.#due.set(old, { type: '/n_free', id: old });
    for (const { id, isGated } of leaving)
      if (isGated) this.#due.set(id, { type: '/n_set', id, controls: ['gate', 0] });
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
    if (element.id !== undefined) {
      this.#elements.delete(element.id);
      if (this.options.mends) this.#former.add(element.id, this.#time);
    }
    if (snapshot.kind === 'group') for (const child of snapshot.children) this.#sweep(child);
    forgetNode(element);
  }

  /** Takes note of the server's `/n_go`: what the node replaces is gone. */
  began(id: NodeId): void {
    const element = this.#elements.get(id);
    if (element?.id === id && element.state === 'sent') element.state = 'there';
    const old = this.#replaced.get(id);
    if (old === undefined) return;
    this.#replaced.delete(id);
    this.#isGone(old);
    this.#endLeaving(old);
  }

  /** Takes note of the server's `/n_on`, with which the node goes on after a pause, or `/n_off`. */
  runs(id: NodeId, isRunning: boolean): void {
    this.#runs.said(id, isRunning);
    const element = this.elementOf(id);
    // An earlier datagram may come late, or twice: the next comparison sends the run again.
    if (this.options.mends && element?.sentSnapshot?.isPaused === isRunning)
      this.#runs.add([[id, !isRunning]]);
    if (!isRunning) return;
    if (element?.start.isResumed) element.start = { time: element.start.time, isResumed: false };
  }

  /** Takes note of the server's `/n_end`. */
  ended(id: NodeId): Ending {
    const element = this.#elements.get(id);
    this.#elements.delete(id);
    this.#isGone(id);
    const commands = this.#endLeaving(id);
    // An id that its element no longer has was replaced, released or freed by us.
    if (element?.id !== id) return { element: undefined, commands };
    element.state = 'ended';
    return { element, commands };
  }

  /** Forgets everything that was on the server: it is gone. Synths that had ended by themselves stay ended. */
  lost(root: RootNode): void {
    this.#tree = null;
    root.takeDirtySynths();
    this.#elements.clear();
    this.#leaving.clear();
    this.#due.clear();
    this.#former.clear();
    this.#missing = new Set();
    this.#replaced.clear();
    this.#runs.clear();
    this.#gone = [];
    forget(root);
  }

  #isGone(id: NodeId): void {
    this.#due.delete(id);
    if (this.options.mends) this.#former.add(id, this.#time);
  }

  #endLeaving(id: NodeId): Command[] {
    return this.#leaving.ended(id).map((group) => this.#free(group));
  }

  #free(id: NodeId): Command {
    const free: Command = { type: '/n_free', id };
    if (this.options.mends) this.#due.set(id, free);
    return free;
  }
}

function uses(snapshot: NodeSnapshot, handle: BusHandle | BufferHandle): boolean {
  if (snapshot.kind === 'group') return snapshot.children.some((child) => uses(child, handle));
  return snapshot.element.isAlive && snapshot.uses.includes(handle);
}

function forget(node: SceneNode): void {
  if (node.type !== 'Root') node.id = undefined;
  node.sentSnapshot = undefined;
  node.snapshot = undefined;
  node.releasingNodes = undefined;
  for (let child = node.firstChild; child; child = child.next) forget(child);
}

/**
 * The removal of a node, by its kind.
 *
 * A synth with a gate is released and ends by itself. A drum or the like is left to its end; other nodes are
 * freed. A drum is often over at that time, and freeing it would be a failure on the server.
 *
 * A group waits for the last of its releasing synths, so that a reverb in it sounds to the end.
 */

import type { Command } from '../commands/command.js';
import type { NodeId, Seconds } from '../units.js';
import type { BufferHandle, BusHandle } from './handles.js';
import type { Leaving } from './leavingNodes.js';
import type { Moment } from './moment.js';
import type { GroupSnapshot, NodeSnapshot } from './nodeSnapshot.js';
import type { GroupProps } from './props.js';
import type { SceneNode } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';

/**
 * Takes a node and all below it off the server, as soon as each may go. The elements keep their ids until `forget`.
 *
 * @param cutShort - Takes the nodes that were released before, and go with it now.
 * @returns the node, when it sounds on, or when buses and buffers have to stay until it is gone.
 */
export function removeNode(
  snapshot: NodeSnapshot,
  parent: SceneNode,
  moment: Moment,
  commands: Command[],
  cutShort: NodeId[],
): Leaving | undefined {
  const { element } = snapshot;
  if (!element.isAlive) return undefined;
  const id = element.id!;
  if (snapshot.canFreeDirectly && !element.releasingNodes) {
    commands.push({ type: '/n_free', id });
    return undefined;
  }
  const { released, isGated, freed, cut, stays, lingering, uses, count } = collect(snapshot, moment, parent);
  const isGroup = snapshot.kind === 'group';
  const since = moment.time;
  if (released.size > 0) {
    for (const node of cut) commands.push({ type: '/n_free', id: node });
    // On a group this reaches every synth below that has a gate.
    // What was released in it before hears it once more.
    if (isGated || lingering.length > 0) {
      commands.push({ type: '/n_set', id, controls: ['gate', 0] });
      // In the same bundle, before the next block is computed: these have not seen the gate close.
      for (const node of stays) commands.push({ type: '/n_set', id: node, controls: ['gate', 1] });
    }
    return { id, element, since, releasedIn: parent, isGated, isGroup, count, waitsFor: released, uses };
  }
  commands.push({ type: '/n_free', id });
  cutShort.push(...lingering);
  if (uses.length === 0) return undefined;
  return {
    id,
    element,
    since,
    releasedIn: undefined,
    isGated: false,
    isGroup: false,
    count: 1,
    waitsFor: freed,
    uses,
  };
}

/** The number of nodes that stay on the server until they have ended, when all others leave the tree. */
export function countReleasing(
  group: GroupSnapshot,
  isStaying: (element: SceneNode) => boolean,
  moment: Moment,
): number {
  let count = 0;
  for (const child of group.children) {
    if (isStaying(child.element)) {
      if (child.kind === 'group') count += countReleasing(child, isStaying, moment);
      continue;
    }
    const leaving = collect(child, moment, group.element);
    if (leaving.released.size > 0) count += leaving.count;
  }
  return count;
}

/** True when `gate 0` will end the synth: it has a gate, and something frees it. */
function releases({ table, exit }: SynthSnapshot): boolean {
  return exit === 'release' && table.isReleasable;
}

/** A drum rings to its end; a line of ten minutes whose element is gone does not. */
const MAX_RINGING: Seconds = 10;

/** True for a synth that is left to its own end. */
function ringsOut({ table, exit, values }: SynthSnapshot): boolean {
  return exit === 'release' && table.isOneShot && table.lengthWith(values) <= MAX_RINGING;
}

function isAnyAbove(element: SceneNode, test: (element: SceneNode) => boolean): boolean {
  for (let node: SceneNode | undefined = element; node; node = node.parent) {
    if (test(node)) return true;
  }
  return false;
}

interface Collected {
  /** Synths that end by themselves, at once or after `gate 0`, and nodes that were released before. */
  readonly released: Set<NodeId>;
  /** True when some of them wait for `gate 0`. */
  isGated: boolean;
  /** All other synths. */
  readonly freed: Set<NodeId>;
  /** Those of them that are to be cut, also where their group sounds on: a `gate 0` would reach some. */
  readonly cut: NodeId[];
  /** Those that have a gate and stay as they are until their group has ended. */
  readonly stays: NodeId[];
  /** Nodes that were released before and are still there. */
  readonly lingering: NodeId[];
  readonly uses: (BusHandle | BufferHandle)[];
  /** The number of nodes that stay until the last of the released ones has ended. */
  count: number;
}

function collect(top: NodeSnapshot, { unconfirmedAfter }: Moment, parent: SceneNode): Collected {
  const collected: Collected = {
    released: new Set(),
    isGated: false,
    freed: new Set(),
    cut: [],
    stays: [],
    lingering: [],
    uses: [],
    count: 0,
  };
  const isResumed = (element: SceneNode) => element.start.isResumed && element.start.time > unconfirmedAfter;
  const visit = (
    snapshot: NodeSnapshot,
    above: boolean,
    resumedAbove: boolean,
    /** True when the group that gives the destination leaves, too. */
    isLeft: boolean,
  ): void => {
    const { element } = snapshot;
    if (element.isAlive && (snapshot.kind === 'group' || snapshot.exit !== 'free')) collected.count += 1;
    // A paused synth never comes to the end of its envelope, so it is freed.
    const paused = above || snapshot.isPaused;
    const resumed = resumedAbove || isResumed(element);
    for (const id of element.releasingNodes ?? []) {
      collected.lingering.push(id);
      if (!paused) collected.released.add(id);
    }
    if (snapshot.kind === 'group') {
      const isLeaving = isLeft || (element.props as GroupProps | undefined)?.out !== undefined;
      for (const child of snapshot.children) visit(child, paused, resumed, isLeaving);
    } else if (element.isAlive) {
      const id = element.id!;
      collected.uses.push(...snapshot.uses);
      // An envelope that was never computed has not begun: gate 0 would leave it waiting for ever.
      const isUnconfirmed = resumed || (element.state === 'sent' && element.start.time > unconfirmedAfter);
      const isReleased = (releases(snapshot) || ringsOut(snapshot)) && !paused && !isUnconfirmed;
      if (isReleased) collected.isGated ||= releases(snapshot);
      if (isReleased) collected.released.add(id);
      else collected.freed.add(id);
      if (snapshot.exit === 'stay' || snapshot.exit === 'close') {
        const isOpen = snapshot.exit === 'stay' || isLeft;
        if (isOpen && snapshot.def.description.hasGate) collected.stays.push(id);
      } else if (snapshot.exit === 'free' || (isUnconfirmed && snapshot.def.description.hasGate))
        collected.cut.push(id);
    }
  };
  visit(
    top,
    isAnyAbove(parent, ({ sentSnapshot }) => sentSnapshot?.isPaused === true),
    isAnyAbove(parent, isResumed),
    false,
  );
  return collected;
}

/** Takes the ids off the elements, and adds them to `ids`: they are to get other ones. */
export function forget(snapshot: NodeSnapshot, ids: NodeId[]): void {
  const { element } = snapshot;
  if (element.id !== undefined) ids.push(element.id);
  forgetNode(element);
  if (snapshot.kind === 'group') for (const child of snapshot.children) forget(child, ids);
}

/** The element has no node on the server any more. */
export function forgetNode(element: SceneNode): void {
  element.id = undefined;
  element.state = 'sent';
  element.sentSnapshot = undefined;
}

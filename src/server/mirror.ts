/**
 * The rules by which notifications change the picture of a server's nodes.
 *
 * Nodes are linked as the server links them: parent, previous, next, and a group's first and last. A
 * notification that does not fit shows that others were lost. Then the whole picture must be queried again.
 */

import type { Patch } from 'immer';
import type { ReceivedMessage } from '../osc/message.js';
import type { NodeId } from '../units.js';

/** No node: the parent of the root, the next of the last. */
export const NONE = -1 as NodeId;

/** A node as the server last told of it. */
export interface NodeState {
  /** Id of the node. */
  readonly id: NodeId;
  /** -1 for the root. */
  readonly parent: NodeId;
  /** The node before it in its group; -1 for none. */
  readonly previous: NodeId;
  /** The node after it in its group; -1 for none. */
  readonly next: NodeId;
  /** False for a synth. */
  readonly isGroup: boolean;
  /** A group's first node; -1 for none. */
  readonly head: NodeId;
  /** A group's last node; -1 for none. */
  readonly tail: NodeId;
  /** False while it is paused. */
  readonly isRunning: boolean;
}

/** All nodes by id. */
export type Nodes = Readonly<Record<number, NodeState>>;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Nodes that are being changed: a node is copied before its first change.
 *
 * Immer's drafts would do the same, and were a twelfth of all that a page loads (5 kB).
 */
export class NodesDraft {
  readonly #before: Nodes;
  readonly #nodes: Record<number, NodeState>;
  readonly #touched = new Set<number>();

  constructor(before: Nodes) {
    this.#before = before;
    this.#nodes = { ...before };
  }

  get ids(): NodeId[] {
    return Object.keys(this.#nodes).map(Number) as NodeId[];
  }

  get(id: NodeId): NodeState | undefined {
    return this.#nodes[id];
  }

  /** The node, to be changed; `undefined` for none. */
  edit(id: NodeId): Mutable<NodeState> | undefined {
    const node = this.#nodes[id];
    // A node that is not the one of before is ours to change.
    return node && node === this.#before[id] ? this.put({ ...node }) : node;
  }

  put(node: Mutable<NodeState>): Mutable<NodeState> {
    this.#touched.add(node.id);
    this.#nodes[node.id] = node;
    return node;
  }

  delete(id: NodeId): void {
    this.#touched.add(id);
    delete this.#nodes[id];
  }

  /** The changed nodes, and the changes as patches; without a change the nodes as they were. */
  finish(): readonly [nodes: Nodes, patches: readonly Patch[]] {
    const patches: Patch[] = [];
    for (const id of this.#touched) {
      const [before, value] = [this.#before[id], this.#nodes[id]];
      if (!value) {
        if (before) patches.push({ op: 'remove', path: [id] });
      } else if (!before) patches.push({ op: 'add', path: [id], value });
      else if (isSame(before, value)) this.#nodes[id] = before;
      else patches.push({ op: 'replace', path: [id], value });
    }
    return [patches.length > 0 ? this.#nodes : this.#before, patches];
  }
}

const isSame = (a: NodeState, b: NodeState): boolean =>
  (Object.keys(a) as (keyof NodeState)[]).every((field) => a[field] === b[field]);

/** Results of a notification. */
export interface Effect {
  /** Nodes that are no more: the one that ended, and what was in it. */
  readonly ended: NodeId[];
  /** False when it did not fit: something before it was lost. */
  fits: boolean;
}

export const rootOnly = (): Nodes => ({
  0: {
    id: 0 as NodeId,
    parent: NONE,
    previous: NONE,
    next: NONE,
    isGroup: true,
    head: NONE,
    tail: NONE,
    isRunning: true,
  },
});

/** Applies one of `/n_go`, `/n_end`, `/n_off`, `/n_on`, `/n_move`, `/n_info`. */
export function applyNotification(nodes: NodesDraft, { address, args }: ReceivedMessage): Effect {
  const [id, parent, previous, next, isGroup] = args.map(Number) as NodeId[];
  const effect: Effect = { ended: [], fits: true };
  const known = nodes.edit(id!);
  switch (address) {
    case '/n_go':
    case '/n_info':
      // The server reports a group that is made again at its old place.
      if (known && known.parent === parent) break;
      if (id === 0) break;
      if (known) unlink(nodes, known);
      link(nodes, fresh(id!, Number(isGroup) === 1, known?.isRunning), parent!, previous!, next!, effect);
      break;
    case '/n_move':
      if (!known) effect.fits = false;
      else {
        unlink(nodes, known);
        link(nodes, known, parent!, previous!, next!, effect);
      }
      break;
    case '/n_end':
      // The server reports nodes that end with their group one by one, before or after the group.
      if (known) remove(nodes, known, effect);
      break;
    case '/n_on':
    case '/n_off':
      if (known) known.isRunning = address === '/n_on';
      else effect.fits = false;
  }
  return effect;
}

const fresh = (id: NodeId, isGroup: boolean, isRunning = true): Mutable<NodeState> => ({
  id,
  parent: NONE,
  previous: NONE,
  next: NONE,
  isGroup,
  head: NONE,
  tail: NONE,
  isRunning,
});

function link(
  nodes: NodesDraft,
  node: Mutable<NodeState>,
  parent: NodeId,
  previous: NodeId,
  next: NodeId,
  effect: Effect,
): void {
  nodes.put(node);
  node.parent = parent;
  const group = nodes.edit(parent);
  if (!group?.isGroup) {
    effect.fits = false;
    return;
  }
  let before = previous;
  let after = next;
  if (previous < NONE || next < NONE) {
    // supernova keeps no order in a parallel group.
    before = group.tail;
    after = NONE;
  } else {
    const between = previous === NONE ? group.head : nodes.get(previous)?.next;
    const stranger = between === undefined ? undefined : nodes.edit(between);
    // scsynth 3.13 does not tell of a node that another one replaced: it stood just there.
    if (between !== next && stranger?.next === next && stranger.previous === previous) {
      remove(nodes, stranger, effect);
    }
    const isBeside =
      (previous === NONE ? group.head : nodes.get(previous)?.next) === next &&
      (next === NONE ? group.tail : nodes.get(next)?.previous) === previous &&
      (previous === NONE || nodes.get(previous)?.parent === parent);
    if (!isBeside) {
      effect.fits = false;
      before = group.tail;
      after = NONE;
    }
  }
  node.previous = before;
  node.next = after;
  const left = nodes.edit(before);
  const right = nodes.edit(after);
  if (left) left.next = node.id;
  else group.head = node.id;
  if (right) right.previous = node.id;
  else group.tail = node.id;
}

function unlink(nodes: NodesDraft, node: Mutable<NodeState>): void {
  const group = nodes.edit(node.parent);
  const before = nodes.edit(node.previous);
  const after = nodes.edit(node.next);
  if (before) before.next = node.next;
  else if (group && group.head === node.id) group.head = node.next;
  if (after) after.previous = node.previous;
  else if (group && group.tail === node.id) group.tail = node.previous;
}

/** Takes a node out with everything in it. */
function remove(nodes: NodesDraft, node: Mutable<NodeState>, effect: Effect): void {
  unlink(nodes, node);
  const pending: NodeState[] = [node];
  for (let last = pending.pop(); last; last = pending.pop()) {
    nodes.delete(last.id);
    effect.ended.push(last.id);
    for (let child = nodes.get(last.head); child; child = nodes.get(child.next)) pending.push(child);
  }
}

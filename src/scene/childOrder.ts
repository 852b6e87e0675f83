/** The order of a group's children on the server: the fewest moves, and where new nodes go in. */

import { AddAction, type Command } from '../commands/command.js';
import { inOrder } from '../commands/inOrder.js';
import type { NodeId } from '../units.js';
import { endsByItself, type NodeSnapshot } from './nodeSnapshot.js';
import { shortestMove, type Window } from './order.js';
import type { SceneNode } from './sceneNode.js';

/**
 * The order of one group's children: the moves of old ones, and the places of new ones.
 *
 * A target that has ended makes `/s_new` fail. Safe targets are the group itself, groups, synths of the same
 * bundle, and synths that cannot end by themselves. Without a safe target, the node is made at the tail. One
 * `/n_order` then puts the tail in order: it skips ids of removed nodes.
 */
export class ChildOrder {
  /** Commands that put the children on the server in order, where they are not. */
  readonly moves: readonly Command[] = [];
  readonly #made = new Set<SceneNode>();
  /** Index of the first child that was made at the tail and must still be put in place. */
  #unplaced: number | undefined;
  /** Index of the last child that is in its place; -1 for none. */
  #last = -1;

  constructor(
    readonly next: readonly NodeSnapshot[],
    readonly group: NodeId,
    options: { readonly orderPreservesList: boolean },
  ) {
    const kept: NodeSnapshot[] = [];
    const before: number[] = [];
    let isOrdered = true;
    for (let index = 0; index < next.length; index++) {
      const { element } = next[index]!;
      if (!element.isAlive) continue;
      if (before.length > 0 && element.previousIndex < before[before.length - 1]!) isOrdered = false;
      kept.push(next[index]!);
      before.push(element.previousIndex);
      this.#last = index;
    }
    if (isOrdered) return;
    const isAnchor = (position: number) => !endsByItself(kept[position]!);
    const window = shortestMove(before, isAnchor, !options.orderPreservesList)!;
    this.moves = orderCommands(kept, window, group);
  }

  /** The place of the child at `index`, which is not on the server. */
  place(index: number): [AddAction, NodeId] {
    const { element } = this.next[index]!;
    const place = this.#safePlace(index);
    this.#made.add(element);
    if (place) return place;
    this.#unplaced = index;
    return [AddAction.tail, this.group];
  }

  /** Commands that put children in order that could only be made at the tail. */
  lateMoves(): readonly Command[] {
    if (this.#unplaced === undefined) return [];
    const ids = this.next
      .slice(this.#unplaced)
      .flatMap(({ element }) => (element.isAlive ? [element.id!] : []));
    return inOrder(AddAction.tail, this.group, ids);
  }

  #safePlace(index: number): [AddAction, NodeId] | undefined {
    if (index > this.#last) {
      this.#last = index;
      return [AddAction.tail, this.group];
    }
    const unplaced = this.#unplaced ?? this.next.length;
    // The last move takes it where it belongs, with all others from there on.
    if (index > unplaced) return [AddAction.tail, this.group];
    const before = lastAlive(this.next, index);
    if (!before) return [AddAction.head, this.group];
    if (this.#made.has(before.element) || !endsByItself(before)) return [AddAction.after, before.element.id!];
    const after = this.next.slice(index + 1, unplaced).find((snapshot) => snapshot.element.isAlive);
    if (after && !endsByItself(after)) return [AddAction.before, after.element.id!];
    return undefined;
  }
}

function lastAlive(snapshots: readonly NodeSnapshot[], end: number): NodeSnapshot | undefined {
  for (let index = end - 1; index >= 0; index--) {
    if (snapshots[index]!.element.isAlive) return snapshots[index];
  }
  return undefined;
}

/** Puts a part of the children in order: at an end of the group, or beside a child that is sure to be there. */
function orderCommands(
  kept: readonly NodeSnapshot[],
  { first, last }: Window,
  group: NodeId,
): readonly Command[] {
  const ids = kept.slice(first, last + 1).map((snapshot) => snapshot.element.id!);
  const [before, after] = [kept[first - 1], kept[last + 1]];
  if (!after) return inOrder(AddAction.tail, group, ids);
  if (!before) return inOrder(AddAction.head, group, ids);
  const [action, target] = endsByItself(before) ? [AddAction.before, after] : [AddAction.after, before];
  return inOrder(action, target.element.id!, ids);
}

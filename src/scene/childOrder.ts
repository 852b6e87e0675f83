/** The order of a group's children on the server: the fewest moves, and where new nodes go in. */

import { AddAction, type Command } from '../commands/command.js';
import type { NodeId } from '../units.js';
import type { DiffOptions } from './diff.js';
import { longestIncreasingRun } from './order.js';
import type { SceneNode } from './sceneNode.js';
import type { NodeSnapshot } from './snapshot.js';

/** True when the server may free the synth at any moment, so that it is no safe target. */
export function endsByItself(snapshot: NodeSnapshot): boolean {
  return snapshot.kind === 'synth' && snapshot.def.description.freesItself;
}

/**
 * The order of one group's children: which move, and where the new ones go in.
 *
 * A target that has ended makes `/s_new` fail, so only the group itself, groups, and synths that cannot
 * end by themselves or were made in the same bundle serve as targets. Where there is none, the node is
 * made at the tail and one `/n_order` puts the tail in order: it skips ids that are gone.
 */
export class ChildOrder {
  /** What puts the children in order that are on the server already, where they are not. */
  readonly move: Command | undefined;
  readonly #made = new Set<SceneNode>();
  /** Index of the first child that was made at the tail and has to be put in place. */
  #unplaced: number | undefined;
  /** Index of the last child that the server has already; -1 for none. */
  readonly #lastKept: number;

  constructor(
    readonly next: readonly NodeSnapshot[],
    readonly group: NodeId,
    options: DiffOptions,
  ) {
    const kept: NodeSnapshot[] = [];
    const before: number[] = [];
    let lastKept = -1;
    let isOrdered = true;
    for (let index = 0; index < next.length; index++) {
      const { element } = next[index]!;
      if (!element.alive) continue;
      if (before.length > 0 && element.before < before[before.length - 1]!) isOrdered = false;
      kept.push(next[index]!);
      before.push(element.before);
      lastKept = index;
    }
    this.#lastKept = lastKept;
    if (isOrdered) return;
    const stays = longestIncreasingRun(before);
    const first = stays.indexOf(0);
    this.move = orderCommand(kept, first, stays.lastIndexOf(0), group, options.orderAnywhere);
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
  lateMove(): Command | undefined {
    if (this.#unplaced === undefined) return undefined;
    const ids = this.next
      .slice(this.#unplaced)
      .flatMap(({ element }) => (element.alive ? [element.id!] : []));
    return { type: '/n_order', action: AddAction.tail, target: this.group, ids };
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

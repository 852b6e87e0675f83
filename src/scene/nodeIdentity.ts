/** Identity of nodes: those that stay from one tree to the next, and those that are to be there at all. */

import { endsByItself, type GroupSnapshot, type NodeSnapshot } from './nodeSnapshot.js';

/** Index of the first group from `start` on that is to be on the server; the length when there is none. */
export function indexOfGroup(children: readonly NodeSnapshot[], start: number): number {
  let index = start;
  while (index < children.length) {
    const child = children[index]!;
    if (child.kind === 'group' && isWanted(child, undefined)) break;
    index += 1;
  }
  return index;
}

/** True when both lists hold the same elements in the same order, all of them where they were. */
export function sameStructure(
  previous: readonly NodeSnapshot[],
  next: readonly NodeSnapshot[],
  isLossy: boolean,
): boolean {
  if (previous.length !== next.length) return false;
  for (let index = 0; index < next.length; index++) {
    const before = previous[index]!;
    const now = next[index]!;
    if (before === now) continue;
    if (before.element !== now.element || needsNewNode(before, now, isLossy)) return false;
    if (!now.element.isAlive && isWanted(now, before)) return false;
  }
  return true;
}

/**
 * True when the node cannot become the next one by commands to it.
 *
 * @param isLossy - True when a command may arrive twice or late. A `/s_new` that replaces a node fails when
 *   its own node is there already. By then scsynth has given a hidden number to the node that was to be
 *   replaced, which sounds on.
 */
export function needsNewNode(previous: NodeSnapshot, next: NodeSnapshot, isLossy: boolean): boolean {
  if (previous.kind === 'group' || next.kind === 'group') {
    return (
      previous.kind !== next.kind ||
      (previous as GroupSnapshot).isParallel !== (next as GroupSnapshot).isParallel
    );
  }
  return previous.def !== next.def && next.element.isAlive && (isLossy || endsByItself(previous));
}

/** False for a synth that the server has freed: it stays silent until its synthdef changes. */
export function isWanted(next: NodeSnapshot, previous: NodeSnapshot | undefined): boolean {
  if (next.element.state !== 'ended') return true;
  return next.kind === 'synth' && previous?.kind === 'synth' && previous.def !== next.def;
}

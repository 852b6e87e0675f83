/**
 * A node as it is to be on the server: in the server's terms, cached.
 *
 * A node's snapshot is the same object as long as nothing at or below it changed, so `diff` skips whole subtrees by
 * identity. Numbers of a synth change in place, as nothing changes more often (`SynthSnapshot`).
 */

import type { SceneNode } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';

export interface GroupSnapshot {
  readonly kind: 'group';
  readonly element: SceneNode;
  readonly isParallel: boolean;
  readonly isPaused: boolean;
  readonly children: readonly NodeSnapshot[];
  /** True when freeing is all that it takes to remove it: nothing releases in it, nor uses a bus or a buffer. */
  readonly canFreeDirectly: boolean;
}

export type NodeSnapshot = GroupSnapshot | SynthSnapshot;

/** True when the server may free the synth at any moment: it has a done action. */
export function endsByItself(snapshot: NodeSnapshot | undefined): boolean {
  return snapshot?.kind === 'synth' && snapshot.def.description.freesItself;
}

/** The numbers of groups and synths below the root of a tree. */
export function countNodes(tree: GroupSnapshot | null): { groups: number; synths: number } {
  const counts = { groups: 0, synths: 0 };
  const visit = (node: NodeSnapshot): void => {
    if (node.kind === 'synth') counts.synths += 1;
    else {
      counts.groups += 1;
      for (const child of node.children) visit(child);
    }
  };
  for (const child of tree?.children ?? []) visit(child);
  return counts;
}

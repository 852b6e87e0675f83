/** The node tree as rows: what a window onto it shows, and how many there are. */

import type { TreeGroup, TreeNode } from 'react-collider';
import { showControls } from './print.js';

export interface NodeRow {
  readonly depth: number;
  readonly id: number | undefined;
  readonly isGroup: boolean;
  /** `group`, or the name of the synth's definition. */
  readonly what: string;
  /** The element's `name` prop. */
  readonly name: string | undefined;
  /** The component that rendered it. */
  readonly component: string | undefined;
  /** Controls that are not at their default, as they are now. */
  readonly controls: string;
  readonly state: 'paused' | 'ended' | undefined;
}

/** Rows `from` to `from + count` of the tree; the node tree is walked once, and put into words only where it is seen. */
export function nodeRows(
  tree: TreeGroup | null,
  from: number,
  count: number,
): { readonly rows: readonly NodeRow[]; readonly total: number } {
  const rows: NodeRow[] = [];
  let total = 0;
  const walk = (node: TreeNode, depth: number): void => {
    if (total >= from && total < from + count) rows.push(rowOf(node, depth));
    total += 1;
    if (node.type === 'group') for (const child of node.children) walk(child, depth + 1);
  };
  for (const child of tree?.children ?? []) walk(child, 0);
  return { rows, total };
}

function rowOf(node: TreeNode, depth: number): NodeRow {
  const { id, name, component, isPaused } = node;
  const isGroup = node.type === 'group';
  return {
    depth,
    id,
    isGroup,
    what: isGroup ? (node.isParallel ? 'parallel group' : 'group') : node.def,
    name,
    component,
    controls: isGroup ? '' : showControls(node.controls),
    state: !isGroup && node.hasEnded ? 'ended' : isPaused ? 'paused' : undefined,
  };
}

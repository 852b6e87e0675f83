/**
 * The server's nodes as a tree of the scene, so that the difference to the intended tree repairs them.
 */

import type { Command } from '../commands/command.js';
import type { QueryTreeGroup, QueryTreeNode, QueryTreeSynth } from '../commands/queryTree.js';
import type { NodeId } from '../units.js';
import type { GroupSnapshot, NodeSnapshot } from './nodeSnapshot.js';
import type { SceneNode } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';
import { sameWireValue, type WireValue } from './wireValue.js';

/** The group of each node below a group, by the node's id. */
export function parentsBelow(root: QueryTreeGroup): Map<NodeId, NodeId> {
  const parents = new Map<NodeId, NodeId>();
  const visit = ({ id, children }: QueryTreeGroup): void => {
    for (const child of children) {
      parents.set(child.id, id);
      if ('children' in child) visit(child);
    }
  };
  visit(root);
  return parents;
}

/**
 * The snapshot of what is on the server, of the nodes that have an element.
 *
 * @param commands - Takes what sets values again that were set past the tree.
 */
export function snapshotFromServer(
  group: GroupSnapshot,
  node: QueryTreeNode,
  elementOf: (id: NodeId) => SceneNode | undefined,
  commands: Command[],
): GroupSnapshot {
  const children: NodeSnapshot[] = [];
  for (const child of 'children' in node ? node.children : []) {
    const placed = elementOf(child.id)?.sentSnapshot;
    if (!placed) continue;
    const snapshot =
      placed.kind === 'group'
        ? snapshotFromServer(placed, child, elementOf, commands)
        : synthFromServer(placed, child as QueryTreeSynth, commands);
    placed.element.sentSnapshot = snapshot;
    children.push(snapshot);
  }
  return { ...group, children };
}

function synthFromServer(placed: SynthSnapshot, node: QueryTreeSynth, commands: Command[]): SynthSnapshot {
  // The controls were not queried.
  if (node.controlList.length === 0) return placed;
  const { element, table } = placed;
  let values: WireValue[] | undefined;
  const lost: WireValue[] = [];
  for (const [slot, { name, index, defaults, rate }] of table.controls.entries()) {
    // What a trigger was set to is 0 again a block later.
    if (rate === 'trigger') continue;
    const actual = valueOnServer(node.controls, name, index, defaults.length);
    const override = element.overrides?.valueOf(name);
    if (sameWireValue(actual, override ?? placed.values[slot]!)) continue;
    if (override !== undefined) lost.push(name, override);
    else {
      values ??= [...placed.values];
      values[slot] = actual;
    }
  }
  if (lost.length > 0) commands.push({ type: '/n_set', id: element.id!, controls: lost });
  return values ? placed.withValues(values) : placed;
}

function valueOnServer(
  controls: QueryTreeSynth['controls'],
  name: string,
  index: number,
  slots: number,
): WireValue {
  const first = controls[name] ?? 0;
  if (slots === 1) return first;
  return [first, ...Array.from({ length: slots - 1 }, (_, slot) => controls[index + slot + 1] ?? 0)];
}

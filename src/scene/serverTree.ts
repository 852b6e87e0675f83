/** The tree that a server reports: the arguments of `/g_queryTree.reply`. */

import type { ReceivedArgument } from '../osc/message.js';
import type { NodeId } from '../units.js';

export interface ServerNode {
  readonly id: NodeId;
  /** `undefined` for a synth. */
  readonly children: readonly ServerNode[] | undefined;
  readonly parent: ServerNode | undefined;
  /**
   * Values by name, of an array's further slots by index; `undefined` for a group, and for a query without
   * controls.
   */
  readonly controls: ReadonlyMap<string, number | string> | undefined;
}

/** The tree that the arguments say: a flag, and the nodes depth first. */
export function serverTree(args: readonly ReceivedArgument[]): ServerNode {
  const withControls = args[0] === 1;
  let at = 1;
  const take = () => args[at++]!;
  const read = (parent: ServerNode | undefined): ServerNode => {
    const id = Number(take()) as NodeId;
    const count = Number(take());
    if (count < 0) {
      take(); // the name of its definition
      const controls = new Map<string, number | string>();
      for (let left = withControls ? Number(take()) : 0; left > 0; left--)
        controls.set(String(take()), take() as number | string);
      return { id, parent, children: undefined, controls: withControls ? controls : undefined };
    }
    const children: ServerNode[] = [];
    const group: ServerNode = { id, parent, children, controls: undefined };
    for (let left = count; left > 0; left--) children.push(read(group));
    return group;
  };
  return read(undefined);
}

/** All nodes below, by id. */
export function nodesBelow(root: ServerNode): Map<NodeId, ServerNode> {
  const nodes = new Map<NodeId, ServerNode>();
  const visit = (node: ServerNode): void => {
    for (const child of node.children ?? []) {
      nodes.set(child.id, child);
      visit(child);
    }
  };
  visit(root);
  return nodes;
}

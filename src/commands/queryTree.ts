/**
 * The content of `/g_queryTree.reply`, as a tree.
 *
 * Layout: flag, group id, number of children, then each node, depth first. A node is its id, followed by a
 * group's number of children, or by -1 and a synth's definition.
 *
 * With the flag, the number of controls follows, and each control's name and value. A further slot of an
 * array has its index as its name, and a mapped control has its bus as its value.
 */

import type { ReceivedArgument, ReceivedMessage } from '../osc/message.js';
import type { NodeId } from '../units.js';

/** A synth in the reply of `/g_queryTree`. */
export interface QueryTreeSynth {
  /** Id of the synth. */
  readonly id: NodeId;
  /** Name of its definition on the server. */
  readonly def: string;
  /** Values by name; an array control's further slots by their index. `'c5'` is a mapping. */
  readonly controls: Readonly<Record<string, number | string>>;
  /** The same in the order of the definition, which numbers as names do not keep. */
  readonly controlList: readonly (readonly [name: string, value: number | string])[];
}

/** A group in the reply of `/g_queryTree`. */
export interface QueryTreeGroup {
  /** Id of the group. */
  readonly id: NodeId;
  /** Nodes in the group, in the order of execution. */
  readonly children: readonly QueryTreeNode[];
}

/** A node in the reply of `/g_queryTree`; only a group has `children`. */
export type QueryTreeNode = QueryTreeGroup | QueryTreeSynth;

/** The tree of a reply. Without the flag, synths have no controls. */
export function parseQueryTree({ args }: ReceivedMessage): QueryTreeGroup {
  const withControls = args[0] === 1;
  let at = 1;
  const take = (): ReceivedArgument => args[at++]!;
  const node = (): QueryTreeNode => {
    const id = Number(take()) as NodeId;
    const children = Number(take());
    if (children >= 0) return { id, children: Array.from({ length: children }, node) };
    const def = String(take());
    const controlList: [string, number | string][] = [];
    if (withControls) {
      for (let left = Number(take()); left > 0; left--)
        controlList.push([String(take()), take() as number | string]);
    }
    return { id, def, controls: Object.fromEntries(controlList), controlList };
  };
  return node() as QueryTreeGroup;
}

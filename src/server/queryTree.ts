/**
 * What `/g_queryTree.reply` says, as a tree.
 *
 * Layout: flag, group id, number of children, then for each node, depth first: its id, then a group's
 * number of children, or -1 and a synth's definition, and with the flag the number of its controls and
 * each one's name (or index, for the further slots of an array) and value (or bus).
 */

import type { ReceivedArgument, ReceivedMessage } from '../osc/message.js';
import type { NodeId } from '../units.js';

export interface QueryTreeSynth {
  readonly id: NodeId;
  readonly def: string;
  /** Values by name; an array control's further slots by their index. `'c5'` is a mapping. */
  readonly controls: Readonly<Record<string, number | string>>;
}

export interface QueryTreeGroup {
  readonly id: NodeId;
  readonly children: readonly QueryTreeNode[];
}

export type QueryTreeNode = QueryTreeGroup | QueryTreeSynth;

export function parseQueryTree({ args }: ReceivedMessage): QueryTreeGroup {
  const withControls = args[0] === 1;
  let at = 1;
  const take = (): ReceivedArgument => args[at++]!;
  const node = (): QueryTreeNode => {
    const id = Number(take()) as NodeId;
    const children = Number(take());
    if (children >= 0) return { id, children: Array.from({ length: children }, node) };
    const def = String(take());
    const controls: Record<string, number | string> = {};
    if (withControls) {
      for (let left = Number(take()); left > 0; left--) controls[String(take())] = take() as number | string;
    }
    return { id, def, controls };
  };
  return node() as QueryTreeGroup;
}

/**
 * A tree as text, as supriya prints it: four spaces a level, a synth's controls a level below it.
 */
export function printQueryTree(tree: QueryTreeGroup): string {
  const lines = [`NODE TREE ${tree.id} group`];
  const print = (node: QueryTreeNode, indent: string): void => {
    if ('children' in node) {
      lines.push(`${indent}${node.id} group`);
      for (const child of node.children) print(child, `${indent}    `);
      return;
    }
    lines.push(`${indent}${node.id} ${node.def}`);
    const controls = Object.entries(node.controls);
    if (controls.length > 0)
      lines.push(`${indent}    ${controls.map(([name, value]) => `${name}: ${show(value)}`).join(', ')}`);
  };
  for (const child of tree.children) print(child, '    ');
  return lines.join('\n');
}

const show = (value: number | string): string =>
  typeof value === 'string'
    ? value
    : Number.isInteger(value)
      ? value.toFixed(1)
      : String(Number(value.toFixed(6)));

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

/** Format of a printed tree: supriya's, or that of sclang, sc3nb and the servers themselves. */
export type TreeStyle = 'supriya' | 'sclang';

/**
 * A tree as text.
 *
 * `supriya`: four spaces a level, a synth's controls a level below it. `sclang`: three spaces a level, controls two
 * further, as `/g_dumpTree` prints it.
 */
export function printQueryTree(tree: QueryTreeGroup, style: TreeStyle = 'supriya'): string {
  const { head, step, line } = STYLES[style];
  const lines = [head(tree.id)];
  const print = (node: QueryTreeNode, indent: string): void => {
    if ('children' in node) {
      lines.push(`${indent}${node.id} group`);
      for (const child of node.children) print(child, indent + step);
      return;
    }
    lines.push(`${indent}${node.id} ${node.def}`);
    if (node.controlList.length > 0) lines.push(indent + line(node.controlList));
  };
  for (const child of tree.children) print(child, step);
  return lines.join('\n');
}

interface Style {
  readonly head: (id: NodeId) => string;
  readonly step: string;
  readonly line: (controls: readonly (readonly [string, number | string])[]) => string;
}

const STYLES: Readonly<Record<TreeStyle, Style>> = {
  supriya: {
    head: (id) => `NODE TREE ${id} group`,
    step: '    ',
    line: (controls) => `    ${controls.map(([name, value]) => `${name}: ${decimals(value)}`).join(', ')}`,
  },
  sclang: {
    head: (id) => `NODE TREE Group ${id}`,
    step: '   ',
    // The further slots of an array control stand behind it without a name.
    line: (controls) =>
      `  ${controls.map(([name, value]) => (/^\d+$/.test(name) ? digits(value) : `${name}: ${digits(value)}`)).join(' ')}`,
  },
};

const decimals = (value: number | string): string =>
  typeof value === 'string'
    ? value
    : Number.isInteger(value)
      ? value.toFixed(1)
      : String(Number(value.toFixed(6)));

/** C's `%.14g`. */
const digits = (value: number | string): string =>
  typeof value === 'string' ? value : String(Number(value.toPrecision(14)));

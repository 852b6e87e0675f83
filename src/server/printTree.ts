/** The nodes of a server as text, in the words of other clients. */

import type { QueryTreeGroup, QueryTreeNode } from '../commands/queryTree.js';
import type { NodeId } from '../units.js';

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

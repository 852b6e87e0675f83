/** The tree as a list of lines: what is shown of it, in the order of execution. */

import type { Label, Snapshot } from '../../protocol.js';

export interface Row {
  readonly id: number;
  readonly isGroup: boolean;
  readonly isRunning: boolean;
  /** 1 for the root. */
  readonly level: number;
  /** Its place among its siblings, from 1 on, and how many they are. */
  readonly place: number;
  readonly siblings: number;
  /** Nodes in a group, at all depths; 0 for a synth. */
  readonly size: number;
  readonly isExpanded: boolean;
}

type Nodes = Snapshot['nodes'];
type Labels = Snapshot['labels'];

/** True for the synth of a meter, which the inspector itself and the screen of `play` make: it is no part of a piece. */
const isMeter = (label: Label | undefined): boolean =>
  /^react-collider-(level|scope|peaks)-/.test(label?.def ?? '');

/**
 * @param collapsed - Groups whose nodes are not shown.
 * @param search - What a node's id, definition, path or component has to contain; its groups are shown with it.
 */
export function rowsOf(
  nodes: Nodes,
  labels: Labels,
  collapsed: ReadonlySet<number>,
  search: string,
): readonly Row[] {
  const wanted = search.trim().toLowerCase();
  const found = wanted === '' ? undefined : matches(nodes, labels, wanted);
  const rows: Row[] = [];
  const visit = (id: number, level: number, place: number, siblings: number): number => {
    const node = nodes[id];
    if (!node) return 0;
    const children = node.isGroup ? childrenOf(nodes, labels, id, found) : [];
    const isExpanded = node.isGroup && (found !== undefined || !collapsed.has(id));
    const at = rows.length;
    const row = { id, isGroup: node.isGroup, isRunning: node.isRunning, level, place, siblings, isExpanded };
    rows.push({ ...row, size: 0 });
    let size = 0;
    children.forEach((child, index) => {
      size += 1;
      if (isExpanded) size += visit(child, level + 1, index + 1, children.length);
      else size += countBelow(nodes, labels, child);
    });
    if (node.isGroup) rows[at] = { ...row, size };
    return size;
  };
  visit(0, 1, 1, 1);
  return rows;
}

function childrenOf(
  nodes: Nodes,
  labels: Labels,
  id: number,
  found: ReadonlySet<number> | undefined,
): number[] {
  const children: number[] = [];
  for (let child = nodes[nodes[id]?.head ?? -1]; child; child = nodes[child.next])
    if ((!found || found.has(child.id)) && !isMeter(labels[child.id])) children.push(child.id);
  return children;
}

function countBelow(nodes: Nodes, labels: Labels, id: number): number {
  let count = 0;
  for (let child = nodes[nodes[id]?.head ?? -1]; child; child = nodes[child.next])
    if (!isMeter(labels[child.id])) count += 1 + (child.isGroup ? countBelow(nodes, labels, child.id) : 0);
  return count;
}

/** The nodes that are meant, and the groups that they are in. */
function matches(nodes: Nodes, labels: Labels, wanted: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of Object.values(nodes)) {
    if (!textOf(node.id, node.isGroup, labels[node.id]).includes(wanted)) continue;
    for (let at = nodes[node.id]; at && !found.has(at.id); at = nodes[at.parent]) found.add(at.id);
  }
  return found;
}

const textOf = (id: number, isGroup: boolean, label: Label | undefined): string =>
  [id, isGroup ? 'group' : 'synth', label?.def, label?.path, ...(label?.components ?? [])]
    .join(' ')
    .toLowerCase();

/** Name of an element: the end of its path, unless that is its type and place. */
export function givenName(label: Label | undefined): string | undefined {
  const last = label?.path?.split('/').at(-1);
  return last && !/^(Group|Synth)\[\d+\]$/.test(last) ? last : undefined;
}

const IDS_PER_CLIENT = 2 ** 26;

/** Name of a node: a synth's definition, a group's name. */
export function titleOf(id: number, isGroup: boolean, label: Label | undefined, clientId: number): string {
  if (!isGroup) return label?.def ?? 'synth';
  const name = givenName(label);
  if (name) return name;
  if (id === 0) return 'root';
  if (id % IDS_PER_CLIENT === 1 && !label) {
    const owner = Math.floor(id / IDS_PER_CLIENT);
    return owner === clientId ? 'default group' : `default group of client ${owner}`;
  }
  return 'group';
}

/** The id of a node's line in the page. */
export const lineId = (id: number): string => `rci-node-${id}`;

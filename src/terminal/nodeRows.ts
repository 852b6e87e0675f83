/** The node tree as rows: what a window onto it shows, and how many there are. */

import type { Root } from 'react-collider';
import { showValue } from './print.js';

type Tree = NonNullable<Root['tree']>;
type TreeNode = Tree['children'][number];

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
  tree: Tree | null,
  from: number,
  count: number,
): { readonly rows: readonly NodeRow[]; readonly total: number } {
  const rows: NodeRow[] = [];
  let total = 0;
  const walk = (node: TreeNode, depth: number): void => {
    if (total >= from && total < from + count) rows.push(rowOf(node, depth));
    total += 1;
    if (node.kind === 'group') for (const child of node.children) walk(child, depth + 1);
  };
  for (const child of tree?.children ?? []) walk(child, 0);
  return { rows, total };
}

function rowOf(node: TreeNode, depth: number): NodeRow {
  const { element } = node;
  const isGroup = node.kind === 'group';
  return {
    depth,
    id: element.id,
    isGroup,
    what: isGroup ? (node.parallel ? 'parallel group' : 'group') : node.def.name,
    name: element.name,
    component: componentOf(element),
    controls: isGroup ? '' : controlsOf(node),
    state: element.state === 'ended' ? 'ended' : node.paused ? 'paused' : undefined,
  };
}

/** Controls of a synth; values that handles have set past React count more than the props. */
function controlsOf({
  element: { overrides },
  table,
  values,
}: Extract<TreeNode, { readonly kind: 'synth' }>): string {
  const shown: string[] = [];
  for (let slot = 0; slot < table.controls.length; slot++) {
    const { name } = table.controls[slot]!;
    const value = overrides?.valueOf(name) ?? values[slot];
    if (value !== undefined && value !== table.defaults[slot]) shown.push(`${name} ${showValue(value)}`);
  }
  return shown.join('  ');
}

type Element = TreeNode['element'];

/** A component does not change as long as the element is the same. */
const components = new WeakMap<Element, string>();

function componentOf(element: Element): string | undefined {
  const known = components.get(element);
  if (known !== undefined) return known || undefined;
  const [component = ''] = element.components();
  components.set(element, component);
  return component || undefined;
}

/** Trees as data: rendered as JSX, and compared with what a server says of its nodes. */

import type { ReactNode } from 'react';
import { type BusHandle, Group, Synth, useBus } from '../../src/index.js';
import type { QueryTreeGroup, QueryTreeNode } from '../../src/server/index.js';
import type { SynthDef } from '../../src/synthdef/index.js';

export interface SynthTree {
  readonly key: string;
  readonly def: SynthDef;
  readonly controls: Readonly<Record<string, number | readonly number[] | 'lfo'>>;
  readonly paused?: boolean;
}

export interface GroupTree {
  readonly key: string;
  readonly children: readonly Tree[];
}

export type Tree = SynthTree | GroupTree;

/** The trees as elements; `'lfo'` maps a control to a control bus. */
export function Scene({
  trees,
  onBus,
}: {
  trees: readonly Tree[];
  onBus?: (bus: BusHandle) => void;
}): ReactNode {
  const lfo = useBus({ rate: 'control', name: 'lfo' });
  onBus?.(lfo);
  return trees.map((tree) => element(tree, lfo));
}

function element(tree: Tree, lfo: BusHandle): ReactNode {
  if ('children' in tree)
    return <Group key={tree.key}>{tree.children.map((child) => element(child, lfo))}</Group>;
  const controls = Object.fromEntries(
    Object.entries(tree.controls).map(([name, value]) => [name, value === 'lfo' ? lfo.kr() : value]),
  );
  return <Synth key={tree.key} def={tree.def} controls={controls} paused={tree.paused ?? false} />;
}

/** What is compared: definitions, controls and order; ids are the server's. */
export type Shape = readonly (
  | readonly [def: string, controls: Readonly<Record<string, number | string>>]
  | { readonly group: Shape }
)[];

/** What a server is to have for the trees. */
export function wantedShape(trees: readonly Tree[], lfo: number | undefined): Shape {
  return trees.map((tree) => {
    if ('children' in tree) return { group: wantedShape(tree.children, lfo) };
    const controls: Record<string, number | string> = {};
    for (const { name, index, defaults } of tree.def.description.controls) {
      const given = tree.controls[name];
      defaults.forEach((byDefault, slot) => {
        const value =
          given === undefined
            ? byDefault
            : typeof given === 'object'
              ? (given[slot] ?? byDefault)
              : slot === 0
                ? given
                : byDefault;
        controls[slot === 0 ? name : String(index + slot)] = value === 'lfo' ? `c${lfo}` : Math.fround(value);
      });
    }
    return [tree.def.name, controls];
  });
}

/** What a server has, less the nodes that are still releasing. */
export function serverShape(tree: QueryTreeGroup, isReleasing: (node: QueryTreeNode) => boolean): Shape {
  return tree.children
    .filter((node) => !isReleasing(node))
    .map((node) =>
      'children' in node ? { group: serverShape(node, isReleasing) } : [node.def, node.controls],
    );
}

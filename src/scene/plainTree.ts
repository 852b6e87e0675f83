/** A scene's tree as plain data, for those who show, store or compare it. */

import type { NodeId } from '../units.js';
import type { GroupSnapshot, NodeSnapshot } from './nodeSnapshot.js';
import type { SceneNode } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';
import type { WireValue } from './wireValue.js';

/** Facts that groups and synths of a tree have in common. */
export interface TreeNodeFacts {
  /** The id of the node on the server. */
  readonly id: NodeId;
  /** The element's `name` prop. */
  readonly name: string | undefined;
  /** The component that rendered the element. */
  readonly component: string | undefined;
  /** True when the node is paused: by `paused`, or hidden by Suspense or Activity. */
  readonly isPaused: boolean;
}

/** A group of a scene, as plain data. */
export interface TreeGroup extends TreeNodeFacts {
  /** Distinguishes groups from synths. */
  readonly type: 'group';
  /** True for a parallel group, which supernova computes on several cores. */
  readonly isParallel: boolean;
  /** The nodes in the group, in the order in which the server computes them. */
  readonly children: readonly TreeNode[];
}

/** A synth of a scene, as plain data. */
export interface TreeSynth extends TreeNodeFacts {
  /** Distinguishes synths from groups. */
  readonly type: 'synth';
  /** The name of the synth's definition. */
  readonly def: string;
  /** True when the synth has ended by itself, and its element is still mounted. */
  readonly hasEnded: boolean;
  /** Controls that differ from the definition's defaults; `'c5'` is a mapping to control bus 5, `'a6'` to audio bus 6. */
  readonly controls: Readonly<Record<string, WireValue>>;
}

/** A node of a scene, as plain data. */
export type TreeNode = TreeGroup | TreeSynth;

/** The tree as plain data, which nothing changes later. */
export function plainTree(group: GroupSnapshot): TreeGroup {
  return {
    type: 'group',
    ...factsOf(group),
    isParallel: group.isParallel,
    children: group.children.map((child) => (child.kind === 'group' ? plainTree(child) : plainSynth(child))),
  };
}

function plainSynth(synth: SynthSnapshot): TreeSynth {
  const { element, table, values } = synth;
  const controls: Record<string, WireValue> = {};
  for (let slot = 0; slot < table.controls.length; slot++) {
    const { name } = table.controls[slot]!;
    // A value that a handle set past React holds until the prop changes.
    const value = element.overrides?.valueOf(name) ?? values[slot];
    if (value !== undefined && value !== table.defaults[slot]) controls[name] = value;
  }
  return {
    type: 'synth',
    ...factsOf(synth),
    def: synth.def.name,
    hasEnded: element.state === 'ended',
    controls,
  };
}

function factsOf({ element, isPaused }: NodeSnapshot): TreeNodeFacts {
  return {
    id: element.id as NodeId,
    name: element.name,
    component: componentOf(element),
    isPaused: isPaused,
  };
}

/** A component does not change as long as its element is the same, and a walk through the fibers takes a while. */
const components = new WeakMap<SceneNode, string>();

function componentOf(element: SceneNode): string | undefined {
  let component = components.get(element);
  if (component === undefined) {
    component = element.components()[0] ?? '';
    components.set(element, component);
  }
  return component || undefined;
}

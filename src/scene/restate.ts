/**
 * Controls that change while the tree stays what it is: what a performance does most, and what must not cost a walk
 * through the tree.
 *
 * The elements say by themselves that they changed (`SceneNode.restate`); their snapshots take the place of the old
 * ones in copies of the groups above them, which stay immutable for whoever holds them.
 */

import type { Command } from '../commands/command.js';
import { changeControls } from './controls.js';
import type { SceneNode } from './sceneNode.js';
import type { GroupSnapshot, NodeSnapshot, SynthSnapshot } from './snapshot.js';

/**
 * Takes the controls of a root's changed synths to the server.
 *
 * @param told - The tree that the server has been told; `null` for none.
 * @returns the commands; `undefined` when anything else changed too, which `diff` has to find.
 */
export function restate(root: SceneNode, told: GroupSnapshot | null): Command[] | undefined {
  const elements = root.takeRestated();
  if (!told || root.snapshot !== told || !elements.every(isOnlyControls)) {
    for (const element of elements) element.parent?.touch();
    return undefined;
  }
  const commands: Command[] = [];
  const copies = new Set<NodeSnapshot>();
  for (const element of elements) {
    const previous = element.placed as SynthSnapshot;
    const next = element.snapshot as SynthSnapshot;
    if (previous === next) continue;
    if (element.alive) changeControls(element.id!, previous, next, commands);
    element.placed = next;
    copyOf(element.parent!, copies).children[element.place] = next;
  }
  return commands;
}

/** True when the synth is where it was, and the same but for its controls. */
function isOnlyControls({ placed, snapshot, parent, place }: SceneNode): boolean {
  if (placed?.kind !== 'synth' || snapshot?.kind !== 'synth') return false;
  if (placed.def !== snapshot.def || placed.paused !== snapshot.paused) return false;
  const group = parent?.snapshot;
  return group?.kind === 'group' && group.children[place] === placed;
}

type Copy = GroupSnapshot & { readonly children: NodeSnapshot[] };

/** The group's snapshot as one that may be written to, and stands in the one above it. */
function copyOf(group: SceneNode, copies: Set<NodeSnapshot>): Copy {
  const snapshot = group.snapshot as Copy;
  if (copies.has(snapshot)) return snapshot;
  const copy: Copy = { ...snapshot, children: snapshot.children.slice() };
  copies.add(copy);
  group.snapshot = copy;
  if (group.parent) {
    group.placed = copy;
    copyOf(group.parent, copies).children[group.place] = copy;
  }
  return copy;
}

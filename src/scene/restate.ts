/**
 * Controls that change while the tree stays what it is: what a performance does most, and what must not cost a walk
 * through the tree.
 *
 * While a commit goes on, changed synths take their places in copies of the groups above them, so that the root's
 * snapshot is always that of the whole tree, and what the server has to be told is written down. Where more than
 * controls changed that is not used, and `diff` compares the trees.
 */

import type { Command } from '../commands/command.js';
import { SetPlainControls } from '../commands/plainControls.js';
import type { Copier, GroupSnapshot, NodeSnapshot, SynthSnapshot } from './nodeSnapshot.js';
import { RootNode, type SceneNode } from './sceneNode.js';

type Copy = GroupSnapshot & { readonly children: NodeSnapshot[] };

/** What changed below a root since its last commit. */
export class Restatement {
  readonly commands: Command[] = [];
  /** False when the commands are not all that the server has to be told. */
  isWhole = true;
  readonly #groups: SceneNode[] = [];
  /** What the copies know this by; they are kept, and this is not. */
  readonly #copier: Copier = { restatement: this };
  /** The group that was written to last, as changes mostly come in the order of the tree. */
  #group: SceneNode | undefined;
  #copy: Copy | undefined;

  /** @param from - The tree before the changes. */
  constructor(readonly from: GroupSnapshot) {}

  /**
   * Takes the next snapshot of a synth.
   *
   * @param chosen - Which of its controls changed, as bits by slot.
   */
  add(element: SceneNode, previous: SynthSnapshot, next: SynthSnapshot, chosen: number): void {
    const group = element.parent!;
    const copy = group === this.#group ? this.#copy! : this.#copyOf(group);
    this.#group = group;
    this.#copy = copy;
    copy.children[element.place] = next;
    if (element.placed !== previous || element.overrides) {
      this.isWhole = false;
      return;
    }
    // The server is told of it now or by `diff`, which compares with the tree that it was told before.
    element.placed = next;
    if (chosen !== 0 && element.alive)
      this.commands.push(new SetPlainControls(next.table.layout!, next.values, chosen, element.id!));
  }

  /** Takes note that the server has been told. */
  told(): void {
    for (const element of this.#groups) element.placed = element.snapshot!;
  }

  /** Ends it: what changes from now on is another one's. */
  close(): void {
    this.#copier.restatement = undefined;
  }

  /** The group's snapshot as one that may be written to, and stands in the one above it. */
  #copyOf(group: SceneNode): Copy {
    const snapshot = group.snapshot as Copy;
    if (snapshot.copiedFor === this.#copier) return snapshot;
    const { kind, element, parallel, paused, isPlainlyFreed } = snapshot;
    const children = snapshot.children.slice();
    const copy = { kind, element, parallel, paused, children, isPlainlyFreed, copiedFor: this.#copier };
    group.snapshot = copy;
    if (group.parent) {
      this.#groups.push(group);
      this.#copyOf(group.parent).children[group.place] = copy;
    }
    return copy;
  }
}

/**
 * Gives a synth its next snapshot, which differs in nothing but controls.
 *
 * @param chosen - Which of them, as bits by slot.
 */
export function restate(
  element: SceneNode,
  previous: SynthSnapshot,
  next: SynthSnapshot,
  chosen: number,
): void {
  element.snapshot = next;
  const restatement = restatementOf(element.parent);
  if (restatement) restatement.add(element, previous, next, chosen);
  // Something above changed too, so that it is all looked at anyway.
  else element.parent?.touch();
}

/** What takes changes below a group; `undefined` where a group that it is in has to be looked at anew. */
function restatementOf(group: SceneNode | undefined): Restatement | undefined {
  const snapshot = group?.snapshot;
  if (snapshot?.kind !== 'group') return undefined;
  const { copiedFor } = snapshot;
  if (copiedFor?.restatement) return copiedFor.restatement;
  let root = group;
  while (root?.parent && root.snapshot) root = root.parent;
  if (!(root instanceof RootNode) || root.snapshot?.kind !== 'group') return undefined;
  root.restatement ??= new Restatement(root.snapshot);
  return root.restatement;
}

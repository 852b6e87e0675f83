/**
 * Controls that change while the tree stays what it is: what a performance does most, and what must not cost a walk
 * through the tree.
 *
 * Such a synth keeps its snapshot, which takes the new values and says which of them the server does not have yet.
 * The root has a list of these; where nothing else changed, that list is all that has to be looked at, and otherwise
 * `diff` comes upon them.
 */

import type { Command } from '../commands/command.js';
import { SetPlainControls } from '../commands/plainControls.js';
import type { PlainSnapshot } from './plainSnapshot.js';
import type { SceneNode } from './sceneNode.js';

/**
 * Takes note of values that a synth's snapshot took.
 *
 * @param chosen - Which of them the server cannot have, as bits by slot.
 */
export function restate(element: SceneNode, snapshot: PlainSnapshot, chosen: number): void {
  // What the server was never told of is compared with what it was told, all of it.
  if (element.placed !== snapshot) element.parent?.touch();
  else {
    if (snapshot.unsent === 0) element.root?.restated.push(element);
    snapshot.unsent |= chosen;
  }
}

/** Adds the command that tells the server of values that a snapshot took. */
export function sendRestated(snapshot: PlainSnapshot, commands: Command[]): void {
  const { element, table, unsent, values } = snapshot;
  if (unsent === 0) return;
  snapshot.unsent = 0;
  if (!element.alive) return;
  const command = SetPlainControls.of(table.layout!, values, unsent, element.id!);
  if (element.overrides) for (const name of command.names) element.overrides.kept.delete(name);
  commands.push(command);
}

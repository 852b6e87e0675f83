/**
 * How a node leaves: a synth with a gate is released and ends by itself, anything else is freed.
 *
 * A group waits for the last of its releasing synths, so that a reverb in it is heard to the end.
 */

import type { Command } from '../commands/command.js';
import type { NodeId } from '../units.js';
import type { Leaving } from './diff.js';
import type { BufferHandle, BusHandle } from './handles.js';
import type { SceneNode } from './sceneNode.js';
import type { NodeSnapshot, SynthSnapshot } from './snapshot.js';

export interface Removal {
  readonly commands: readonly Command[];
  /** The node, when it sounds on, or when buses and buffers have to stay until it is gone. */
  readonly leaving: Leaving | undefined;
}

/** Takes a node and all below it off the server, as soon as each may go. */
export function removeNode(snapshot: NodeSnapshot, parent: SceneNode): Removal {
  const { element } = snapshot;
  if (!element.alive) {
    forget(snapshot);
    return { commands: [], leaving: undefined };
  }
  const id = element.id!;
  const { released, freed, cut, uses } = collect(snapshot, isPaused(parent));
  forget(snapshot);
  const isGroup = snapshot.kind === 'group';
  if (released.size > 0) {
    const commands: Command[] = cut.map((node) => ({ type: '/n_free', id: node }));
    // On a group this reaches every synth below that has a gate.
    commands.push({ type: '/n_set', id, controls: ['gate', 0] });
    return { commands, leaving: { id, releasedIn: parent, isGroup, waitsFor: released, uses } };
  }
  const leaving =
    uses.length === 0 ? undefined : { id, releasedIn: undefined, isGroup: false, waitsFor: freed, uses };
  return { commands: [{ type: '/n_free', id }], leaving };
}

/** True when `gate 0` will end the synth: it has a gate, and something frees it. */
function releases({ def, exit }: SynthSnapshot): boolean {
  return def.description.hasGate && def.description.freesItself && exit === 'release';
}

function isPaused(element: SceneNode): boolean {
  for (let node: SceneNode | undefined = element; node; node = node.parent) {
    if (node.placed?.paused) return true;
  }
  return false;
}

interface Collected {
  /** Synths that end by themselves after `gate 0`, and nodes that were released before. */
  readonly released: Set<NodeId>;
  /** All other synths. */
  readonly freed: Set<NodeId>;
  /** Those of them that a `gate 0` would reach though they are to be cut. */
  readonly cut: NodeId[];
  readonly uses: (BusHandle | BufferHandle)[];
}

function collect(top: NodeSnapshot, pausedAbove: boolean): Collected {
  const collected: Collected = { released: new Set(), freed: new Set(), cut: [], uses: [] };
  const visit = (snapshot: NodeSnapshot, above: boolean): void => {
    const { element } = snapshot;
    // A paused synth never comes to the end of its envelope, so it is freed.
    const paused = above || snapshot.paused;
    if (!paused && element.lingering) for (const id of element.lingering) collected.released.add(id);
    if (snapshot.kind === 'group') {
      for (const child of snapshot.children) visit(child, paused);
    } else if (element.alive) {
      collected.uses.push(...snapshot.uses);
      if (releases(snapshot) && !paused) collected.released.add(element.id!);
      else collected.freed.add(element.id!);
      if (snapshot.exit === 'free' && snapshot.def.description.hasGate) collected.cut.push(element.id!);
    }
  };
  visit(top, pausedAbove);
  return collected;
}

/** Takes the ids off the elements: what React still holds of them is no longer on the server. */
function forget(snapshot: NodeSnapshot): void {
  snapshot.element.id = undefined;
  snapshot.element.ended = false;
  snapshot.element.placed = undefined;
  if (snapshot.kind === 'group') for (const child of snapshot.children) forget(child);
}

/**
 * How a node leaves: a synth with a gate is released and ends by itself, anything else is freed.
 *
 * A group waits for the last of its releasing synths, so that a reverb in it is heard to the end.
 */

import type { Command } from '../commands/command.js';
import type { NodeId } from '../units.js';
import type { Releasing } from './diff.js';
import type { BufferHandle, BusHandle } from './handles.js';
import type { SceneNode } from './sceneNode.js';
import type { NodeSnapshot, SynthSnapshot } from './snapshot.js';

export interface Removal {
  readonly commands: readonly Command[];
  /** The node, when it sounds on. */
  readonly releasing: Releasing | undefined;
}

/** Takes a node and all below it off the server, as soon as each may go. */
export function removeNode(snapshot: NodeSnapshot, parent: SceneNode): Removal {
  const { element } = snapshot;
  if (!element.alive) {
    forget(snapshot);
    return { commands: [], releasing: undefined };
  }
  const id = element.id!;
  const waitsFor = new Set<NodeId>();
  const uses: (BusHandle | BufferHandle)[] = [];
  const freed: NodeId[] = [];
  collect(snapshot, isPaused(parent), { waitsFor, freed, uses });
  forget(snapshot);
  if (waitsFor.size === 0) return { commands: [{ type: '/n_free', id }], releasing: undefined };
  const releasing: Releasing = { id, isGroup: snapshot.kind === 'group', parent, waitsFor, uses };
  return {
    commands: [
      ...freed.map((node): Command => ({ type: '/n_free', id: node })),
      // On a group this reaches every synth below that has a gate.
      { type: '/n_set', id, controls: ['gate', 0] },
    ],
    releasing,
  };
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

interface Leaving {
  readonly waitsFor: Set<NodeId>;
  readonly freed: NodeId[];
  readonly uses: (BusHandle | BufferHandle)[];
}

/** @param pausedAbove - A paused synth never comes to the end of its envelope, so it is freed. */
function collect(snapshot: NodeSnapshot, pausedAbove: boolean, leaving: Leaving): void {
  const { element } = snapshot;
  const paused = pausedAbove || snapshot.paused;
  if (!pausedAbove) for (const id of element.lingering) leaving.waitsFor.add(id);
  if (snapshot.kind === 'group') {
    for (const child of snapshot.children) collect(child, paused, leaving);
    return;
  }
  if (!element.alive) return;
  leaving.uses.push(...snapshot.uses);
  if (releases(snapshot) && !paused) leaving.waitsFor.add(element.id!);
  else if (snapshot.exit === 'free' && snapshot.def.description.hasGate) leaving.freed.push(element.id!);
}

/** Takes the ids off the elements: what React still holds of them is no longer on the server. */
function forget(snapshot: NodeSnapshot): void {
  snapshot.element.id = undefined;
  snapshot.element.ended = false;
  snapshot.element.placed = undefined;
  if (snapshot.kind === 'group') for (const child of snapshot.children) forget(child);
}

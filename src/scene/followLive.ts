/** The way of a live value to the server, past React: the controls of synths that are there. */

import type { LiveSource } from './liveValue.js';
import { valueGiven } from './readProps.js';
import type { ModulatorUse } from './resolve.js';
import type { SceneNode } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';
import type { WireValue } from './wireValue.js';

/**
 * Makes a control follow a live value.
 *
 * @param at - The place of the value among the slots of the control.
 */
export function follow(source: LiveSource, { element, place }: ModulatorUse, name: string, at: number): void {
  source.addUse(element, place, { update: (value) => update(source, element, name, at, value) });
}

function update(source: LiveSource, element: SceneNode, name: string, at: number, value: number): boolean {
  const { root, snapshot, sentSnapshot } = element;
  if (!root || !isGiven(source, element, name)) return false;
  let wire: WireValue | undefined;
  for (const each of snapshot === sentSnapshot ? [snapshot] : [sentSnapshot, snapshot]) {
    if (each?.kind === 'synth') wire = put(each, name, at, value) ?? wire;
  }
  element.overrides?.propChanged(name);
  if (wire !== undefined && element.isAlive) root.sendControl(element, name, wire);
  return true;
}

/** Writes the value into a snapshot; returns the value of the whole control. */
function put(snapshot: SynthSnapshot, name: string, at: number, value: number): WireValue | undefined {
  const slot = snapshot.table.slotOf(name);
  if (slot === undefined) return undefined;
  const before = snapshot.values[slot]!;
  const wire = typeof before === 'object' ? before.with(at, value) : value;
  snapshot.put(slot, wire);
  return wire;
}

function isGiven(source: LiveSource, element: SceneNode, name: string): boolean {
  const value = valueGiven(element, name);
  return value === source || (Array.isArray(value) && value.includes(source));
}

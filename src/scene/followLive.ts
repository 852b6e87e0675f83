/** The way of a live value to the server, past React: the controls of synths that are there. */

import type { LiveSource } from './liveSource.js';
import { valueGiven } from './readProps.js';
import { type ControlPlace, placeName } from './resolve.js';
import type { SynthSnapshot } from './synthSnapshot.js';
import type { WireValue } from './wireValue.js';

/** Makes a control follow a live value. */
export function follow(source: LiveSource, place: ControlPlace): void {
  const { element } = place;
  source.addUse(
    element,
    placeName(place),
    {
      isOver: () => isOver(source, place),
      update: (value) => update(place, value),
      readAgain: () => {
        element.touch();
        element.root?.host?.commitSoon();
      },
    },
    element.root?.host,
  );
}

function update({ element, name, at }: ControlPlace, value: number): void {
  const { root, snapshot, sentSnapshot } = element;
  let wire: WireValue | undefined;
  for (const each of snapshot === sentSnapshot ? [snapshot] : [sentSnapshot, snapshot]) {
    if (each?.kind === 'synth') wire = put(each, name, at, value) ?? wire;
  }
  element.overrides?.propChanged(name);
  if (wire !== undefined && element.isAlive) root?.sendControl(element, name, wire);
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

/** True when the element is gone, or its props have another value in the place. */
const isOver = (source: LiveSource, place: ControlPlace): boolean =>
  !place.element.root || valueGiven(place) !== source;

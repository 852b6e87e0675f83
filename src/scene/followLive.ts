/** The way of a live value to the server, past React: the controls of synths that are there. */

import type { LiveSource, LiveUse } from './liveSource.js';
import { valueGiven } from './readProps.js';
import { type ControlPlace, placeName } from './resolve.js';
import type { SynthSnapshot } from './synthSnapshot.js';
import type { WireValue } from './wireValue.js';

/** Makes a control follow a live value. */
export function follow(source: LiveSource, place: ControlPlace): void {
  const { element } = place;
  source.addUse(element, placeName(place), new Use(source, place), element.root?.host);
}

class Use implements LiveUse {
  readonly #source: LiveSource;
  readonly #place: ControlPlace;

  constructor(source: LiveSource, place: ControlPlace) {
    this.#source = source;
    this.#place = place;
  }

  get isOver(): boolean {
    return !this.#place.element.root || valueGiven(this.#place) !== this.#source;
  }

  update(value: number): boolean {
    if (this.isOver) return false;
    const { element, name } = this.#place;
    const { snapshot, sentSnapshot } = element;
    let wire: WireValue | undefined;
    if (sentSnapshot?.kind === 'synth') wire = this.#put(sentSnapshot, value);
    if (snapshot !== sentSnapshot && snapshot?.kind === 'synth') wire = this.#put(snapshot, value) ?? wire;
    element.overrides?.propChanged(name);
    if (wire !== undefined && element.isAlive) element.root!.sendControl(element, name, wire);
    return true;
  }

  readAgain(): void {
    const { element } = this.#place;
    element.touch();
    element.root?.host?.commitSoon();
  }

  /** Writes the value into a snapshot; returns the value of the whole control. */
  #put(snapshot: SynthSnapshot, value: number): WireValue | undefined {
    const { table } = snapshot;
    const { name, at } = this.#place;
    const slot = table.slotOf(name);
    if (slot === undefined) return undefined;
    const before = snapshot.values[slot]!;
    const wire = typeof before === 'object' ? before.with(at, value) : value;
    snapshot.put(slot, wire);
    return wire;
  }
}

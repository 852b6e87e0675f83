/**
 * A definition's controls, ready for looking up by name.
 */

import type { ControlDescription, SynthDef } from '../synthdef/index.js';
import { isSynthOwnProp } from './props.js';
import type { WireValue } from './wireValue.js';

/** What stands in for a slot where a prop is one of our own. */
export const OWN_PROP = -1;
/** The same for an unknown control, and for one of several slots. */
export const NO_PLAIN_CONTROL = -2;

export class ControlTable {
  readonly defName: string;
  readonly controls: readonly ControlDescription[];
  /** The definition's own value of each control. */
  readonly defaults: readonly WireValue[];
  /** Where in `controls` the control of a prop is; a control named like a prop of ours is not among them. */
  readonly slotOfProp: ReadonlyMap<string, number>;
  /** The props of the synth that was read last, in their order, and their slots. */
  readonly #names: string[] = [];
  readonly #slots: number[] = [];

  constructor(readonly def: SynthDef) {
    this.defName = def.name;
    this.controls = def.description.controls;
    this.defaults = asDoubles(
      this.controls.map(({ defaults }) => (defaults.length === 1 ? defaults[0]! : defaults)),
    );
    this.slotOfProp = new Map(
      this.controls.flatMap(({ name }, slot) => (isSynthOwnProp(name) ? [] : [[name, slot] as const])),
    );
  }

  /** Where in `controls` the control of that name is; `undefined` when there is none. */
  slotOf(name: string): number | undefined {
    const slot = this.slotOfProp.get(name) ?? this.controls.findIndex((control) => control.name === name);
    return slot < 0 ? undefined : slot;
  }

  /**
   * Where the control of a prop is that takes a single number; `OWN_PROP` or `NO_PLAIN_CONTROL` otherwise.
   *
   * @param position - Which prop of its synth it is. The synths of a definition have theirs in one order as a
   *   rule, so that a comparison of names replaces the search: a third of the time of a large commit.
   */
  plainSlotAt(position: number, name: string): number {
    return this.#names[position] === name ? this.#slots[position]! : this.#learn(position, name);
  }

  #learn(position: number, name: string): number {
    const slot = this.slotOfProp.get(name);
    const known =
      slot === undefined
        ? isSynthOwnProp(name)
          ? OWN_PROP
          : NO_PLAIN_CONTROL
        : this.controls[slot]!.defaults.length === 1
          ? slot
          : NO_PLAIN_CONTROL;
    // What was not read in order leaves no gaps.
    if (position <= this.#names.length) {
      this.#names[position] = name;
      this.#slots[position] = known;
    }
    return known;
  }
}

/**
 * The same values in an array that V8 keeps as doubles even while all are whole numbers: its copies take
 * any number without being converted, and without an object for each.
 */
function asDoubles(values: readonly WireValue[]): readonly WireValue[] {
  if (!values.every((value) => typeof value === 'number')) return values;
  const doubles = [0.5];
  values.forEach((value, index) => {
    doubles[index] = value;
  });
  doubles.length = values.length;
  return doubles;
}

/**
 * A definition's controls, ready for looking up by name.
 */

import { MOST_PLAIN_CONTROLS, PlainLayout } from '../commands/plainControls.js';
import type { ControlDescription, SynthDef } from '../synthdef/index.js';
import type { Seconds } from '../units.js';
import { isSynthOwnProp } from './props.js';
import type { WireValue } from './wireValue.js';

/** What stands in for a slot where a prop is one of our own. */
export const OWN_PROP = -1;
/** The same for an unknown control, and for one of several slots. */
export const NO_PLAIN_CONTROL = -2;

export class ControlTable {
  /** The name that the server knows the definition by. */
  readonly serverName: string;
  /** True when `gate 0` ends synths of the definition: they have a gate, and something frees them. */
  readonly isReleasable: boolean;
  /** True when synths of the definition end by themselves after a time: they are left to it. */
  readonly isOneShot: boolean;
  readonly controls: readonly ControlDescription[];
  /** The definition's own value of each control. */
  readonly defaults: readonly WireValue[];
  /** Where in `controls` the control of a prop is; a control named like a prop of ours is not among them. */
  readonly slotOfProp: ReadonlyMap<string, number>;
  /**
   * The props of the synth that was read last, in their order, and the slots of those that are controls of a
   * single number; `OWN_PROP` and `NO_PLAIN_CONTROL` for others. The synths of a definition have their props
   * in one order as a rule, so that comparing names replaces looking them up; where they differ, `learn`.
   */
  readonly names: string[] = [];
  readonly slots: number[] = [];
  /** The messages of synths with single numbers; `undefined` where there are too many controls for that. */
  readonly layout: PlainLayout | undefined;

  constructor(readonly def: SynthDef) {
    this.serverName = def.serverName ?? def.name;
    const { hasGate, freesItself, lengths } = def.description;
    this.isReleasable = hasGate && freesItself;
    this.isOneShot = lengths.length > 0;
    this.controls = def.description.controls;
    this.defaults = asDoubles(
      this.controls.map(({ defaults }) => (defaults.length === 1 ? defaults[0]! : defaults)),
    );
    this.layout =
      this.controls.length > MOST_PLAIN_CONTROLS
        ? undefined
        : new PlainLayout(
            this.serverName,
            this.controls.map(({ name }) => name),
          );
    this.slotOfProp = new Map(
      this.controls.flatMap(({ name }, slot) => (isSynthOwnProp(name) ? [] : [[name, slot] as const])),
    );
  }

  /**
   * Seconds until a synth ends by itself, with the values of its controls.
   *
   * @returns Infinity where that cannot be told: without such an envelope, or when its times follow a bus.
   */
  lengthWith(values: readonly WireValue[]): Seconds {
    const slots = this.controls.flatMap((_, place) => values[place]!);
    return this.def.description.lengths.reduce((shortest, { base, slots: parts }) => {
      const length = parts.reduce((sum, [slot, factor]) => sum + factor * Number(slots[slot]), base);
      return length < shortest ? length : shortest;
    }, Number.POSITIVE_INFINITY);
  }

  /** Where in `controls` the control of that name is; `undefined` when there is none. */
  slotOf(name: string): number | undefined {
    const slot = this.slotOfProp.get(name) ?? this.controls.findIndex((control) => control.name === name);
    return slot < 0 ? undefined : slot;
  }

  /** The slot of a prop that is not the one known at its position. */
  learn(position: number, name: string): number {
    const slot = this.#plainSlotOf(name);
    // What was not read in order leaves no gaps.
    if (position <= this.names.length) {
      this.names[position] = name;
      this.slots[position] = slot;
    }
    return slot;
  }

  #plainSlotOf(name: string): number {
    const slot = this.slotOfProp.get(name);
    if (slot === undefined) return isSynthOwnProp(name) ? OWN_PROP : NO_PLAIN_CONTROL;
    return this.controls[slot]!.defaults.length === 1 ? slot : NO_PLAIN_CONTROL;
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

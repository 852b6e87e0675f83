/**
 * A definition's controls, ready for looking up by name.
 */

import { ControlLayout } from '../commands/slotSet.js';
import type { ControlDescription, SynthDef } from '../synthdef/index.js';
import type { Seconds } from '../units.js';
import { impulseProblem } from '../uses.js';
import { PropShape, UNKNOWN_CONTROL } from './propShape.js';
import { isSynthOwnProp } from './props.js';
import type { WireValue } from './wireValue.js';

export class ControlTable {
  /** The name that the server knows the definition by. */
  readonly serverName: string;
  /** True when `gate 0` ends synths of the definition: they have a gate, and something frees them. */
  readonly isReleasable: boolean;
  /** True when synths of the definition end by themselves after a time: they are left to it. */
  readonly isOneShot: boolean;
  readonly controls: readonly ControlDescription[];
  /** True when a control has to give an impulse response. */
  readonly hasImpulses: boolean;
  /** The definition's own value of each control. */
  readonly defaults: readonly WireValue[];
  /** The control that audio goes out by, for which a group may give the bus; -1 for none. */
  readonly outSlot: number;
  /** Indices in `controls` by prop; a control named like a prop of ours is not among them. */
  readonly slotOfProp: ReadonlyMap<string, number>;
  /** The shape of the props that were read last. */
  lastShape: PropShape;
  /** The names by slot, and the messages that set them. */
  readonly layout: ControlLayout;

  constructor(readonly def: SynthDef) {
    this.serverName = def.serverName ?? def.name;
    const { hasGate, freesItself, lengths } = def.description;
    this.isReleasable = hasGate && freesItself;
    this.isOneShot = lengths.length > 0;
    this.controls = def.description.controls;
    this.hasImpulses = impulseProblem(def.description, () => false) !== undefined;
    this.defaults = asDoubles(
      this.controls.map(({ defaults }) => (defaults.length === 1 ? defaults[0]! : defaults)),
    );
    this.layout = new ControlLayout(
      this.serverName,
      this.controls.map(({ name }) => name),
    );
    const isOut = def.description.outputs.some(
      ({ bus, slot = 0, rate }) => bus === 'out' && slot === 0 && rate === 'audio',
    );
    this.outSlot = isOut ? this.controls.findIndex(({ name }) => name === 'out') : -1;
    this.slotOfProp = new Map(
      this.controls.flatMap(({ name }, slot) => (isSynthOwnProp(name) ? [] : [[name, slot] as const])),
    );
    this.lastShape = PropShape.empty((name) => {
      const slot = this.slotOfProp.get(name) ?? UNKNOWN_CONTROL;
      return { slot, isScalar: this.controls[slot]?.defaults.length === 1 };
    });
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

  /** The index in `controls` of the control of that name; `undefined` when there is none. */
  slotOf(name: string): number | undefined {
    const slot = this.slotOfProp.get(name) ?? this.controls.findIndex((control) => control.name === name);
    return slot < 0 ? undefined : slot;
  }
}

/**
 * The same values in an array that V8 keeps as doubles, even while all are whole numbers.
 *
 * Copies of such an array take any number without a conversion, and without an object for each.
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

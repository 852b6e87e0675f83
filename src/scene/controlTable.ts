/**
 * A definition's controls, ready for looking up by name.
 */

import type { ControlDescription, SynthDef } from '../synthdef/index.js';
import { isSynthOwnProp } from './props.js';
import type { WireValue } from './wireValue.js';

export class ControlTable {
  readonly defName: string;
  readonly controls: readonly ControlDescription[];
  /** The definition's own value of each control. */
  readonly defaults: readonly WireValue[];
  /** Where in `controls` the control of a prop is; a control named like a prop of ours is not among them. */
  readonly slotOfProp: ReadonlyMap<string, number>;

  constructor(def: SynthDef) {
    this.defName = def.name;
    this.controls = def.description.controls;
    this.defaults = this.controls.map(({ defaults }) => (defaults.length === 1 ? defaults[0]! : defaults));
    this.slotOfProp = new Map(
      this.controls.flatMap(({ name }, slot) => (isSynthOwnProp(name) ? [] : [[name, slot] as const])),
    );
  }

  /** Where in `controls` the control of that name is; `undefined` when there is none. */
  slotOf(name: string): number | undefined {
    const slot = this.slotOfProp.get(name) ?? this.controls.findIndex((control) => control.name === name);
    return slot < 0 ? undefined : slot;
  }
}

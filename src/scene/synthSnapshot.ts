import type { SlotSet } from '../commands/slotSet.js';
import type { SynthDef } from '../synthdef/index.js';
import type { ControlTable } from './controlTable.js';
import type { BufferHandle, BusHandle } from './handles.js';
import type { PropShape } from './propShape.js';
import type { Destination, Exit } from './props.js';
import type { SceneNode } from './sceneNode.js';
import type { WireValue } from './wireValue.js';

const none: readonly never[] = [];

/**
 * A synth as it is to be on the server.
 *
 * Only `change` writes to a snapshot. Numbers are what changes most in a performance, so they change in place: a new
 * snapshot would need a new one of each group above.
 */
export class SynthSnapshot {
  declare readonly kind: 'synth';
  declare readonly element: SceneNode;
  declare readonly table: ControlTable;
  declare readonly values: readonly WireValue[];
  declare readonly isPaused: boolean;
  declare readonly exit: Exit;
  declare readonly uses: readonly (BusHandle | BufferHandle)[];
  declare readonly shape: PropShape | undefined;
  /** The destination that a group around it gave. */
  declare readonly destination: Destination;
  private declare unsent: SlotSet;

  /**
   * @param values - A value for each control of the table: its default where the props give none.
   * @param uses - Buses and buffers that must stay while the synth sounds.
   * @param shape - The shape of the props that the values are from; `undefined` where they are not from props alone.
   */
  constructor(
    element: SceneNode,
    table: ControlTable,
    values: readonly WireValue[],
    paused: boolean,
    exit: Exit = 'release',
    uses: readonly (BusHandle | BufferHandle)[] = none,
    shape: PropShape | undefined = undefined,
    destination: Destination = undefined,
  ) {
    // Declared fields without initializers: a commit may make a thousand of these (`SceneNode`).
    this.kind = 'synth';
    this.element = element;
    this.table = table;
    this.values = values;
    this.isPaused = paused;
    this.exit = exit;
    this.uses = uses;
    this.shape = shape;
    this.destination = destination;
    this.unsent = table.layout.noSlots;
  }

  get def(): SynthDef {
    return this.table.def;
  }

  /** True when freeing is all that it takes to remove the synth: nothing is released, and no bus or buffer waits. */
  get canFreeDirectly(): boolean {
    const { exit, table, uses } = this;
    return uses.length === 0 && (exit !== 'release' || !(table.isReleasable || table.isOneShot));
  }

  /**
   * Takes new numbers.
   *
   * @param slots - Their slots; the first `count` of them.
   * @param isSent - True when the server has the synth, with the values before.
   * @returns true when the server would notice a difference: its numbers are float32.
   */
  change(slots: readonly number[], next: readonly number[], count: number, isSent: boolean): boolean {
    const values = this.values as WireValue[];
    let isNoticed = false;
    for (let index = 0; index < count; index++) {
      const slot = slots[index]!;
      const value = next[index]!;
      if (Math.fround(value) !== Math.fround(values[slot] as number)) {
        isNoticed = true;
        if (isSent) this.unsent = this.unsent.with(slot);
      }
      values[slot] = value;
    }
    return isNoticed;
  }

  /** Takes the value of a slot that goes to the server by another way. */
  put(slot: number, value: WireValue): void {
    (this.values as WireValue[])[slot] = value;
  }

  get hasUnsent(): boolean {
    return this.unsent.size > 0;
  }

  /** The slots whose values the server does not have, though it has the synth; they count as sent from now on. */
  takeUnsent(): SlotSet {
    const unsent = this.unsent;
    this.unsent = this.table.layout.noSlots;
    return unsent;
  }

  /** The same with other values. */
  withValues(values: readonly WireValue[]): SynthSnapshot {
    const { element, table, isPaused, exit, uses, destination } = this;
    return new SynthSnapshot(element, table, values, isPaused, exit, uses, undefined, destination);
  }
}

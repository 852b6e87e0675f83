/** The snapshot of a synth whose controls are all single numbers of its definition. */

import type { SynthDef } from '../synthdef/index.js';
import type { ControlTable } from './controlTable.js';
import type { SynthSnapshot } from './nodeSnapshot.js';
import type { SceneNode } from './sceneNode.js';
import type { WireValue } from './wireValue.js';

const none: readonly never[] = [];

/** What all such synths of a definition have in common is not kept with each. */
export class PlainSnapshot implements SynthSnapshot {
  readonly kind = 'synth';
  /** Which of its values the server does not have though it has the node, as bits by slot. */
  unsent = 0;
  /** True when a command has the values too: they are not to be written to. */
  areLent = false;

  /**
   * @param given - Which controls the props give, as bits by slot.
   * @param size - How many props there are.
   */
  constructor(
    readonly element: SceneNode,
    readonly table: ControlTable,
    public values: readonly WireValue[],
    readonly paused: boolean,
    readonly given: number,
    readonly size: number,
  ) {}

  get def(): SynthDef {
    return this.table.def;
  }

  get exit(): 'release' {
    return 'release';
  }

  get uses(): readonly never[] {
    return none;
  }

  get isPlainlyFreed(): boolean {
    return !this.table.isReleasable && !this.table.isOneShot;
  }

  /** The values, which stay what they are now. */
  lend(): readonly WireValue[] {
    this.areLent = true;
    return this.values;
  }

  /**
   * Takes the next values of some slots.
   *
   * @param changed - Which, as bits.
   */
  take(changed: number, next: ArrayLike<number>): void {
    const values = this.areLent ? this.values.slice() : (this.values as WireValue[]);
    this.values = values;
    this.areLent = false;
    for (let slot = 0, left = changed; left !== 0; slot++, left >>>= 1) {
      if (left & 1) values[slot] = next[slot]!;
    }
  }
}

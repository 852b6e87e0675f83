import type { Argument } from '../osc/message.js';
import { MessageTemplate } from '../osc/template.js';

/** Sets that a definition keeps, with their templates; a piece uses a few. */
const MAX_KEPT_SETS = 256;

/** A definition's controls in the order of its slots. */
export class ControlLayout {
  /** The set of no slots, from which all others are made. */
  readonly noSlots: SlotSet = new SlotSet(this, []);
  #kept = 0;

  /** @param serverName - The name that the server knows the definition by. */
  constructor(
    readonly serverName: string,
    readonly names: readonly string[],
  ) {}

  /** Counts a set that may be kept; false when there are too many. */
  keep(): boolean {
    if (this.#kept === MAX_KEPT_SETS) return false;
    this.#kept += 1;
    return true;
  }
}

/**
 * Some slots of a definition, in ascending order, with the messages that set their controls.
 *
 * A definition has one object for each set that its synths use, so that a message's template is made once.
 */
export class SlotSet {
  readonly #next = new Map<number, SlotSet>();
  /** The slot that was added last, and the set that came of it: synths of a definition mostly set the same controls. */
  #lastSlot = -1;
  #lastSet: SlotSet | undefined;
  #newSynth: MessageTemplate | undefined;
  #setControls: MessageTemplate | undefined;

  /** @param isKept - False for a set that is used once and gets no templates. */
  constructor(
    readonly layout: ControlLayout,
    readonly slots: readonly number[],
    readonly isKept = true,
  ) {}

  get size(): number {
    return this.slots.length;
  }

  get names(): readonly string[] {
    return this.slots.map((slot) => this.layout.names[slot]!);
  }

  has(slot: number): boolean {
    return this.slots.includes(slot);
  }

  /** The set of these slots and one more. */
  with(slot: number): SlotSet {
    if (slot === this.#lastSlot) return this.#lastSet!;
    const { slots } = this;
    if (slots.length === 0 || slot > slots[slots.length - 1]!) return this.#append(slot);
    if (this.has(slot)) return this;
    const sorted = [...slots, slot].sort((a, b) => a - b);
    return sorted.reduce<SlotSet>((set, next) => set.#append(next), this.layout.noSlots);
  }

  #append(slot: number): SlotSet {
    let set = this.#next.get(slot);
    if (!set) {
      const isKept = this.isKept && this.layout.keep();
      set = new SlotSet(this.layout, [...this.slots, slot], isKept);
      if (!isKept) return set;
      this.#next.set(slot, set);
    }
    this.#lastSlot = slot;
    this.#lastSet = set;
    return set;
  }

  /** `/s_new` with numbers for these controls; `undefined` for a set that is not kept. */
  get newSynthTemplate(): MessageTemplate | undefined {
    if (this.isKept) this.#newSynth ??= this.#template('/s_new', [this.layout.serverName, 0, 0, 0]);
    return this.#newSynth;
  }

  /** `/n_set` with numbers for these controls; `undefined` for a set that is not kept. */
  get setControlsTemplate(): MessageTemplate | undefined {
    if (this.isKept) this.#setControls ??= this.#template('/n_set', [0]);
    return this.#setControls;
  }

  #template(address: string, head: readonly Argument[]): MessageTemplate {
    return new MessageTemplate(address, [...head, ...this.names.flatMap((name) => [name, 0])]);
  }

  /** Values of these slots, taken from a value for each control of the definition. */
  pick<Value>(values: readonly Value[]): Value[] {
    const { slots } = this;
    if (slots.length === 1) return [values[slots[0]!]!];
    if (slots.length === values.length) return values.slice();
    const picked: Value[] = new Array(slots.length);
    for (let index = 0; index < slots.length; index++) picked[index] = values[slots[index]!]!;
    return picked;
  }

  /** Names and values in turn. */
  pairs(values: readonly Argument[]): Argument[] {
    return this.slots.flatMap((slot, index) => [this.layout.names[slot]!, values[index]!]);
  }
}

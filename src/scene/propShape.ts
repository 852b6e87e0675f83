import { isSynthOwnProp, type PropCheck, synthOwnProps } from './props.js';

/** Stands in the place of a slot where a prop is one of `<Synth>`'s own. */
export const OWN_PROP = -1;
/** Stands in the place of a slot where a definition has no control of that name. */
export const UNKNOWN_CONTROL = -2;

/** Shapes that a definition keeps: names that users try out in an editor must not add up. */
const MAX_SHAPES = 256;

/** Own props of `<Synth>` that the server notices. */
const NOT_BARE: ReadonlySet<string> = new Set(['paused', 'exit', 'whenHidden', 'controls']);

/** Looks up the control of a prop that is not one of `<Synth>`'s own. */
export type SlotOfProp = (name: string) => { readonly slot: number; readonly isScalar: boolean };

/** A prop of a synth, as its definition understands the name. */
export interface Prop {
  readonly name: string;
  /** Slot of its control. */
  readonly slot: number;
  /** Says what is wrong with a value, where it is one of `<Synth>`'s own. */
  readonly check: PropCheck | undefined;
}

/**
 * The names of a synth's props, in their order, with the slots of their controls.
 *
 * The synths of a definition mostly have the same props in the same order. They share a shape, so that comparing names
 * replaces looking them up.
 */
export class PropShape {
  readonly names: readonly string[];
  readonly props: readonly Prop[];
  /** For each prop the slot of its control, where the control is a single number; -1 for any other prop. */
  readonly scalarSlots: readonly number[];
  /** True when nothing but numbers for controls matters to the server. */
  readonly isBare: boolean;
  /** True with `controls`, whose values come before the others'. */
  readonly hasControls: boolean;
  readonly #slotOf: SlotOfProp;
  readonly #count: { shapes: number };
  readonly #before: PropShape | undefined;
  readonly #next = new Map<string, PropShape>();

  private constructor(slotOf: SlotOfProp, count: { shapes: number }, before?: PropShape, name?: string) {
    this.#slotOf = slotOf;
    this.#count = count;
    this.#before = before;
    this.isBare = !name || (before?.isBare === true && !NOT_BARE.has(name));
    this.hasControls = name === 'controls' || before?.hasControls === true;
    if (!before || name === undefined) {
      this.names = this.props = this.scalarSlots = [];
      return;
    }
    const { slot, isScalar } = isSynthOwnProp(name) ? { slot: OWN_PROP, isScalar: false } : slotOf(name);
    this.names = [...before.names, name];
    this.props = [...before.props, { name, slot, check: synthOwnProps.get(name) }];
    this.scalarSlots = [...before.scalarSlots, isScalar ? slot : -1];
  }

  /** The shape of no props, of a definition. */
  static empty(slotOf: SlotOfProp): PropShape {
    return new PropShape(slotOf, { shapes: 0 });
  }

  /** The shape of the first props. */
  first(count: number): PropShape {
    let shape: PropShape = this;
    while (shape.names.length > count) shape = shape.#before!;
    return shape;
  }

  /** The shape with one more prop. */
  with(name: string): PropShape {
    const known = this.#next.get(name);
    if (known) return known;
    const shape = new PropShape(this.#slotOf, this.#count, this, name);
    if (this.#count.shapes < MAX_SHAPES) {
      this.#count.shapes += 1;
      this.#next.set(name, shape);
    }
    return shape;
  }
}

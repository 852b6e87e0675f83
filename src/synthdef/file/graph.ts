/** A definition as its file holds it: numbered constants, controls and units. */

export type UnitRate = 'scalar' | 'control' | 'audio' | 'demand';

/** Where a unit's input comes from: a constant, or another unit's output. */
export type GraphInput = { readonly constant: number } | { readonly unit: number; readonly output: number };

export interface GraphUnit {
  readonly className: string;
  readonly rate: UnitRate;
  /** Which operator, for BinaryOpUGen and UnaryOpUGen; the first control's index, for Control. */
  readonly specialIndex: number;
  readonly inputs: readonly GraphInput[];
  /** A rate for each output. */
  readonly outputs: readonly UnitRate[];
}

export interface SynthDefVariant {
  /** `defname.variantname`. */
  readonly name: string;
  readonly values: readonly number[];
}

export interface SynthDefGraph {
  readonly name: string;
  readonly constants: readonly number[];
  /** Initial value of each control slot. */
  readonly parameters: readonly number[];
  readonly parameterNames: readonly { readonly name: string; readonly index: number }[];
  /** In the order in which they are computed. */
  readonly units: readonly GraphUnit[];
  readonly variants: readonly SynthDefVariant[];
}

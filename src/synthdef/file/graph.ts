/** A definition as its file holds it: numbered constants, controls and units. */

export type UnitRate = 'scalar' | 'control' | 'audio' | 'demand';

/** The source of a unit's input: a constant, or another unit's output. */
export type GraphInput = { readonly constant: number } | { readonly unit: number; readonly output: number };

/** A unit as it stands in a file. @see https://doc.sccode.org/Reference/Synth-Definition-File-Format.html */
export interface GraphUnit {
  /** Name of the unit's class, such as `SinOsc`. */
  readonly className: string;
  /** Rate of the unit. */
  readonly rate: UnitRate;
  /** Number of the operator, for BinaryOpUGen and UnaryOpUGen; the first control's index, for Control. */
  readonly specialIndex: number;
  /** Sources of the inputs, in the order of the unit. */
  readonly inputs: readonly GraphInput[];
  /** A rate for each output. */
  readonly outputs: readonly UnitRate[];
}

/** Other initial values of a definition, under a name. */
export interface SynthDefVariant {
  /** `defname.variantname`. */
  readonly name: string;
  /** Values of all slots. */
  readonly values: readonly number[];
}

/** A definition as it stands in a file, decoded. */
export interface SynthDefGraph {
  /** Name of the definition. */
  readonly name: string;
  /** Numbers that inputs name by index. */
  readonly constants: readonly number[];
  /** Initial value of each control slot. */
  readonly parameters: readonly number[];
  /** Names of the controls, each with its first slot. */
  readonly parameterNames: readonly { readonly name: string; readonly index: number }[];
  /** In the order in which they are computed. */
  readonly units: readonly GraphUnit[];
  /** Other initial values; empty for most definitions. */
  readonly variants: readonly SynthDefVariant[];
}

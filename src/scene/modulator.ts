import type { SynthDef } from '../synthdef/index.js';
import type { Rate, UnixTime } from '../units.js';
import type { NodeSnapshot } from './nodeSnapshot.js';

/** A modulator as `kr` or `ar` made it. */
export interface ModulatorContent {
  /** The graph, which writes to a bus from its control `out`. */
  readonly def: SynthDef;
  /** Audio or control rate. */
  readonly rate: Rate;
  /** The number of values that the graph gives. */
  readonly channels: number;
  /** Values of the graph's controls, as those of a `<Synth>`. */
  readonly controls: Readonly<Record<string, unknown>>;
}

/** A graph of unit generators that moves a control: what `kr`, `ar`, `lfo` and the like return. */
export class Modulator {
  /** @internal */
  readonly def: SynthDef;
  /** Audio or control rate. */
  readonly rate: Rate;
  /** The number of values: more than one for a control that is an array. */
  readonly channels: number;
  /** Values of the graph's controls. @internal */
  readonly controls: Readonly<Record<string, unknown>>;
  /** True for a graph that begins with a synth of its own, also in the place of an equal one. @internal */
  declare readonly isFresh: boolean | undefined;

  /** @internal */
  constructor({ def, rate, channels, controls }: ModulatorContent) {
    this.def = def;
    this.rate = rate;
    this.channels = channels;
    this.controls = controls;
  }

  /** Gives a synth that is made at a time the controls that depend on the time. @internal */
  prepare?(snapshot: NodeSnapshot, time: UnixTime): void;
}

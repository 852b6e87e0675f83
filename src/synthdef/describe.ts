/** Facts of a definition that playing it needs: its controls, and whether and how it ends. */

import type { GraphInput, GraphUnit, SynthDefGraph } from './file/graph.js';

/** Rate of a control: read once, once a control period, for one period after each set, or each sample. */
export type ControlKind = 'scalar' | 'control' | 'trigger' | 'audio';

/** A control of a definition. */
export interface ControlDescription {
  /** Name of the control. */
  readonly name: string;
  /** Its first slot among the definition's control values. */
  readonly index: number;
  /** The initial value of each slot; several for an array control. */
  readonly defaults: readonly number[];
  /** Rate of the control. */
  readonly rate: ControlKind;
}

/** A bus that a definition reads or writes. */
export interface BusUse {
  /** Class of the unit that reads or writes, such as `Out`. */
  readonly className: string;
  /** Rate of the bus. */
  readonly rate: 'control' | 'audio';
  /** Number of channels, from the bus's first. */
  readonly channels: number;
  /** The bus: a fixed index, the control that gives it, or `undefined` when it is computed. */
  readonly bus: number | string | undefined;
  /** Slot of an array control that gives the bus. @default 0 */
  readonly slot?: number | undefined;
}

/** Use of a buffer: its samples are read or written, its channels counted, or a file is played or written through it. */
export type BufferUseKind = 'reads' | 'writes' | 'asks' | 'plays-file' | 'writes-file';

/** A buffer that a definition uses. */
export interface BufferUse {
  /** Class of the unit, such as `PlayBuf`. */
  readonly className: string;
  /** Use that the unit makes of the buffer. */
  readonly kind: BufferUseKind;
  /** Number of channels; 0 for a unit that only asks. */
  readonly channels: number;
  /** The buffer: a fixed number, the control that gives it, or `undefined` when it is computed. */
  readonly buffer: number | string | undefined;
  /** Slot of an array control that gives the buffer. @default 0 */
  readonly slot?: number | undefined;
}

/** Seconds that depend on controls: `base` and so many times the value of each slot. */
export interface LengthOfControls {
  /** Seconds that depend on no control. */
  readonly base: number;
  /** Controls whose values are added, each times a factor. */
  readonly slots: readonly (readonly [slot: number, factor: number])[];
}

/** Facts of a definition, read from its bytes. */
export interface SynthDefDescription {
  /** Name of the definition. */
  readonly name: string;
  /** In the order of their slots. */
  readonly controls: readonly ControlDescription[];
  /** True with a control named `gate`, which `release` sets to 0. */
  readonly hasGate: boolean;
  /** True when something in it can free the synth: a done action, or FreeSelf and its like. */
  readonly freesItself: boolean;
  /**
   * Seconds that each envelope takes, for a definition without a gate that ends a fixed time after it began.
   *
   * A drum is one (`EnvGen` without a sustain, `Line`). Empty for others.
   */
  readonly lengths: readonly LengthOfControls[];
  /** Class names, each once, in alphabetical order. */
  readonly unitGenerators: readonly string[];
  /** Buses that it reads. */
  readonly inputs: readonly BusUse[];
  /** Buses that it writes. */
  readonly outputs: readonly BusUse[];
  /** Buffers that it uses. */
  readonly buffers: readonly BufferUse[];
}

/** The index of the input that is the done action; the last one where it depends on the number of inputs. */
const DONE_ACTION_INPUT: Readonly<Record<string, number>> = {
  EnvGen: 4,
  Linen: 4,
  Line: 3,
  XLine: 3,
  PlayBuf: 5,
  RecordBuf: 7,
  BufRd: -1,
  Duty: 2,
  TDuty: 2,
  DetectSilence: 3,
  Done: -1,
  DemandEnvGen: 9,
  VDiskIn: -1,
};

const FREEING_UNITS = new Set(['FreeSelf', 'FreeSelfWhenDone', 'PauseSelf', 'PauseSelfWhenDone', 'Free']);

const CONTROL_RATES: Readonly<Record<string, ControlKind>> = {
  Control: 'control',
  LagControl: 'control',
  TrigControl: 'trigger',
  AudioControl: 'audio',
};

const INPUT_UNITS = new Set(['In', 'InFeedback', 'LagIn', 'InTrig', 'SoundIn']);
const OUTPUT_UNITS: Readonly<Record<string, number>> = { Out: 1, ReplaceOut: 1, OffsetOut: 1, XOut: 2 };

interface BufferUnit {
  readonly kind: BufferUseKind;
  /** The index of the input that is the buffer. @default 0 */
  readonly input?: number;
  /** The number of channels, where that is not the number of outputs: fixed, or inputs from this one on. */
  readonly channels?: number;
  readonly channelsFrom?: number;
}

/**
 * Units for which a buffer of another number of channels is silence or a part of the sound: they compare both.
 *
 * @see https://github.com/supercollider/supercollider/tree/main/server/plugins
 */
const BUFFER_UNITS: Readonly<Record<string, BufferUnit>> = {
  PlayBuf: { kind: 'reads' },
  BufRd: { kind: 'reads' },
  Warp1: { kind: 'reads' },
  GrainBuf: { kind: 'reads', input: 2, channels: 1 },
  TGrains: { kind: 'reads', input: 1, channels: 1 },
  PartConv: { kind: 'reads', input: 2, channels: 1 },
  RecordBuf: { kind: 'writes', channelsFrom: 8 },
  BufWr: { kind: 'writes', channelsFrom: 3 },
  BufChannels: { kind: 'asks', channels: 0 },
  DiskIn: { kind: 'plays-file' },
  VDiskIn: { kind: 'plays-file' },
  DiskOut: { kind: 'writes-file', channelsFrom: 1 },
};

/** Controls, buses, buffers and the end of a decoded definition. */
export function describeSynthDef(graph: SynthDefGraph): SynthDefDescription {
  const controls = controlsOf(graph);
  const hasGate = controls.some((control) => control.name === 'gate');
  return {
    name: graph.name,
    controls,
    hasGate,
    lengths: hasGate ? [] : graph.units.flatMap((unit) => lengthOf(unit, graph) ?? []),
    freesItself: graph.units.some((unit) => mayFree(unit, graph)),
    unitGenerators: [...new Set(graph.units.map((unit) => unit.className))].sort(),
    inputs: graph.units
      .filter((unit) => INPUT_UNITS.has(unit.className))
      .map((unit) => busUse(unit, unit.outputs.length, graph)),
    outputs: graph.units
      .filter((unit) => unit.className in OUTPUT_UNITS)
      .map((unit) => busUse(unit, unit.inputs.length - OUTPUT_UNITS[unit.className]!, graph)),
    buffers: graph.units
      .filter((unit) => unit.className in BUFFER_UNITS)
      .map((unit) => bufferUse(unit, BUFFER_UNITS[unit.className]!, graph)),
  };
}

function controlsOf({ parameters, parameterNames, units }: SynthDefGraph): ControlDescription[] {
  const rates = new Map<number, ControlKind>();
  for (const unit of units) {
    const rate = CONTROL_RATES[unit.className];
    if (!rate) continue;
    for (let slot = 0; slot < unit.outputs.length; slot++) {
      rates.set(unit.specialIndex + slot, unit.rate === 'scalar' ? 'scalar' : rate);
    }
  }
  const named = parameterNames.toSorted((a, b) => a.index - b.index);
  return named.map(({ name, index }, position) => ({
    name,
    index,
    defaults: parameters.slice(index, named[position + 1]?.index ?? parameters.length),
    rate: rates.get(index) ?? 'control',
  }));
}

function mayFree(unit: GraphUnit, { constants }: SynthDefGraph): boolean {
  if (FREEING_UNITS.has(unit.className)) return true;
  const position = DONE_ACTION_INPUT[unit.className];
  if (position === undefined) return false;
  const input = unit.inputs.at(position);
  return input !== undefined && !('constant' in input && constants[input.constant] === 0);
}

/** Inputs of EnvGen before its segments, and of each segment. @see EnvGen_Ctor in LFUGens.cpp */
const [TIME_SCALE, DONE_ACTION, SEGMENTS, RELEASE_NODE, LOOP_NODE, FIRST_SEGMENT] = [3, 4, 6, 7, 8, 9];
const SEGMENT_SIZE = 4;
const FREES = 2;

/** Seconds after which an envelope frees its synth without waiting for anything. */
function lengthOf({ className, inputs }: GraphUnit, graph: SynthDefGraph): LengthOfControls | undefined {
  const number = (index: number): number => {
    const input = inputs[index];
    return input && 'constant' in input ? graph.constants[input.constant]! : Number.NaN;
  };
  switch (className) {
    case 'Line':
    case 'XLine':
      return number(3) >= FREES ? linear(inputs[2], graph) : undefined;
    case 'EnvGen': {
      if (!(number(DONE_ACTION) >= FREES && number(RELEASE_NODE) < 0 && number(LOOP_NODE) < 0))
        return undefined;
      let sum: LengthOfControls | undefined = { base: 0, slots: [] };
      for (let segment = 0; segment < number(SEGMENTS); segment++)
        sum = added(sum, linear(inputs[FIRST_SEGMENT + segment * SEGMENT_SIZE + 1], graph));
      return times(sum, number(TIME_SCALE));
    }
    default:
      return undefined;
  }
}

/** An input as a sum of controls, where it is one. */
function linear(input: GraphInput | undefined, graph: SynthDefGraph): LengthOfControls | undefined {
  if (!input) return undefined;
  if ('constant' in input) return { base: graph.constants[input.constant]!, slots: [] };
  const { className, specialIndex, inputs } = graph.units[input.unit]!;
  if (CONTROL_RATES[className]) return { base: 0, slots: [[specialIndex + input.output, 1]] };
  if (className !== 'BinaryOpUGen' || specialIndex > 2) return undefined;
  const [a, b] = inputs.map((each) => linear(each, graph));
  // The numbers of `+`, `-` and `*`.
  if (specialIndex === 0) return added(a, b);
  if (specialIndex === 1) return added(a, times(b, -1));
  return a?.slots.length === 0 ? times(b, a.base) : b?.slots.length === 0 ? times(a, b.base) : undefined;
}

const added = (a: LengthOfControls | undefined, b: LengthOfControls | undefined) =>
  a && b && { base: a.base + b.base, slots: [...a.slots, ...b.slots] };

const times = (a: LengthOfControls | undefined, factor: number): LengthOfControls | undefined =>
  a && Number.isFinite(factor)
    ? { base: a.base * factor, slots: a.slots.map(([slot, each]) => [slot, each * factor]) }
    : undefined;

function busUse(unit: GraphUnit, channels: number, graph: SynthDefGraph): BusUse {
  const rate = unit.rate === 'audio' ? 'audio' : 'control';
  const { number: bus, slot } = givenBy(unit.inputs[0], graph);
  return { className: unit.className, rate, channels, bus, ...(slot > 0 && { slot }) };
}

function bufferUse(
  unit: GraphUnit,
  { kind, input = 0, channels, channelsFrom }: BufferUnit,
  graph: SynthDefGraph,
): BufferUse {
  const { className, inputs, outputs } = unit;
  const count = channels ?? (channelsFrom === undefined ? outputs.length : inputs.length - channelsFrom);
  const { number: buffer, slot } = givenBy(inputs[input], graph);
  return { className, kind, channels: count, buffer, ...(slot > 0 && { slot }) };
}

/** The source of the number of a bus or buffer: it is fixed, or a control's name with the slot in it. */
function givenBy(
  input: GraphInput | undefined,
  graph: SynthDefGraph,
): { readonly number: number | string | undefined; readonly slot: number } {
  if (!input) return { number: undefined, slot: 0 };
  if ('constant' in input) return { number: graph.constants[input.constant], slot: 0 };
  const source = graph.units[input.unit];
  if (!source || !(source.className in CONTROL_RATES)) return { number: undefined, slot: 0 };
  const slot = source.specialIndex + input.output;
  const control = graph.parameterNames.findLast(({ index }) => index <= slot);
  return { number: control?.name, slot: control ? slot - control.index : 0 };
}

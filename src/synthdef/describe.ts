/**
 * What one has to know of a definition to play it: its controls, and whether and how it ends.
 */

import type { GraphInput, GraphUnit, SynthDefGraph } from './file/graph.js';

export type ControlRate = 'scalar' | 'control' | 'trigger' | 'audio';

export interface ControlDescription {
  readonly name: string;
  /** Its first slot among the definition's control values. */
  readonly index: number;
  /** The initial value of each slot; several for an array control. */
  readonly defaults: readonly number[];
  readonly rate: ControlRate;
}

/** A bus that a definition reads or writes. */
export interface BusUse {
  readonly className: string;
  readonly rate: 'control' | 'audio';
  readonly channels: number;
  /** The bus: a fixed index, the control that gives it, or `undefined` when it is computed. */
  readonly bus: number | string | undefined;
}

export interface SynthDefDescription {
  readonly name: string;
  /** In the order of their slots. */
  readonly controls: readonly ControlDescription[];
  /** True with a control named `gate`, which `release` sets to 0. */
  readonly hasGate: boolean;
  /** True when something in it can free the synth: a done action, or FreeSelf and its like. */
  readonly freesItself: boolean;
  /** Class names, each once, in alphabetical order. */
  readonly unitGenerators: readonly string[];
  readonly inputs: readonly BusUse[];
  readonly outputs: readonly BusUse[];
}

/** Which input is the done action; the last one where it depends on the number of inputs. */
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

const CONTROL_RATES: Readonly<Record<string, ControlRate>> = {
  Control: 'control',
  LagControl: 'control',
  TrigControl: 'trigger',
  AudioControl: 'audio',
};

const INPUT_UNITS = new Set(['In', 'InFeedback', 'LagIn', 'InTrig', 'SoundIn']);
const OUTPUT_UNITS: Readonly<Record<string, number>> = { Out: 1, ReplaceOut: 1, OffsetOut: 1, XOut: 2 };

export function describeSynthDef(graph: SynthDefGraph): SynthDefDescription {
  const controls = controlsOf(graph);
  return {
    name: graph.name,
    controls,
    hasGate: controls.some((control) => control.name === 'gate'),
    freesItself: graph.units.some((unit) => mayFree(unit, graph)),
    unitGenerators: [...new Set(graph.units.map((unit) => unit.className))].sort(),
    inputs: graph.units
      .filter((unit) => INPUT_UNITS.has(unit.className))
      .map((unit) => busUse(unit, unit.outputs.length, graph)),
    outputs: graph.units
      .filter((unit) => unit.className in OUTPUT_UNITS)
      .map((unit) => busUse(unit, unit.inputs.length - OUTPUT_UNITS[unit.className]!, graph)),
  };
}

function controlsOf({ parameters, parameterNames, units }: SynthDefGraph): ControlDescription[] {
  const rates = new Map<number, ControlRate>();
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

function busUse(unit: GraphUnit, channels: number, graph: SynthDefGraph): BusUse {
  const rate = unit.rate === 'audio' ? 'audio' : 'control';
  return { className: unit.className, rate, channels, bus: busOf(unit.inputs[0], graph) };
}

function busOf(input: GraphInput | undefined, graph: SynthDefGraph): number | string | undefined {
  if (!input) return undefined;
  if ('constant' in input) return graph.constants[input.constant];
  const source = graph.units[input.unit];
  if (!source || !(source.className in CONTROL_RATES)) return undefined;
  const slot = source.specialIndex + input.output;
  return graph.parameterNames.findLast(({ index }) => index <= slot)?.name;
}

/**
 * Controls: the numbers of a playing synth that commands can set.
 *
 * Controls of one rate share a unit, in the order initial-rate, trigger, audio, control. Their slots are
 * numbered in that order. Their names stay in the order in which they were written.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/SynthDef.sc
 *   (buildControls)
 */

import { SuperColliderError } from '../../errors.js';
import { isFloat32 } from '../../units.js';
import { Env } from '../composites/env.js';
import type { UnitRate } from '../file/graph.js';
import { asSignal, Channels, type Mono, type Signal } from '../signal/signal.js';
import { type Graph, newUnit } from './build.js';
import type { UnitKind } from './unit.js';

/** The kind of a control in a graph. */
export type ControlSort = 'scalar' | 'trigger' | 'audio' | 'control';

/** A control as one writes it: its value, and how it moves. */
export class ControlSpec<Value extends number | readonly number[] = number | readonly number[]> {
  constructor(
    readonly value: Value,
    readonly sort: ControlSort,
    readonly lag: number | readonly number[] = 0,
  ) {}
}

/** Read once, when the synth starts. @default 0 */
export function initialRate<const Value extends number | readonly number[] = 0>(value: Value = 0 as Value) {
  return new ControlSpec<Value>(value, 'scalar');
}

/** Set for one control period, then 0 again. @default 0 */
export function trigger<const Value extends number | readonly number[] = 0>(value: Value = 0 as Value) {
  return new ControlSpec<Value>(value, 'trigger');
}

/** Can be mapped to an audio bus. @default 0 */
export function audioRate<const Value extends number | readonly number[] = 0>(value: Value = 0 as Value) {
  return new ControlSpec<Value>(value, 'audio');
}

/** Glides to a new value, 60 dB nearer after `seconds`. @default 0, 0.1 s */
export function lagged<const Value extends number | readonly number[] = 0>(
  value: Value = 0 as Value,
  seconds: number | readonly number[] = 0.1,
) {
  return new ControlSpec<Value>(value, 'control', seconds);
}

/** An Env stands for its numbers, as `Env.asArray()` gives them. */
export type ControlInput = number | readonly number[] | Env | ControlSpec;

const kinds: Readonly<Record<ControlSort, UnitKind>> = {
  scalar: { className: 'Control', manyOutputs: true },
  trigger: { className: 'TrigControl', manyOutputs: true },
  audio: { className: 'AudioControl', manyOutputs: true },
  control: { className: 'Control', manyOutputs: true },
};
const lagKind: UnitKind = { className: 'LagControl', manyOutputs: true };
const unitRates: Readonly<Record<ControlSort, UnitRate>> = {
  scalar: 'scalar',
  trigger: 'control',
  audio: 'audio',
  control: 'control',
};

/** `i_`, `t_` and `a_` before a name give the rate, as in sclang. */
const prefixes: Readonly<Record<string, ControlSort>> = { i_: 'scalar', t_: 'trigger', a_: 'audio' };

export function specOf(name: string, input: ControlInput, defName: string): ControlSpec {
  const sort = prefixes[name.slice(0, 2)] ?? 'control';
  const value = input instanceof Env ? input.asArray() : input;
  const spec = value instanceof ControlSpec ? value : new ControlSpec(value, sort);
  const values = valuesOf(spec);
  const wrong = values.findIndex((value) => !isFloat32(value));
  if (wrong >= 0 || values.length === 0) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `synthDef("${defName}"): the control "${name}" is ${values.length === 0 ? 'an empty array' : String(values[wrong])}: ` +
        'give a number up to 3.4e38, an array of numbers, an Env, or initialRate(…), trigger(…), audioRate(…), lagged(…).',
    );
  }
  return spec;
}

const valuesOf = (spec: ControlSpec): readonly number[] =>
  Array.isArray(spec.value) ? spec.value : [spec.value as number];

/** Adds the units of these controls to `graph`; gives each control's signal by its name. */
export function addControls(graph: Graph, specs: ReadonlyMap<string, ControlSpec>): Map<string, Signal> {
  const signals = new Map<string, Signal>();
  const indices = new Map<string, number>();
  for (const sort of ['scalar', 'trigger', 'audio', 'control'] as const) {
    const group = [...specs].filter(([, spec]) => spec.sort === sort);
    if (group.length === 0) continue;
    const first = graph.parameters.length;
    const outputs = addControlUnits(
      graph,
      sort,
      group.map(([, spec]) => spec),
    );
    let slot = 0;
    for (const [name, spec] of group) {
      const size = valuesOf(spec).length;
      const own = outputs.slice(slot, slot + size);
      signals.set(name, Array.isArray(spec.value) ? new Channels(own) : own[0]!);
      indices.set(name, first + slot);
      slot += size;
    }
  }
  for (const [name, spec] of specs) {
    graph.controls.push({ name, index: indices.get(name)!, size: valuesOf(spec).length, spec });
  }
  return signals;
}

function addControlUnits(graph: Graph, sort: ControlSort, specs: readonly ControlSpec[]): readonly Mono[] {
  const values = specs.flatMap(valuesOf);
  const lags = specs.flatMap((spec) => {
    const given = Array.isArray(spec.lag) ? spec.lag : [spec.lag as number];
    return valuesOf(spec).map((_, index) => given[index % given.length]!);
  });
  if (sort !== 'control' || lags.every((lag) => lag === 0)) {
    return addControlUnit(graph, kinds[sort], unitRates[sort], values, []);
  }
  // The server's LagControl takes 16 at most.
  return Array.from({ length: Math.ceil(values.length / 16) }, (_, part) =>
    addControlUnit(
      graph,
      lagKind,
      'control',
      values.slice(part * 16, part * 16 + 16),
      lags.slice(part * 16, part * 16 + 16),
    ),
  ).flat();
}

function addControlUnit(
  graph: Graph,
  kind: UnitKind,
  rate: UnitRate,
  values: readonly number[],
  lags: readonly number[],
): readonly Mono[] {
  const unit = newUnit(
    kind,
    rate,
    lags.map((lag) => asSignal(lag) as Mono),
    {
      outputs: values.length,
      specialIndex: graph.parameters.length,
    },
  );
  graph.parameters.push(...values);
  return unit.outputs;
}

/**
 * The time at which a synth ends by itself, as far as its definition tells.
 *
 * A score gets no replies, so no message reports that a done action has freed a synth. The envelopes tell it:
 * the times of an `EnvGen`, `Linen` or `Line` with a done action, where they are numbers or controls.
 *
 * All results are upper bounds, late by a few milliseconds at most. A synth that still sounds therefore never
 * counts as ended.
 */

import { decodeSynthDefs, type GraphInput, type GraphUnit, type SynthDefGraph } from '../synthdef/index.js';
import type { Seconds } from '../units.js';

/** A control's value by its slot; NaN for what follows a bus. */
export type SlotValues = ArrayLike<number>;

export interface Endings {
  /** Seconds from the start to the end of a synth that ends by itself; `undefined` when that cannot be told. */
  afterStart(values: SlotValues): Seconds | undefined;
  /** Seconds from `gate 0` to the end; `undefined` when that cannot be told. */
  afterRelease(values: SlotValues): Seconds | undefined;
}

/** An envelope ends on control periods: of 128 samples at 44.1 kHz, one for each segment and two to spare. */
const PERIOD: Seconds = 128 / 44_100;

/** Done actions from 2 on free the synth; 1 pauses it. */
const FREES = 2;

export function endingsOf(bytes: Uint8Array, name: string): Endings {
  const graph = decodeSynthDefs(bytes).find((each) => each.name === name)!;
  const envelopes = graph.units.flatMap((unit) => envelopeOf(unit, graph));
  const gate = graph.parameterNames.find((each) => each.name === 'gate')?.index;
  const earliest = (values: SlotValues, isReleased: boolean) =>
    envelopes.reduce<Seconds | undefined>((least, envelope) => {
      const seconds = envelope(values, isReleased, gate);
      return seconds === undefined || (least !== undefined && least <= seconds) ? least : seconds;
    }, undefined);
  return {
    afterStart: (values) => earliest(values, false),
    afterRelease: (values) => earliest(values, true),
  };
}

/** Seconds until an envelope frees its synth, from the start or from the release. */
type Envelope = (values: SlotValues, isReleased: boolean, gate: number | undefined) => Seconds | undefined;

function envelopeOf(unit: GraphUnit, graph: SynthDefGraph): Envelope[] {
  const value = (index: number, values: SlotValues) => inputValue(unit.inputs[index], graph, values);
  const frees = (index: number) => {
    const input = unit.inputs[index];
    return input !== undefined && 'constant' in input && graph.constants[input.constant]! >= FREES;
  };
  switch (unit.className) {
    case 'Line':
    case 'XLine':
      return frees(3) ? [(values, isReleased) => (isReleased ? undefined : ends(value(2, values), 1))] : [];
    case 'Linen':
      if (!frees(4)) return [];
      return [
        (values, isReleased, gate) =>
          isReleased && isGate(unit.inputs[0], graph, gate) ? ends(value(3, values), 1) : undefined,
      ];
    case 'EnvGen':
      return frees(4) ? [envGen(unit, graph)] : [];
    default:
      return [];
  }
}

/** Inputs of EnvGen before the segments, and of each segment. @see EnvGen_Ctor in LFUGens.cpp */
const [GATE, TIME_SCALE, SEGMENTS, RELEASE_NODE, LOOP_NODE, FIRST] = [0, 3, 6, 7, 8, 9];
const SEGMENT = 4;
const NO_NODE = -99;

function envGen(unit: GraphUnit, graph: SynthDefGraph): Envelope {
  const value = (index: number, values: SlotValues) => inputValue(unit.inputs[index], graph, values);
  return (values, isReleased, gate) => {
    const count = value(SEGMENTS, values);
    const node = value(RELEASE_NODE, values);
    const loop = value(LOOP_NODE, values);
    if (count === undefined || node === undefined) return undefined;
    const sustains = node !== NO_NODE && node >= 0;
    // What sustains is ended by its gate alone; what does not goes on as if there was none.
    if (sustains !== isReleased || (sustains && !isGate(unit.inputs[GATE], graph, gate))) return undefined;
    if (!sustains && loop !== undefined && loop !== NO_NODE && loop >= 0) return undefined;
    const scale = value(TIME_SCALE, values);
    let seconds: Seconds | undefined = 0;
    const first = sustains ? Math.max(0, node) : 0;
    for (let segment = first; segment < count && seconds !== undefined; segment++) {
      const time = value(FIRST + segment * SEGMENT + 1, values);
      seconds = time === undefined || scale === undefined ? undefined : seconds + Math.max(0, time * scale);
    }
    return ends(seconds, count);
  };
}

const ends = (seconds: Seconds | undefined, segments: number): Seconds | undefined =>
  seconds === undefined || !(seconds < Number.POSITIVE_INFINITY)
    ? undefined
    : Math.max(0, seconds) + (segments + 2) * PERIOD;

/** True when an input is the control `gate` itself. */
function isGate(input: GraphInput | undefined, graph: SynthDefGraph, gate: number | undefined): boolean {
  return gate !== undefined && input !== undefined && slotOf(input, graph) === gate;
}

const CONTROLS = new Set(['Control', 'TrigControl', 'LagControl', 'AudioControl']);

/** The control slot that an input reads. */
function slotOf(input: GraphInput, graph: SynthDefGraph): number | undefined {
  if ('constant' in input) return undefined;
  const unit = graph.units[input.unit]!;
  return CONTROLS.has(unit.className) ? unit.specialIndex + input.output : undefined;
}

/** Binary operators by their number in `BinaryOpUGen`. */
const BINARY: Readonly<Record<number, (a: number, b: number) => number>> = {
  0: (a, b) => a + b,
  1: (a, b) => a - b,
  2: (a, b) => a * b,
  4: (a, b) => a / b,
  12: Math.min,
  13: Math.max,
};

/** The value of an input that is a number, a control, or arithmetic with these. */
function inputValue(
  input: GraphInput | undefined,
  graph: SynthDefGraph,
  values: SlotValues,
): number | undefined {
  if (!input) return undefined;
  if ('constant' in input) return graph.constants[input.constant];
  const slot = slotOf(input, graph);
  if (slot !== undefined) return Number.isFinite(values[slot]) ? values[slot] : undefined;
  const { className, specialIndex, inputs } = graph.units[input.unit]!;
  const terms = () => inputs.map((each) => inputValue(each, graph, values));
  if (className === 'BinaryOpUGen') {
    const [a, b] = terms();
    return a === undefined || b === undefined ? undefined : BINARY[specialIndex]?.(a, b);
  }
  if (className === 'UnaryOpUGen' && specialIndex === 0) {
    const [a] = terms();
    return a === undefined ? undefined : -a;
  }
  if (className === 'MulAdd') {
    const [a, b, c] = terms();
    return a === undefined || b === undefined || c === undefined ? undefined : a * b + c;
  }
  return undefined;
}

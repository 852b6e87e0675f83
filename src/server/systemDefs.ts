/** The definitions that the server's own parts play: volume, recorder and test sound. */

import {
  encodeSynthDefs,
  type GraphInput,
  type GraphUnit,
  type SynthDef,
  synthDefsFromBytes,
  type UnitRate,
} from '../synthdef/index.js';

const TIMES = 2;
const MINUS = 1;
const FREE_SELF = 2;

/** Builds a graph unit by unit: each input is a number, or an output of an earlier unit. */
class Graph {
  readonly #units: GraphUnit[] = [];
  readonly #constants: number[] = [];

  constructor(
    readonly name: string,
    readonly controls: Readonly<Record<string, number>>,
  ) {
    this.unit('Control', 'control', [], Object.keys(controls).length);
  }

  control(name: string): GraphInput {
    return { unit: 0, output: Object.keys(this.controls).indexOf(name) };
  }

  /** Adds a unit; gives its outputs. */
  unit(
    className: string,
    rate: UnitRate,
    inputs: readonly (GraphInput | number)[],
    outputs = 1,
    specialIndex = 0,
  ): GraphInput[] {
    const unit = this.#units.length;
    this.#units.push({
      className,
      rate,
      specialIndex,
      inputs: inputs.map((input) => (typeof input === 'number' ? this.#constant(input) : input)),
      outputs: Array.from({ length: outputs }, () => rate),
    });
    return Array.from({ length: outputs }, (_, output) => ({ unit, output }));
  }

  one(className: string, rate: UnitRate, ...inputs: readonly (GraphInput | number)[]): GraphInput {
    return this.unit(className, rate, inputs)[0]!;
  }

  operator(special: number, rate: UnitRate, a: GraphInput, b: GraphInput | number): GraphInput {
    return this.unit('BinaryOpUGen', rate, [a, b], 1, special)[0]!;
  }

  build(): SynthDef {
    const names = Object.keys(this.controls);
    const graph = {
      name: this.name,
      constants: this.#constants,
      parameters: Object.values(this.controls),
      parameterNames: names.map((name, index) => ({ name, index })),
      units: this.#units,
      variants: [],
    };
    return synthDefsFromBytes(encodeSynthDefs([graph]))[0]!;
  }

  #constant(value: number): GraphInput {
    let constant = this.#constants.indexOf(value);
    if (constant < 0) constant = this.#constants.push(value) - 1;
    return { constant };
  }
}

/**
 * Multiplies buses in place by an amplitude that glides; leaves with a short fade.
 *
 * @see Volume in SuperCollider's SCClassLibrary/Common/Control/Volume.sc
 */
export function volumeDef(channels: number): SynthDef {
  const graph = new Graph(`volumeAmpControl${channels}`, { volumeAmp: 1, volumeLag: 0.1, gate: 1, bus: 0 });
  const bus = graph.control('bus');
  const signals = graph.unit('In', 'audio', [bus], channels);
  const amp = graph.one('Lag', 'control', graph.control('volumeAmp'), graph.control('volumeLag'));
  const fade = graph.one('Linen', 'control', graph.control('gate'), 0.01, 1, 0.05, FREE_SELF);
  const scaled = signals.map((signal) => graph.operator(TIMES, 'audio', signal, amp));
  graph.unit('XOut', 'audio', [bus, fade, ...scaled], 0);
  return graph.build();
}

/** The address of a recording's progress. */
export const RECORDING_PROGRESS = '/recordingDuration';

/**
 * Writes buses to the file that its buffer has open, tells each second how long it has, and ends after `duration`.
 *
 * @see Recorder in SuperCollider's SCClassLibrary/Common/Control/Recorder.sc
 */
export function recorderDef(channels: number): SynthDef {
  const graph = new Graph(`react-collider-recorder-${channels}`, {
    buffer: 0,
    bus: 0,
    duration: 0,
    doneAction: 0,
    replyId: 0,
  });
  const duration = graph.control('duration');
  const tick = graph.one('Impulse', 'control', 1, 0);
  const seconds = graph.operator(MINUS, 'control', graph.one('PulseCount', 'control', tick, 0), 1);
  graph.one('Line', 'control', 0, duration, duration, graph.control('doneAction'));
  const address = [...RECORDING_PROGRESS].map((letter) => letter.charCodeAt(0));
  graph.unit(
    'SendReply',
    'control',
    [tick, graph.control('replyId'), address.length, ...address, seconds],
    0,
  );
  const signals = graph.unit('In', 'audio', [graph.control('bus')], channels);
  graph.unit('DiskOut', 'audio', [graph.control('buffer'), ...signals]);
  return graph.build();
}

/** A short sine on two channels. */
export function blipDef(): SynthDef {
  const graph = new Graph('react-collider-blip', { freq: 500, amp: 0.05, dur: 0.1, out: 0 });
  const sine = graph.one('SinOsc', 'audio', graph.control('freq'), 0);
  const fade = graph.one('Line', 'control', graph.control('amp'), 0, graph.control('dur'), FREE_SELF);
  const signal = graph.operator(TIMES, 'audio', sine, fade);
  graph.unit('Out', 'audio', [graph.control('out'), signal, signal], 0);
  return graph.build();
}

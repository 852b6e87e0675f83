/** Small definitions for tests that measure sound; all write with `OffsetOut`, to the sample. */

import { encodeSynthDefs, type GraphInput, type GraphUnit } from '../../../src/synthdef/index.js';

const from = (unit: number, output = 0): GraphInput => ({ unit, output });

function define(
  name: string,
  controls: Readonly<Record<string, number | readonly number[]>>,
  units: (control: (name: string) => GraphInput) => readonly Omit<GraphUnit, 'specialIndex'>[],
  constants: readonly number[] = [0],
): Uint8Array {
  const names = Object.keys(controls);
  const slots = names.map((each) => [controls[each]!].flat());
  const index = (control: string): number => slots.slice(0, names.indexOf(control)).flat().length;
  const parameters = slots.flat();
  const control: GraphUnit = {
    className: 'Control',
    rate: 'control',
    specialIndex: 0,
    inputs: [],
    outputs: parameters.map(() => 'control'),
  };
  return encodeSynthDefs([
    {
      name,
      constants,
      parameters,
      parameterNames: names.map((each) => ({ name: each, index: index(each) })),
      units: [
        control,
        ...units((each) => from(0, index(each))).map((unit) => ({ specialIndex: 0, ...unit })),
      ],
      variants: [],
    },
  ]);
}

const MULTIPLY = 2;

/** A constant: from its first sample on the output is `level`. */
export const level = define('level', { out: 0, level: 0.5 }, (control) => [
  { className: 'K2A', rate: 'audio', inputs: [control('level')], outputs: ['audio'] },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(1)], outputs: [] },
]);

/** A sine of `amp`. */
export const sine = define('sine', { out: 0, freq: 440, amp: 0.1 }, (control) => [
  {
    className: 'SinOsc',
    rate: 'audio',
    inputs: [control('freq'), { constant: 0 }],
    outputs: ['audio'],
  },
  {
    className: 'BinaryOpUGen',
    rate: 'audio',
    specialIndex: MULTIPLY,
    inputs: [from(1), control('amp')],
    outputs: ['audio'],
  } as GraphUnit,
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(2)], outputs: [] },
]);

/** Noise. */
export const noise = define('noise', { out: 0 }, (control) => [
  { className: 'WhiteNoise', rate: 'audio', inputs: [], outputs: ['audio'] },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(1)], outputs: [] },
]);

/** Plays buffer `buf` once at the buffer's own sample rate. */
export const player = define(
  'player',
  { out: 0, buf: 0 },
  (control) => [
    { className: 'BufRateScale', rate: 'control', inputs: [control('buf')], outputs: ['control'] },
    {
      className: 'PlayBuf',
      rate: 'audio',
      inputs: [control('buf'), from(1), { constant: 1 }, { constant: 0 }, { constant: 0 }, { constant: 0 }],
      outputs: ['audio'],
    },
    { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(2)], outputs: [] },
  ],
  [0, 1],
);

/** Has 400 slots in one control. */
export const wide = define('wide', { out: 0, slots: Array.from({ length: 400 }, () => 0) }, (control) => [
  { className: 'K2A', rate: 'audio', inputs: [control('slots')], outputs: ['audio'] },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(1)], outputs: [] },
]);

/** Has a unit generator that the embedded engine lacks. */
export const lacking = define('lacking', { out: 0 }, (control) => [
  { className: 'MouseX', rate: 'control', inputs: [control('out')], outputs: ['control'] },
]);

/** Would tell of a trigger, if the engine could. */
export const telling = define('telling', { out: 0 }, (control) => [
  {
    className: 'SendTrig',
    rate: 'control',
    inputs: [control('out'), control('out'), control('out')],
    outputs: [],
  },
]);

/** Small definitions for tests of rendering: what starts does so on its sample. */

import {
  encodeSynthDefs,
  type GraphInput,
  type GraphUnit,
  type SynthDef,
  synthDefsFromBytes,
} from '../../src/synthdef/index.js';

const from = (unit: number, output = 0): GraphInput => ({ unit, output });
const MULTIPLY = 2;

type Unit = Omit<GraphUnit, 'specialIndex'> & { readonly specialIndex?: number };

function define(
  name: string,
  controls: Readonly<Record<string, number>>,
  constants: readonly number[],
  units: (control: (name: string) => GraphInput) => readonly Unit[],
): SynthDef {
  const names = Object.keys(controls);
  const control: GraphUnit = {
    className: 'Control',
    rate: 'control',
    specialIndex: 0,
    inputs: [],
    outputs: names.map(() => 'control'),
  };
  const graph = {
    name,
    constants,
    parameters: Object.values(controls),
    parameterNames: names.map((each, index) => ({ name: each, index })),
    units: [
      control,
      ...units((each) => from(0, names.indexOf(each))).map((unit) => ({ specialIndex: 0, ...unit })),
    ],
    variants: [],
  };
  return synthDefsFromBytes(encodeSynthDefs([graph]))[0]!;
}

/** One sample of `amp`; ends by itself after 5 ms. */
export const click = define('click', { out: 0, amp: 0.5 }, [0, 0.005, 2], (control) => [
  { className: 'Impulse', rate: 'audio', inputs: [{ constant: 0 }, { constant: 0 }], outputs: ['audio'] },
  {
    className: 'BinaryOpUGen',
    rate: 'audio',
    specialIndex: MULTIPLY,
    inputs: [from(1), control('amp')],
    outputs: ['audio'],
  },
  {
    className: 'Line',
    rate: 'control',
    inputs: [{ constant: 0 }, { constant: 0 }, { constant: 1 }, { constant: 2 }],
    outputs: ['control'],
  },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(2)], outputs: [] },
]);

/** Noise without an end. */
export const noise = define('noise', { out: 0, amp: 0.1 }, [0], (control) => [
  { className: 'WhiteNoise', rate: 'audio', inputs: [], outputs: ['audio'] },
  {
    className: 'BinaryOpUGen',
    rate: 'audio',
    specialIndex: MULTIPLY,
    inputs: [from(1), control('amp')],
    outputs: ['audio'],
  },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(2)], outputs: [] },
]);

/** What comes in on bus `in` goes out on `out`, `amp` times as loud. */
export const through = define('through', { in: 2, out: 0, amp: 1 }, [0], (control) => [
  { className: 'In', rate: 'audio', inputs: [control('in')], outputs: ['audio'] },
  {
    className: 'BinaryOpUGen',
    rate: 'audio',
    specialIndex: MULTIPLY,
    inputs: [from(1), control('amp')],
    outputs: ['audio'],
  },
  { className: 'Out', rate: 'audio', inputs: [control('out'), from(2)], outputs: [] },
]);

/** Plays a buffer once and ends. */
export const player = define('player', { buf: 0, out: 0 }, [0, 1, 2], (control) => [
  {
    className: 'PlayBuf',
    rate: 'audio',
    inputs: [
      control('buf'),
      { constant: 1 },
      { constant: 1 },
      { constant: 0 },
      { constant: 0 },
      { constant: 2 },
    ],
    outputs: ['audio'],
  },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(1)], outputs: [] },
]);

/** Needs a unit generator that the embedded engine lacks. */
export const lacking = define('lacking', { out: 0 }, [0, 1], (control) => [
  {
    className: 'MouseX',
    rate: 'control',
    inputs: [{ constant: 0 }, { constant: 1 }, { constant: 0 }, { constant: 1 }],
    outputs: ['control'],
  },
  { className: 'Out', rate: 'control', inputs: [control('out'), from(1)], outputs: [] },
]);

/** A sine that dies away in a fifth of a second, and ends. */
export const beep = define('beep', { out: 0, freq: 440, amp: 0.1 }, [0, 0.2, 2], (control) => [
  { className: 'SinOsc', rate: 'audio', inputs: [control('freq'), { constant: 0 }], outputs: ['audio'] },
  {
    className: 'Line',
    rate: 'audio',
    inputs: [control('amp'), { constant: 0 }, { constant: 1 }, { constant: 2 }],
    outputs: ['audio'],
  },
  {
    className: 'BinaryOpUGen',
    rate: 'audio',
    specialIndex: MULTIPLY,
    inputs: [from(1), from(2)],
    outputs: ['audio'],
  },
  { className: 'OffsetOut', rate: 'audio', inputs: [control('out'), from(3)], outputs: [] },
]);

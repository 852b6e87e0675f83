import { encodeSynthDefs, type GraphInput, type GraphUnit } from '../../src/synthdef/index.js';

const from = (unit: number, output = 0): GraphInput => ({ unit, output });

const units: readonly GraphUnit[] = [
  {
    className: 'Control',
    rate: 'control',
    specialIndex: 0,
    inputs: [],
    outputs: Array.from({ length: 7 }, () => 'control' as const),
  },
  {
    className: 'SinOsc',
    rate: 'audio',
    specialIndex: 0,
    inputs: [from(0, 0), { constant: 0 }],
    outputs: ['audio'],
  },
  {
    className: 'BinaryOpUGen',
    rate: 'audio',
    specialIndex: 2,
    inputs: [from(1), from(0, 1)],
    outputs: ['audio'],
  },
  { className: 'Out', rate: 'audio', specialIndex: 0, inputs: [from(0, 2), from(2)], outputs: [] },
];

/** A sine for ever: `freq`, `amp` 0.1, `out` 0, and an array control `arr` of 1, 2, 3, 4 that does nothing. */
export const sineOf = (freq: number, name = 'sine'): Uint8Array =>
  encodeSynthDefs([
    {
      name,
      constants: [0],
      parameters: [freq, 0.1, 0, 1, 2, 3, 4],
      parameterNames: [
        { name: 'freq', index: 0 },
        { name: 'amp', index: 1 },
        { name: 'out', index: 2 },
        { name: 'arr', index: 3 },
      ],
      units,
      variants: [],
    },
  ]);

/** With `freq` 440, named `sine`. */
export const sine = sineOf(440);

/**
 * Three small definitions as graphs, for tests that are about the tree and not about sound: `tone` goes on
 * for ever, `pad` has a gate, `ping` ends by itself.
 */

import {
  encodeSynthDefs,
  type GraphInput,
  type GraphUnit,
  type SynthDef,
  synthDefsFromBytes,
} from '../../src/synthdef/index.js';

const constants = [0, 1, 0.01, 2];
const constant = (value: number): GraphInput => ({ constant: constants.indexOf(value) });
const from = (unit: number, output = 0): GraphInput => ({ unit, output });

function define(
  name: string,
  controls: Readonly<Record<string, readonly number[]>>,
  end: 'gate' | 'length' | undefined,
): SynthDef {
  const names = Object.keys(controls);
  const slots = Object.values(controls);
  const index = (control: string) => slots.slice(0, names.indexOf(control)).flat().length;
  const units: GraphUnit[] = [
    {
      className: 'Control',
      rate: 'control',
      specialIndex: 0,
      inputs: [],
      outputs: slots.flat().map(() => 'control'),
    },
    {
      className: 'SinOsc',
      rate: 'audio',
      specialIndex: 0,
      inputs: [from(0, index('freq')), constant(0)],
      outputs: ['audio'],
    },
    {
      className: 'BinaryOpUGen',
      rate: 'audio',
      specialIndex: 2,
      inputs: [from(1), from(0, index('amp'))],
      outputs: ['audio'],
    },
  ];
  let signal = 2;
  if (end) {
    const envelope: GraphUnit =
      end === 'gate'
        ? {
            className: 'Linen',
            rate: 'control',
            specialIndex: 0,
            inputs: [
              from(0, index('gate')),
              constant(0.01),
              constant(1),
              from(0, index('release')),
              constant(2),
            ],
            outputs: ['control'],
          }
        : {
            className: 'Line',
            rate: 'control',
            specialIndex: 0,
            inputs: [constant(1), constant(0), from(0, index('length')), constant(2)],
            outputs: ['control'],
          };
    units.push(envelope, {
      className: 'BinaryOpUGen',
      rate: 'audio',
      specialIndex: 2,
      inputs: [from(2), from(3)],
      outputs: ['audio'],
    });
    signal = 4;
  }
  units.push({
    className: 'Out',
    rate: 'audio',
    specialIndex: 0,
    inputs: [from(0, index('out')), from(signal), from(signal)],
    outputs: [],
  });
  const graph = {
    name,
    constants,
    parameters: slots.flat(),
    parameterNames: names.map((control) => ({ name: control, index: index(control) })),
    units,
    variants: [],
  };
  return synthDefsFromBytes(encodeSynthDefs([graph]))[0]!;
}

const voice = { freq: [440], amp: [0.1], out: [0], pan: [0, 0] };

export const tone = define('tone', voice, undefined);
export const pad = define('pad', { ...voice, gate: [1], release: [0.05] }, 'gate');
export const ping = define('ping', { ...voice, length: [0.02] }, 'length');

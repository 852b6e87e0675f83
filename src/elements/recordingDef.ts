import {
  encodeSynthDefs,
  type GraphInput,
  type GraphUnit,
  type SynthDef,
  synthDefsFromBytes,
} from '../synthdef/index.js';

/** `DiskOut.ar(buffer, In.ar(bus, channels))`: what is on a bus goes to the buffer's file. */
export function recordingDef(channels: number): SynthDef {
  const from = (unit: number, output = 0): GraphInput => ({ unit, output });
  const signals = Array.from({ length: channels }, (_, channel) => from(1, channel));
  const units: GraphUnit[] = [
    {
      className: 'Control',
      rate: 'control',
      specialIndex: 0,
      inputs: [],
      outputs: ['control', 'control'],
    },
    {
      className: 'In',
      rate: 'audio',
      specialIndex: 0,
      inputs: [from(0, 1)],
      outputs: signals.map(() => 'audio'),
    },
    {
      className: 'DiskOut',
      rate: 'audio',
      specialIndex: 0,
      inputs: [from(0, 0), ...signals],
      outputs: ['audio'],
    },
  ];
  const graph = {
    name: `react-collider-record-${channels}`,
    constants: [],
    parameters: [0, 0],
    parameterNames: [
      { name: 'buffer', index: 0 },
      { name: 'bus', index: 1 },
    ],
    units,
    variants: [],
  };
  return synthDefsFromBytes(encodeSynthDefs([graph]))[0]!;
}

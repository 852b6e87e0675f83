import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeSynthDefs, encodeSynthDefs, synthDefsFromBytes } from '../../src/synthdef/index.js';

const folder = join(
  dirname(createRequire(import.meta.url).resolve('supersonic-scsynth-synthdefs/package.json')),
  'synthdefs',
);
const files = readdirSync(folder).filter((file) => file.endsWith('.scsyndef'));

describe('the definitions of Sonic Pi', () => {
  test('are all there', () => expect(files).toHaveLength(128));

  test.each(files)('%s decodes and encodes to the same bytes', (file) => {
    const bytes = readFileSync(join(folder, file));
    const version = bytes.readInt32BE(4) as 1 | 2;
    expect(Buffer.compare(encodeSynthDefs(decodeSynthDefs(bytes), version), bytes)).toBe(0);
  });
});

test('a description names the controls in order with their defaults, and how the synth ends', () => {
  const [beep] = synthDefsFromBytes(readFileSync(join(folder, 'sonic-pi-beep.scsyndef')));
  expect(beep!.description.controls.slice(0, 5)).toEqual([
    { name: 'note', index: 0, defaults: [52], rate: 'control' },
    { name: 'note_slide', index: 1, defaults: [0], rate: 'control' },
    { name: 'note_slide_shape', index: 2, defaults: [1], rate: 'control' },
    { name: 'note_slide_curve', index: 3, defaults: [0], rate: 'control' },
    { name: 'amp', index: 4, defaults: [1], rate: 'control' },
  ]);
  expect(beep!.description).toMatchObject({ name: 'sonic-pi-beep', hasGate: false, freesItself: true });
  expect(beep!.description.outputs).toEqual([
    { className: 'Out', rate: 'audio', channels: 2, bus: 'out_bus' },
  ]);
});

test.each([
  [new Uint8Array(), 'expected 4 more bytes'],
  [new TextEncoder().encode('RIFFxxxx'), 'do not start with "SCgf"'],
  [new Uint8Array([0x53, 0x43, 0x67, 0x66, 0, 0, 0, 7]), 'has version 7'],
  [
    new Uint8Array([0x53, 0x43, 0x67, 0x66, 0, 0, 0, 2, 0, 1, 1, 0x61, 0x7f, 0xff, 0xff, 0xff]),
    'room for 2147483647 items',
  ],
])('damaged bytes are refused with what is wrong: %#', (bytes, message) => {
  expect(() => synthDefsFromBytes(bytes)).toThrow(message);
});

test.each([
  [
    'a cycle',
    [{ unit: 1, output: 0 }],
    'input 0 of unit 0 (SinOsc) is output 0 of unit 1 (Out), which has 0',
  ],
  [
    'itself',
    [{ unit: 0, output: 0 }],
    'input 0 of unit 0 (SinOsc) is output 0 of unit 0 (SinOsc), which has 1',
  ],
  ['a unit that is not there', [{ unit: 7, output: 0 }], 'is unit 7 of 2'],
  ['a constant that is not there', [{ constant: 3 }], 'is constant 3 of 1'],
] as const)('a graph that reads %s is refused', (_, inputs, message) => {
  const sine = { className: 'SinOsc', rate: 'audio', specialIndex: 0, inputs, outputs: ['audio'] } as const;
  const out = {
    className: 'Out',
    rate: 'audio',
    specialIndex: 0,
    inputs: [{ constant: 0 }, { unit: 0, output: 0 }],
    outputs: [],
  } as const;
  const graph = {
    name: 'wrong',
    constants: [0],
    parameters: [],
    parameterNames: [],
    units: [sine, out],
    variants: [],
  };
  expect(() => encodeSynthDefs([graph])).toThrow(message);
  expect(() => encodeSynthDefs([graph])).toThrow('for feedback use LocalIn and LocalOut');
});

import { describe, expect, test } from 'vitest';
import {
  decodeSynthDefs,
  fading,
  In,
  Out,
  Pan2,
  ReplaceOut,
  SinOsc,
  synthDef,
  XOut,
} from '../../src/synthdef/index.js';
import { pad, ping } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

const stereo = synthDef('stereo', { freq: 440, pan: 0, out: 0 }, (c) => {
  Out.ar(c.out, Pan2.ar(SinOsc.ar(c.freq), c.pan));
});
const replacing = synthDef('replacing', { bus: 0 }, (c) => {
  ReplaceOut.ar(c.bus, In.ar(c.bus, 2).mul(0.5));
});
const mixing = synthDef('mixing', { bus: 0, mix: 0.5 }, (c) => {
  XOut.ar(c.bus, c.mix, In.ar(c.bus, 2).mul(0.5));
});
const control = synthDef('control', { bus: 0 }, (c) => {
  Out.kr(c.bus, SinOsc.kr(1));
});

const unitsOf = (bytes: Uint8Array) =>
  decodeSynthDefs(bytes)[0]!.units.map(({ className, rate }) => `${className} ${rate}`);

test('what is written is multiplied by an envelope that frees the synth at gate 0', () => {
  const { name, description, bytes } = fading(stereo, 0.5);
  expect(name).toBe('stereo');
  expect(description.controls.map((each) => each.name)).toEqual(['freq', 'pan', 'out', 'gate']);
  expect(description).toMatchObject({ hasGate: true, freesItself: true });
  expect(description.outputs).toEqual(stereo.description.outputs);
  expect(unitsOf(bytes).slice(-3)).toEqual(['BinaryOpUGen audio', 'BinaryOpUGen audio', 'Out audio']);
});

test('an effect in its place fades into what is on the bus', () => {
  expect(unitsOf(fading(replacing, 0.5).bytes).at(-1)).toBe('XOut audio');
  expect(unitsOf(fading(mixing, 0.5).bytes).slice(-2)).toEqual(['BinaryOpUGen control', 'XOut audio']);
});

test('what has fades of its own is left as it is', () => {
  expect(fading(pad, 1)).toBe(pad);
  expect(fading(ping, 1)).toBe(ping);
});

test('a time that is none is an error', () => {
  expect(() => fading(stereo, 0)).toThrow('A fade takes a number of seconds over 0, got 0.');
});

describe.each(engines)('%s', (engine) => {
  test('takes them, plays them, and frees them when they have faded out', async () => {
    const server = await bootForTest(engine);
    for (const def of [stereo, replacing, mixing, control]) {
      const faded = fading(def, 0.02);
      await server.synthDefs.ensure(faded);
      const synth = server.nodes.synth(faded, {});
      await server.sync();
      const ended = synth.ended(5);
      synth.set({ gate: 0 });
      await ended;
    }
  });
});

/** The definitions to start with: what they are called, that they end, and how they sound. */

import { createElement, type ReactElement } from 'react';
import { expect, test } from 'vitest';
import { Group, Synth } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { decodeSynthDefs } from '../../src/synthdef/file/decode.js';
import * as library from '../../src/synthdef/library/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { levelsBelowPeak, part, peak, readSound } from '../listen/listen.js';
import { testWithSclang } from '../setup/sclang.js';
import { compileWithSclang } from './sclang/compileWithSclang.js';

const { names, get } = library.standardSynthDefs();

test('they are found by their names', () => {
  expect(names()).toEqual([
    'bell',
    'clap',
    'default',
    'delay', 'fm', 'hat', 'kick', 'limiter', 'pluck', 'reverb', 'sampler', 'saw', 'sine', 'stereoSampler',
  ]); // biome-ignore format: a list
  expect(get('sine')).toBe(library.sine);
  expect(get('sin')).toBeUndefined();
});

testWithSclang("the default is sclang's, to the byte", async () => {
  const [theirs] = await compileWithSclang(['SynthDescLib.global[\\default].def']);
  expect(theirs).toEqual(library.defaultSynthDef.bytes);
});

test.each([
  'sine',
  'saw',
  'fm',
  'sampler',
  'stereoSampler',
  'reverb',
  'delay',
  'default',
])('%s has a gate, and frees itself', (name) => {
  expect(get(name)!.description).toMatchObject({ hasGate: true, freesItself: true });
});

test.each(['kick', 'hat', 'clap', 'pluck', 'bell'])('%s ends by itself', (name) => {
  expect(get(name)!.description).toMatchObject({ hasGate: false, freesItself: true });
});

async function listen(element: ReactElement) {
  const path = `${temporaryFolder()}/sound.wav`;
  await renderToFile(element, { path, duration: 1, engine: 'embedded' });
  return readSound(path);
}

test.each([
  ['sine', library.sine, 440],
  ['saw', library.saw, 440],
  ['fm', library.fm, 440],
  ['default', library.defaultSynthDef, 440],
  ['pluck', library.pluck, 440],
  ['bell', library.bell, 440],
] as const)('%s sounds at its frequency, unclipped', async (_, def, freq) => {
  const sound = await listen(createElement(Synth, { def: def as never, freq, amp: 0.2 } as never));
  expect(peak(sound)).toBeGreaterThan(0.02);
  expect(peak(sound)).toBeLessThan(1);
  expect(levelsBelowPeak(part(sound, 0.2, 0.9), sound.sampleRate, [freq])[0]).toBeGreaterThan(-12);
});

test.each([
  ['kick', library.kick],
  ['hat', library.hat],
  ['clap', library.clap],
] as const)('%s sounds and is over soon', async (_, def) => {
  const sound = await listen(createElement(Synth, { def: def as never, amp: 0.5 } as never));
  expect(peak(sound)).toBeGreaterThan(0.05);
  expect(peak({ ...sound, channels: sound.channels.map((channel) => channel.slice(36_000)) })).toBeLessThan(
    0.001,
  );
});

test.each([
  ['reverb', library.reverb],
  ['delay', library.delay],
] as const)('%s goes on after its input has ended', async (_, def) => {
  const wet = createElement(
    Group,
    null,
    createElement(Synth, { def: library.hat, amp: 0.5, out: 20 }),
    createElement(Synth, { def: def as typeof library.reverb, in: 20, mix: 1 }),
  );
  const sound = await listen(wet);
  expect(
    peak({ ...sound, channels: sound.channels.map((channel) => channel.slice(24_000)) }),
  ).toBeGreaterThan(0.001);
});

test('each decodes to what it was', () => {
  for (const name of names()) {
    const def = get(name)!;
    expect(decodeSynthDefs(def.bytes)[0]!.name).toBe(name);
  }
});

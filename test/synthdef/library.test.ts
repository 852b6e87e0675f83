/** The definitions of the library: names, controls, ends, levels and frequencies. */

import { describe, expect, test } from 'vitest';
import { decodeSynthDefs } from '../../src/synthdef/file/decode.js';
import * as library from '../../src/synthdef/library/index.js';
import { levelsBelowPeak, part, peak } from '../listen/listen.js';
import { testWithSclang } from '../setup/sclang.js';
import { engines, freshServer } from '../setup/servers.js';
import {
  between,
  effects,
  get,
  hear,
  isNumeric,
  names,
  offset,
  once,
  samplers,
  slice,
  strokes,
  synth,
  voices,
} from './libraryRenderings.js';
import { compileWithSclang } from './sclang/compileWithSclang.js';

test('they are found by their names', () => {
  expect(names()).toEqual([
    'sine', 'saw', 'pulse', 'fm', 'sub', 'supersaw', 'lead', 'bass', 'acid', 'default',
    'keys', 'organ', 'pad', 'string', 'brass', 'flute', 'choir', 'noise',
    'pluck', 'bell', 'fmBell', 'marimba', 'sampler', 'stereoSampler', 'wavetable', 'grains',
    'kick', 'snare', 'hat', 'openHat', 'clap', 'tom', 'tomLow', 'rim', 'cowbell', 'crash', 'shaker',
    'reverb', 'plate', 'convolution', 'delay', 'pingPong', 'chorus', 'flanger', 'phaser', 'tremolo', 'autoPan',
    'eq', 'filter', 'drive', 'bitCrusher', 'compressor', 'gateNoise', 'limit', 'limiter',
  ]); // biome-ignore format: a list
  expect(get('sine')).toBe(library.sine);
  expect(get('sin')).toBeUndefined();
});

test('each is exported under its name, and decodes to what it was', () => {
  for (const name of names()) {
    expect((library as Record<string, unknown>)[name === 'default' ? 'defaultSynthDef' : name]).toBe(
      get(name),
    );
    expect(decodeSynthDefs(get(name)!.bytes)[0]!.name).toBe(name);
  }
});

testWithSclang("the default is sclang's, to the byte", async () => {
  const [theirs] = await compileWithSclang(['SynthDescLib.global[\\default].def']);
  expect(theirs).toEqual(library.defaultSynthDef.bytes);
});

describe('controls', () => {
  const facts = library.libraryControls as Readonly<
    Record<string, Readonly<Record<string, library.LibraryControl>>>
  >;

  test.each([...names()])('%s: each has a range around its default', (name) => {
    const { controls } = get(name)!.description;
    expect(Object.keys(facts[name]!).sort()).toEqual(controls.map((control) => control.name).sort());
    for (const { name: control, defaults } of controls) {
      const { min, max, scale, about } = facts[name]![control]!;
      expect(defaults[0]! >= Math.fround(min) && defaults[0]! <= max, `${control}: ${defaults[0]}`).toBe(
        true,
      );
      expect(min).toBeLessThan(max);
      expect(about).toMatch(/^[a-z0-9-].*[^.]$/);
      if (scale === 'exp') expect(min).toBeGreaterThan(0);
    }
  });

  test('there are none of other definitions', () => {
    expect(Object.keys(facts).sort()).toEqual([...names()].sort());
  });

  test.each(voices)('the voice %s has those of all voices', (name) => {
    const own = get(name)!.description.controls.map((control) => control.name);
    expect(own).toEqual(expect.arrayContaining(['freq', 'amp', 'pan', 'out', 'gate', 'attack', 'release']));
  });

  test.each(effects)('the effect %s has those of all effects', (name) => {
    const own = get(name)!.description.controls.map((control) => control.name);
    expect(own).toEqual(expect.arrayContaining(['in', 'out', 'amp', 'gate']));
  });

  test('there are voices, drums and effects enough', () => {
    expect([voices.length, strokes.length, effects.length, samplers.length]).toEqual([17, 15, 16, 4]);
  });
});

describe('ends', () => {
  test.each([...voices, ...effects, ...samplers, 'default'])('%s has a gate, and frees itself', (name) => {
    expect(get(name)!.description).toMatchObject({ hasGate: true, freesItself: true });
  });

  test.each(strokes)('%s ends by itself', (name) => {
    expect(get(name)!.description).toMatchObject({ hasGate: false, freesItself: true });
  });

  // A few at a time: a slow machine does not compute all of them at once on the embedded engine.
  test.each(engines)('on %s all of them end', async (engine) => {
    const server = await freshServer(engine);
    const all = [...voices, ...effects, 'default', ...strokes];
    await Promise.all(all.map((name) => server.synthDefs.ensure(get(name)!)));
    for (let first = 0; first < all.length; first += 8) {
      const nodes = all.slice(first, first + 8).map((name) => {
        const end = voices.includes(name) ? { release: 0.05 } : strokes.includes(name) ? { decay: 0.05 } : {};
        return server.nodes.synth(name, { out: 20, ...end });
      });
      const ends = nodes.map((node) => new Promise<void>((resolve) => node.onEnd(() => resolve())));
      await server.sync();
      for (const [index, node] of nodes.entries()) if (!strokes.includes(all[first + index]!)) node.release();
      await Promise.all(ends);
    }
    expect((await server.queryTree(1 as never, { controls: false })).children).toEqual([]);
  });
});

const NOTES = [110, 440, 880];

describe('voices', () => {
  // Each plays for 1 s and is released: the rest of the 1.6 s must be silent.
  const rendered = NOTES.map((freq) =>
    once(() =>
      hear(
        voices.length,
        1.6,
        between(
          0,
          1,
          ...voices.map((name, index) =>
            synth(get(name)!, { out: 2 * index, freq, attack: 0.02, release: 0.1 }),
          ),
        ),
      ),
    ),
  );

  test.each(
    voices.map((name, index) => [name, index] as const),
  )('%s: near -12 dBFS, in tune, without an offset, silent after its release', async (name, index) => {
    for (const [note, freq] of NOTES.entries()) {
      const sound = (await rendered[note]!())[index]!;
      expect(isNumeric(sound)).toBe(true);
      expect(peak(sound), `${freq} Hz`).toBeGreaterThan(0.16);
      expect(peak(sound), `${freq} Hz`).toBeLessThan(0.31);
      expect(offset(slice(sound, 0, 1.2)), `${freq} Hz`).toBeLessThan(0.001);
      expect(peak(slice(sound, 1.15, 1.6)), `${freq} Hz`).toBeLessThan(1e-4);
      // Detuned oscillators and a vibrato are around the frequency.
      const around = [0.99, 0.995, 1, 1.005, 1.01];
      const near = [1, 1 / 3, 1.4].flatMap((ratio) => around.map((each) => each * ratio * freq));
      const levels = levelsBelowPeak(part(sound, 0.4, 1), 48_000, near);
      const [own, below, beside] = [0, 5, 10].map((first) => Math.max(...levels.slice(first, first + 5)));
      const noisy = ['noise', 'choir', 'flute'].includes(name);
      expect(own, `${freq} Hz`).toBeGreaterThan(-13);
      expect(below, `a third of ${freq} Hz`).toBeLessThan(noisy ? -12 : -30);
      expect(beside, `beside ${freq} Hz`).toBeLessThan(noisy ? -12 : -30);
    }
  });

  test('at its own frequency each has that level, too', async () => {
    const sounds = await hear(
      voices.length,
      2,
      ...voices.map((name, index) => synth(get(name)!, { out: 2 * index })),
    );
    for (const [index, sound] of sounds.entries()) {
      expect(peak(sound), voices[index]).toBeGreaterThan(0.17);
      expect(peak(sound), voices[index]).toBeLessThan(0.3);
    }
  });

  test('a chord of four does not clip', async () => {
    const sounds = await hear(
      voices.length,
      1.5,
      ...voices.flatMap((name, index) =>
        [220, 277.2, 329.6, 440].map((freq) => synth(get(name)!, { out: 2 * index, freq })),
      ),
    );
    for (const [index, sound] of sounds.entries()) expect(peak(sound), voices[index]).toBeLessThan(1);
  });
});

describe('what is struck', () => {
  const rendered = once(() =>
    hear(strokes.length, 4, ...strokes.map((name, index) => synth(get(name)!, { out: 2 * index }))),
  );

  test.each(
    strokes.map((name, index) => [name, index] as const),
  )('%s: near -12 dBFS, without an offset, silent at its end', async (_, index) => {
    const sound = (await rendered())[index]!;
    expect(isNumeric(sound)).toBe(true);
    expect(peak(sound)).toBeGreaterThan(0.17);
    expect(peak(sound)).toBeLessThan(0.3);
    expect(offset(slice(sound, 0, 1))).toBeLessThan(0.001);
    expect(peak(slice(sound, 3.5, 4))).toBeLessThan(1e-4);
  });

  test.each([
    ['pluck', 440],
    ['bell', 440],
    ['fmBell', 440],
    ['marimba', 440],
    ['kick', 50],
    ['tom', 160],
    ['tomLow', 90],
    ['cowbell', 540],
  ] as const)('%s sounds at %i Hz', async (name, freq) => {
    const sound = (await rendered())[strokes.indexOf(name)]!;
    expect(levelsBelowPeak(part(sound, 0.08, 0.6), 48_000, [freq])[0]).toBeGreaterThan(-12);
  });
});

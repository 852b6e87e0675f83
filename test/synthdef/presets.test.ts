/** Presets: their values are controls within their ranges, and what they sound like. */

import { expect, test } from 'vitest';
import { libraryControls, presets } from '../../src/synthdef/library/index.js';
import { peak } from '../listen/listen.js';
import { effects, get, hear, isNumeric, offset, synth, voices } from './libraryRenderings.js';

type Values = Readonly<Record<string, number>>;
const all = Object.entries(presets as Readonly<Record<string, Readonly<Record<string, Values>>>>);

test('each voice and each effect has presets, but for those with nothing to choose', () => {
  const none = ['limit', 'convolution'];
  expect(all.map(([def]) => def).sort()).toEqual(
    [...voices, ...effects].filter((name) => !none.includes(name)).sort(),
  );
  for (const [, named] of all) expect(Object.keys(named).length).toBeGreaterThan(1);
});

test('their values are within the ranges of the controls', () => {
  for (const [def, named] of all) {
    const facts = (
      libraryControls as Readonly<Record<string, Readonly<Record<string, { min: number; max: number }>>>>
    )[def]!;
    for (const [preset, values] of Object.entries(named)) {
      for (const [control, value] of Object.entries(values)) {
        const fact = facts[control];
        expect(
          fact !== undefined && value >= fact.min && value <= fact.max,
          `${def}.${preset}: ${control} = ${value}`,
        ).toBe(true);
      }
    }
  }
});

test('a voice with a preset is as loud as with none, and has no offset', async () => {
  const notes = all
    .filter(([def]) => voices.includes(def))
    .flatMap(([def, named]) => Object.entries(named).map(([preset, values]) => ({ def, preset, values })));
  expect(notes.length).toBeGreaterThan(35);
  const sounds = await hear(
    notes.length,
    2.2,
    ...notes.map(({ def, values }, index) => synth(get(def)!, { ...values, out: 2 * index, freq: 220 })),
  );
  for (const [index, sound] of sounds.entries()) {
    const { def, preset } = notes[index]!;
    expect(isNumeric(sound)).toBe(true);
    expect(peak(sound), `${def}.${preset}`).toBeGreaterThan(0.1);
    expect(peak(sound), `${def}.${preset}`).toBeLessThan(0.4);
    expect(offset(sound), `${def}.${preset}`).toBeLessThan(0.001);
  }
});

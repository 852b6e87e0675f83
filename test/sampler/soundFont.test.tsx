/** Samplers from SoundFonts. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import {
  BasicInstrument,
  BasicPreset,
  BasicSample,
  BasicSoundBank,
  GeneratorTypes,
  SampleTypes,
} from 'spessasynth_core';
import { describe, expect, test } from 'vitest';
import { At, Note } from '../../src/index.js';
import { useSampler } from '../../src/sampler/index.js';
import { regionsOfSoundFont } from '../../src/sampler/soundFont.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { engines } from '../setup/servers.js';
import { listen, peakOf, pitchOf, sines } from './samples.js';

/** A bank with two presets: one of two layers, of which the loud one is an octave higher, and another. */
async function bank(): Promise<Uint8Array> {
  const made = new BasicSoundBank();
  const sample = (name: string, freq: number): BasicSample => {
    const each = new BasicSample(name, 48_000, 57, 0, SampleTypes.monoSample, 4_800, 9_600);
    each.setAudioData(sines([freq], 0.3), 48_000);
    return each;
  };
  const preset = (name: string, program: number, ...samples: BasicSample[]): BasicPreset => {
    const instrument = new BasicInstrument();
    instrument.name = name;
    for (const [index, each] of samples.entries()) {
      const zone = instrument.createZone(each);
      zone.velRange =
        samples.length === 1
          ? { min: 0, max: 127 }
          : index === 0
            ? { min: 0, max: 63 }
            : { min: 64, max: 127 };
      zone.setGenerator(GeneratorTypes.sampleModes, 1);
      zone.setGenerator(GeneratorTypes.releaseVolEnv, -4_000);
      zone.setGenerator(GeneratorTypes.pan, -500);
      zone.setGenerator(GeneratorTypes.initialAttenuation, 100);
      zone.setGenerator(GeneratorTypes.initialFilterFc, 10_000);
    }
    const preset = new BasicPreset(made);
    preset.name = name;
    preset.program = program;
    preset.createZone(instrument);
    made.addSamples(...samples);
    made.addInstruments(instrument);
    made.addPresets(preset);
    return preset;
  };
  preset('Layers', 0, sample('soft', 220), sample('loud', 440));
  preset('High', 5, sample('high', 880));
  return new Uint8Array(await made.writeSF2());
}

const bytes = await bank();
const path = join(temporaryFolder(), 'tones.sf2');
writeFileSync(path, bytes);

function Play({
  preset,
  children,
}: {
  readonly preset?: string | number;
  readonly children: (sampler: ReturnType<typeof useSampler>) => ReactNode;
}): ReactNode {
  return children(useSampler(path, { preset }));
}

test('the zones of a preset are regions', async () => {
  const regions = await regionsOfSoundFont('a/tones.sf2', bytes, undefined);
  expect(regions).toHaveLength(2);
  expect(regions[1]).toMatchObject({
    where: 'tones.sf2, Layers, zone 2 (loud)',
    sample: { channels: 1, sampleRate: 48_000 },
    keys: [0, 127],
    velocities: [64, 127],
    root: 57,
    pan: -1,
    volume: -4,
    repetition: 'forever',
    loop: [4_800, 9_600],
  });
  expect(regions[1]!.release).toBeCloseTo(0.1, 2);
  expect(regions[1]!.cutoff).toBeCloseTo(2637, -1);
});

test.each(engines)('on %s a preset plays, with its layers', async (engine) => {
  const sound = await listen(
    <>
      <Play>
        {(tone) =>
          [0.4, 1].map((velocity, index) => (
            <At key={velocity} beat={index * 0.8} length={0.5}>
              <Note def={tone} pitch="A3" velocity={velocity} />
            </At>
          ))
        }
      </Play>
      <Play preset="High">
        {(tone) => (
          <At beat={1.6} length={0.3}>
            <Note def={tone} pitch="A2" />
          </At>
        )}
      </Play>
    </>,
    2.1,
    { engine },
  );
  expect(pitchOf(sound, 0.05, 0.45)).toBeCloseTo(220, -1);
  expect(pitchOf(sound, 0.85, 1.25)).toBeCloseTo(440, -1);
  expect(pitchOf(sound, 1.65, 1.85)).toBeCloseTo(440, -1);
  // Longer than the sample, and over after the release; -4 dB, on the left alone.
  expect(peakOf(sound, 1.15, 1.25)).toBeGreaterThan(0.15);
  expect(peakOf(sound, 1.15, 1.25)).toBeLessThan(0.22);
  expect(peakOf(sound, 0, 2.1, 1)).toBeLessThan(0.001);
  expect(peakOf(sound, 0.7, 0.8)).toBe(0);
});

describe('errors', () => {
  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a name',
      () => regionsOfSoundFont('tones.sf2', bytes, 'Hihg'),
      /^tones.sf2 has no preset "Hihg". Did you mean "High"\? It has: "Layers" \(0\), "High" \(5\)/,
    ],
    ['a program', () => regionsOfSoundFont('tones.sf2', bytes, 3), /^tones.sf2 has no preset 3. It has: /],
    [
      'another file',
      () => regionsOfSoundFont('tones.sf2', new Uint8Array(100), undefined),
      /^tones.sf2 is no SoundFont that can be read: /,
    ],
  ])('%s that is wrong', async (_, read, message) => {
    await expect(read()).rejects.toThrow(message);
  });
});

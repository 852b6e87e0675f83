/** Presets of SoundFonts as regions. */

import {
  type BasicInstrumentZone,
  type BasicPreset,
  BasicSoundBank,
  type GeneratorType,
  SoundBankLoader,
} from 'spessasynth_core';
import { nearest, SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import { plainRegion, type Range, type Region, type Repetition } from './region.js';

/** Numbers of generators in the format. */
const GENERATOR = {
  startAddrsOffset: 0,
  endAddrOffset: 1,
  startloopAddrsOffset: 2,
  endloopAddrsOffset: 3,
  startAddrsCoarseOffset: 4,
  initialFilterFc: 8,
  initialFilterQ: 9,
  endAddrsCoarseOffset: 12,
  pan: 17,
  attackVolEnv: 34,
  holdVolEnv: 35,
  decayVolEnv: 36,
  sustainVolEnv: 37,
  releaseVolEnv: 38,
  startloopAddrsCoarseOffset: 45,
  initialAttenuation: 48,
  endloopAddrsCoarseOffset: 50,
  coarseTune: 51,
  fineTune: 52,
  sampleModes: 54,
  scaleTuning: 56,
  overridingRootKey: 58,
} as const;

/** Part of the attenuation that hardware applied for which SoundFonts are made, as FluidSynth and others do. */
const ATTENUATION = 0.4;

/** A filter that is open: 20 kHz in cents above 8.176 Hz. */
const OPEN_FILTER = 13_500;

const REPETITIONS: Readonly<Record<number, Repetition>> = { 1: 'forever', 3: 'sustain' };

/**
 * The regions of a preset.
 *
 * @param wanted - Its name, or its program number. @default the first
 * @throws SuperColliderError `invalid-file` for what is no SoundFont, and `invalid-argument` for a preset that there is not,
 *   with those that there are.
 */
export async function regionsOfSoundFont(
  path: string,
  bytes: Uint8Array,
  wanted: string | number | undefined,
): Promise<readonly Region[]> {
  const file = path.replace(/^.*[/\\]/, '');
  const { presets } = await bankOf(file, bytes);
  const preset = presetOf(file, presets, wanted);
  const { zones, globalZone } = preset.toFlattenedInstrument();
  return zones.map((zone, index) => {
    const where = `${file}, ${preset.name}, zone ${index + 1} (${zone.sample.name})`;
    return regionOf(
      where,
      (type, initial) => Number(zone.getGenerator(type, globalZone.getGenerator(type, initial))),
      zone,
    );
  });
}

async function bankOf(file: string, bytes: Uint8Array): Promise<BasicSoundBank> {
  // Samples of .sf3 are compressed.
  await BasicSoundBank.isSF3DecoderReady;
  try {
    return SoundBankLoader.fromArrayBuffer(new Uint8Array(bytes).buffer);
  } catch (cause) {
    throw new SuperColliderError(
      'invalid-file',
      `${file} is no SoundFont that can be read: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}

function presetOf(
  file: string,
  presets: readonly BasicPreset[],
  wanted: string | number | undefined,
): BasicPreset {
  const found =
    wanted === undefined
      ? presets[0]
      : presets.find(({ name, program, bankMSB, isGMGSDrum }) =>
          typeof wanted === 'string' ? name === wanted : program === wanted && bankMSB === 0 && !isGMGSDrum,
        );
  if (found) return found;
  const names = presets.map(({ name }) => name);
  const near = typeof wanted === 'string' ? nearest(wanted, names) : undefined;
  throw new SuperColliderError(
    'invalid-argument',
    `${file} has no preset ${JSON.stringify(wanted)}.${near === undefined ? '' : ` Did you mean "${near}"?`} It has: ` +
      `${presets.map(({ name, program }) => `"${name}" (${program})`).join(', ')}.`,
  );
}

type Read = (type: GeneratorType, initial: number) => number;

function regionOf(where: string, read: Read, { sample, keyRange, velRange }: BasicInstrumentZone): Region {
  const data = sample.getAudioData();
  const frame = (first: number, fine: GeneratorType, coarse: GeneratorType): number =>
    Math.min(data.length, Math.max(0, first + read(fine, 0) + 32_768 * read(coarse, 0)));
  const start = frame(0, GENERATOR.startAddrsOffset, GENERATOR.startAddrsCoarseOffset);
  const end = frame(data.length, GENERATOR.endAddrOffset, GENERATOR.endAddrsCoarseOffset);
  const from = frame(sample.loopStart, GENERATOR.startloopAddrsOffset, GENERATOR.startloopAddrsCoarseOffset);
  const to = frame(sample.loopEnd, GENERATOR.endloopAddrsOffset, GENERATOR.endloopAddrsCoarseOffset);
  const repetition = REPETITIONS[read(GENERATOR.sampleModes, 0)] ?? 'none';
  const root = read(GENERATOR.overridingRootKey, -1);
  const filter = read(GENERATOR.initialFilterFc, OPEN_FILTER);
  const cents = read(GENERATOR.fineTune, 0) + sample.pitchCorrection;
  if (end <= start)
    throw new SuperColliderError(
      'invalid-file',
      `${where} goes from frame ${start} to ${end} of ${data.length}.`,
    );
  return {
    ...plainRegion(where, { data, channels: 1, sampleRate: sample.sampleRate }),
    keys: rangeOf(keyRange),
    velocities: rangeOf(velRange),
    root: root >= 0 ? root : sample.originalKey,
    keyTrack: read(GENERATOR.scaleTuning, 100) / 100,
    tune: read(GENERATOR.coarseTune, 0) + cents / 100,
    // Centibels, as the level of the envelope.
    volume: (-ATTENUATION * read(GENERATOR.initialAttenuation, 0)) / 10,
    pan: read(GENERATOR.pan, 0) / 500,
    velocityPower: 2,
    start,
    end,
    ...(repetition !== 'none' &&
      from >= start &&
      to > from &&
      to <= end && { repetition, loop: [from, to] as const }),
    attack: secondsOf(read(GENERATOR.attackVolEnv, -12_000)),
    hold: secondsOf(read(GENERATOR.holdVolEnv, -12_000)),
    decay: secondsOf(read(GENERATOR.decayVolEnv, -12_000)),
    sustain: 10 ** (-read(GENERATOR.sustainVolEnv, 0) / 200),
    release: secondsOf(read(GENERATOR.releaseVolEnv, -12_000)),
    cutoff: filter >= OPEN_FILTER ? undefined : 8.176 * 2 ** (filter / 1200),
    resonance: read(GENERATOR.initialFilterQ, 0) / 10,
  };
}

/** Below 0 for what says nothing. */
const rangeOf = ({ min, max }: { readonly min: number; readonly max: number }): Range => [
  Math.max(0, min),
  max,
];

const secondsOf = (timecents: number): Seconds => 2 ** (timecents / 1200);

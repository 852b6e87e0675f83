/** All definitions of the library by their names. */

import type { SynthDef } from '../synthDefsFromBytes.js';
import { clap, cowbell, crash, hat, kick, openHat, rim, shaker, snare, tom, tomLow } from './drums.js';
import { compressor, gateNoise, limit, limiter } from './dynamics.js';
import { convolution, delay, pingPong, plate, reverb } from './effects.js';
import { brass, choir, flute, keys, noise, organ, pad, string } from './ensembles.js';
import { autoPan, chorus, flanger, phaser, tremolo } from './modulation.js';
import { bell, fmBell, marimba, pluck, sampler, stereoSampler } from './strokes.js';
import { grains, wavetable } from './tables.js';
import { bitCrusher, drive, eq, filter } from './tone.js';
import { acid, bass, defaultSynthDef, fm, lead, pulse, saw, sine, sub, supersaw } from './voices.js';

/** All of them by name, for `<Synth def="sine" />`. */
export function standardSynthDefs(): { names(): readonly string[]; get(name: string): SynthDef | undefined } {
  const defs: readonly SynthDef[] = [
    ...[sine, saw, pulse, fm, sub, supersaw, lead, bass, acid, defaultSynthDef],
    ...[keys, organ, pad, string, brass, flute, choir, noise],
    ...[pluck, bell, fmBell, marimba, sampler, stereoSampler, wavetable, grains],
    ...[kick, snare, hat, openHat, clap, tom, tomLow, rim, cowbell, crash, shaker],
    ...[reverb, plate, convolution, delay, pingPong, chorus, flanger, phaser, tremolo, autoPan],
    ...[eq, filter, drive, bitCrusher, compressor, gateNoise, limit, limiter],
  ];
  const byName = new Map<string, SynthDef>(defs.map((def) => [def.name, def]));
  return { names: () => [...byName.keys()], get: (name) => byName.get(name) };
}

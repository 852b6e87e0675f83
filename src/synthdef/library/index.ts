/** `react-collider/library`: definitions to start with. All are heard on two channels. */

import type { SynthDef } from '../synthDefsFromBytes.js';
import { delay, limiter, reverb } from './effects.js';
import { bell, clap, hat, kick, pluck, sampler, stereoSampler } from './strokes.js';
import { defaultSynthDef, fm, saw, sine } from './voices.js';

export {
  bell,
  clap,
  defaultSynthDef,
  delay,
  fm,
  hat,
  kick,
  limiter,
  pluck,
  reverb,
  sampler,
  saw,
  sine,
  stereoSampler,
};

/** All of them by name, for `<Synth def="sine" />`. */
export function standardSynthDefs(): { names(): readonly string[]; get(name: string): SynthDef | undefined } {
  const defs = [
    bell,
    clap,
    defaultSynthDef,
    delay,
    fm,
    hat,
    kick,
    limiter,
    pluck,
    reverb,
    sampler,
    saw,
    sine,
    stereoSampler,
  ];
  const byName = new Map<string, SynthDef>(defs.map((def) => [def.name, def]));
  return { names: () => [...byName.keys()], get: (name) => byName.get(name) };
}

/** `react-collider/library`: definitions to start with. All play to two channels. */

export type { ControlUnit, LibraryControl } from './controls/control.js';
export { clap, cowbell, crash, hat, kick, openHat, rim, shaker, snare, tom, tomLow } from './drums.js';
export { compressor, gateNoise, limit, limiter } from './dynamics.js';
export { convolution, delay, pingPong, plate, reverb } from './effects.js';
export { brass, choir, flute, keys, noise, organ, pad, string } from './ensembles.js';
export { type LibraryControls, libraryControls } from './libraryControls.js';
export { autoPan, chorus, flanger, phaser, tremolo } from './modulation.js';
export { type LibraryPresets, presets } from './presets.js';
export { standardSynthDefs } from './standardSynthDefs.js';
export { bell, fmBell, marimba, pluck, sampler, stereoSampler } from './strokes.js';
export { grains, wavetable } from './tables.js';
export { bitCrusher, drive, eq, filter } from './tone.js';
export { acid, bass, defaultSynthDef, fm, lead, pulse, saw, sine, sub, supersaw } from './voices.js';
export { wavetables } from './wavetables.js';

/** Named sets of control values. */

import type { LibraryControls } from './libraryControls.js';

type PresetsOf<Def extends keyof LibraryControls> = Readonly<
  Record<string, { readonly [Control in keyof LibraryControls[Def]]?: number }>
>;

const table = {
  sine: {
    soft: { attack: 0.4, release: 1.2 },
    ping: { attack: 0.002, release: 0.08 },
  },
  saw: {
    open: { cutoff: 9000, rq: 0.9, detune: 0.004 },
    dark: { cutoff: 500, rq: 0.8, detune: 0.002 },
    wide: { cutoff: 3500, detune: 0.012, attack: 0.08, release: 0.6 },
  },
  pulse: {
    square: { width: 0.5, cutoff: 6000 },
    reed: { width: 0.15, cutoff: 2500, attack: 0.03 },
    hollow: { width: 0.5, cutoff: 900, rq: 0.6 },
  },
  fm: {
    bell: { ratio: 3.5, index: 3, attack: 0.002, release: 1.5 },
    wood: { ratio: 1, index: 1.2, attack: 0.005 },
    metal: { ratio: 1.41, index: 6 },
  },
  sub: {
    pure: { drive: 0 },
    warm: { drive: 0.35, attack: 0.02 },
    loud: { drive: 0.9 },
  },
  supersaw: {
    trance: { detune: 0.012, spread: 1, cutoff: 12000 },
    dark: { detune: 0.006, spread: 0.6, cutoff: 1500, attack: 0.1 },
    narrow: { detune: 0.003, spread: 0.2 },
  },
  lead: {
    smooth: { glide: 0.12, vibratoDepth: 0.2, cutoff: 2200 },
    sharp: { glide: 0.02, vibratoDepth: 0.05, cutoff: 8000, rq: 0.35 },
  },
  bass: {
    warm: { cutoff: 250, env: 1.5, decay: 0.4, rq: 0.8 },
    pluck: { cutoff: 300, env: 4, decay: 0.12, release: 0.06 },
    round: { cutoff: 700, env: 0.5, rq: 1, attack: 0.02 },
  },
  acid: {
    squelch: { cutoff: 250, rq: 0.08, env: 4.5, decay: 0.3, drive: 2.5 },
    square: { wave: 1, cutoff: 400, rq: 0.2 },
    slide: { glide: 0.12, cutoff: 500, env: 2.5 },
  },
  keys: {
    soft: { bright: 0.2, decay: 5 },
    bark: { bright: 1.2, decay: 3 },
    vibes: { bright: 0.3, tremolo: 0.35, decay: 6 },
  },
  organ: {
    flute: { sub: 0, bright: 0.1, rotor: 0.8 },
    full: { sub: 0.8, bright: 0.9, rotor: 6.5 },
  },
  pad: {
    calm: { attack: 1.5, release: 3, cutoff: 900, drift: 0.5 },
    bright: { attack: 0.6, release: 2, cutoff: 4500, drift: 1 },
  },
  string: {
    section: { attack: 0.25, release: 0.6, vibratoDepth: 0.15, detune: 0.006 },
    solo: { attack: 0.12, release: 0.3, vibratoDepth: 0.35, detune: 0.001 },
  },
  brass: {
    stab: { attack: 0.02, release: 0.1, bright: 4 },
    horn: { attack: 0.12, release: 0.4, bright: 1.8, vibratoDepth: 0.05 },
  },
  flute: {
    pure: { breath: 0.05, vibratoDepth: 0.05 },
    airy: { breath: 0.6, vibratoDepth: 0.15, attack: 0.12 },
  },
  choir: {
    ah: { vowel: 0, attack: 0.4, release: 1 },
    ooh: { vowel: 4, attack: 0.5, release: 1.2, breath: 0.1 },
  },
  noise: {
    wind: { rq: 0.3, attack: 1.5, release: 2 },
    whistle: { rq: 0.02, attack: 0.3 },
  },
  reverb: {
    room: { mix: 0.2, room: 0.4, damp: 0.5 },
    hall: { mix: 0.35, room: 0.9, damp: 0.3 },
  },
  plate: {
    short: { mix: 0.25, decay: 1, damp: 0.4, predelay: 0.005 },
    vocal: { mix: 0.3, decay: 2.5, damp: 0.3, predelay: 0.04 },
    endless: { mix: 0.5, decay: 15, damp: 0.1 },
  },
  delay: {
    slap: { mix: 0.3, time: 0.11, decay: 0.3 },
    dub: { mix: 0.4, time: 0.5, decay: 8 },
  },
  pingPong: {
    wide: { mix: 0.35, time: 0.3, feedback: 0.5, cutoff: 5000 },
    dark: { mix: 0.4, time: 0.45, feedback: 0.7, cutoff: 1200 },
  },
  chorus: {
    slow: { mix: 0.5, rate: 0.25, depth: 0.6 },
    shimmer: { mix: 0.6, rate: 1.5, depth: 0.4 },
  },
  flanger: {
    jet: { rate: 0.08, depth: 1, feedback: 0.8 },
    gentle: { rate: 0.3, depth: 0.4, feedback: 0.3 },
  },
  phaser: {
    slow: { rate: 0.15, depth: 1.5, freq: 700 },
    vibe: { rate: 4, depth: 0.6, freq: 900 },
  },
  tremolo: {
    amp: { rate: 5.5, depth: 0.5 },
    chop: { rate: 8, depth: 1 },
  },
  autoPan: {
    drift: { rate: 0.2, depth: 0.8 },
    fast: { rate: 4, depth: 1 },
  },
  eq: {
    air: { highFreq: 9000, highGain: 4 },
    telephone: { lowFreq: 500, lowGain: -24, highFreq: 3000, highGain: -24, peak1Freq: 1500, peak1Gain: 4 },
    unmuddy: { peak1Freq: 300, peak1Gain: -4, peak1Rq: 1 },
  },
  filter: {
    muffled: { type: 0, cutoff: 600, rq: 1 },
    thin: { type: 1, cutoff: 900, rq: 1 },
    radio: { type: 2, cutoff: 1500, rq: 0.8 },
  },
  drive: {
    tape: { drive: 6, mix: 0.6, cutoff: 9000 },
    fuzz: { drive: 36, mix: 1, cutoff: 4000 },
  },
  bitCrusher: {
    console: { bits: 8, rate: 11025 },
    broken: { bits: 4, rate: 4000 },
  },
  compressor: {
    gentle: { threshold: -20, ratio: 2, attack: 0.02, release: 0.2, makeup: 2 },
    squash: { threshold: -35, ratio: 10, attack: 0.002, release: 0.1, makeup: 12 },
    duck: { threshold: -30, ratio: 8, attack: 0.003, release: 0.25 },
  },
  gateNoise: {
    gentle: { threshold: -55, range: 20, release: 0.3 },
    tight: { threshold: -35, range: 80, release: 0.05 },
  },
} as const;

// What is written above are controls of the definitions.
const presetsOfLibrary: { readonly [Def in keyof typeof table]: PresetsOf<Def> } & typeof table = table;

/** Presets of the voices and effects of the library, by the definition's name and their own. */
export type LibraryPresets = typeof table;

/**
 * Named sets of control values of the voices and effects: `<Note def={bass} {...presets.bass.warm} pitch="C2" />`.
 *
 * A control that a preset does not name has the default of its definition.
 */
export const presets: LibraryPresets = presetsOfLibrary;

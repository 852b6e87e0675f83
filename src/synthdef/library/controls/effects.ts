import {
  bits,
  buffer,
  bus,
  cutoff,
  decibels,
  hertz,
  insertControls,
  mixedControls,
  number,
  octaves,
  ratio,
  rq,
  seconds,
  secondsFrom0,
} from './control.js';

const speed = () => hertz(0.02, 20, 'speed of the movement');
const depth = () => number(0, 1, 'depth of the movement');
const gain = () => decibels(-24, 24, 'gain of the band');
const centre = () => hertz(20, 18000, 'centre of the band');
const width = () => ratio(0.1, 4, 'width of the band by frequency');
const attack = () => seconds(0.001, 1, 'time in which it acts');
const release = () => seconds(0.005, 5, 'time in which it lets go');
const ceiling = () => number(0.01, 1, 'amplitude that nothing gets above');

/** Controls of the rooms and echoes. */
export const spaceControls = () => ({
  reverb: {
    ...mixedControls(),
    room: number(0, 1, '0 small, 1 large'),
    damp: number(0, 1, '0 bright, 1 dull'),
  },
  plate: {
    ...mixedControls(),
    decay: seconds(0.1, 20, 'time to 60 dB less'),
    damp: number(0, 0.95, '0 bright, 0.95 dull'),
    predelay: secondsFrom0(0, 0.2, 'time before the first reflection'),
  },
  convolution: {
    ...mixedControls(),
    left: buffer('impulse response of the left side'),
    right: buffer('impulse response of the right side'),
    gain: decibels(-80, 24, 'gain of the effect'),
  },
  delay: {
    ...mixedControls(),
    time: seconds(0.001, 2, 'time between echoes'),
    decay: seconds(0.1, 30, 'time to 60 dB less'),
  },
  pingPong: {
    ...mixedControls(),
    time: seconds(0.01, 2, 'time between echoes'),
    feedback: number(0, 0.95, 'level of an echo by the one before'),
    cutoff: cutoff(),
  },
});

/** Controls of the effects that move. */
export const modulationControls = () => ({
  chorus: { ...mixedControls(), rate: speed(), depth: depth() },
  flanger: {
    ...mixedControls(),
    rate: speed(),
    depth: depth(),
    feedback: number(-0.95, 0.95, 'part that goes back; below 0 upside down'),
  },
  phaser: {
    ...mixedControls(),
    rate: speed(),
    depth: octaves(0, 3, 'octaves of the movement'),
    freq: hertz(50, 8000, 'middle of the movement'),
  },
  tremolo: { ...mixedControls(), rate: speed(), depth: depth() },
  autoPan: { ...mixedControls(), rate: speed(), depth: depth() },
});

/** Controls of the effects on the spectrum. */
export const toneControls = () => ({
  eq: {
    ...insertControls(),
    lowFreq: hertz(20, 18000, 'frequency of the low shelf'),
    lowGain: gain(),
    peak1Freq: centre(),
    peak1Gain: gain(),
    peak1Rq: width(),
    peak2Freq: centre(),
    peak2Gain: gain(),
    peak2Rq: width(),
    highFreq: hertz(20, 18000, 'frequency of the high shelf'),
    highGain: gain(),
  },
  filter: {
    ...mixedControls(),
    type: number(0, 2, '0 low-pass, 1 high-pass, 2 band-pass'),
    cutoff: cutoff(),
    rq: rq(),
  },
  drive: { ...mixedControls(), drive: decibels(0, 48, 'gain before the saturation'), cutoff: cutoff() },
  bitCrusher: {
    ...mixedControls(),
    rate: hertz(100, 24000, 'samples a second'),
    bits: bits(1, 24, 'bits of a sample'),
  },
});

/** Controls of the effects on loudness. */
export const dynamicsControls = () => ({
  compressor: {
    ...mixedControls(),
    threshold: decibels(-60, 0, 'level above which it gets quieter'),
    ratio: ratio(1, 20, 'decibels of the input for one of the output'),
    attack: attack(),
    release: release(),
    makeup: decibels(0, 30, 'gain behind it'),
    sidechain: bus('first of the two buses whose level counts; -1 for the input', -1),
  },
  gateNoise: {
    ...insertControls(),
    threshold: decibels(-90, 0, 'level at which it opens'),
    range: decibels(0, 90, 'decibels that a closed gate takes away'),
    attack: attack(),
    release: release(),
  },
  limit: { ...insertControls(), level: ceiling() },
  limiter: { out: bus('first of the two buses that it replaces'), level: ceiling() },
});

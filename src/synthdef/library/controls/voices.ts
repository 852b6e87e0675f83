import {
  buffer,
  cutoff,
  decay,
  detune,
  hertz,
  number,
  octaves,
  ratio,
  rq,
  seconds,
  secondsFrom0,
  semitones,
  vibratoDepth,
  vibratoRate,
  voiceControls,
} from './control.js';

const glide = () => secondsFrom0(0, 2, 'time between two frequencies');
const sweep = () => octaves(0, 7, 'octaves that the filter opens at each note');
const sweepTime = () => seconds(0.01, 5, 'time in which the filter closes');

/** Controls of the voices with oscillators and filters. */
export const oscillatorControls = () => ({
  sine: voiceControls(),
  saw: { ...voiceControls(), cutoff: cutoff(), rq: rq(), detune: detune() },
  pulse: {
    ...voiceControls(),
    width: number(0.02, 0.98, 'part of the period that is high: 0.5 is a square'),
    cutoff: cutoff(),
    rq: rq(),
  },
  fm: {
    ...voiceControls(),
    ratio: ratio(0.1, 20, 'frequency of the modulator by that of the carrier'),
    index: number(0, 20, 'depth of the modulation'),
  },
  sub: { ...voiceControls(), drive: number(0, 1, 'saturation') },
  supersaw: {
    ...voiceControls(),
    detune: detune(),
    spread: number(0, 1, 'width: 0 is the middle'),
    cutoff: cutoff(),
  },
  lead: {
    ...voiceControls(),
    glide: glide(),
    vibratoRate: vibratoRate(),
    vibratoDepth: vibratoDepth(),
    cutoff: cutoff(),
    rq: rq(),
  },
  bass: { ...voiceControls(), cutoff: cutoff(), rq: rq(), env: sweep(), decay: sweepTime() },
  acid: {
    ...voiceControls(),
    wave: number(0, 1, '0 sawtooth, 1 square'),
    glide: glide(),
    cutoff: cutoff(),
    rq: rq(),
    env: sweep(),
    decay: sweepTime(),
    drive: ratio(0.5, 10, 'gain before the saturation'),
  },
  default: (() => {
    const { freq, amp, pan, out, gate } = voiceControls();
    return { freq, amp, pan, out, gate };
  })(),
});

/** Controls of the voices that play what is in a buffer. */
export const tableControls = () => ({
  wavetable: {
    ...voiceControls(),
    buf: buffer('tables of 2048 frames'),
    position: number(0, 1, '0 the first table, 1 the last'),
  },
  grains: {
    ...voiceControls(),
    buf: buffer('sound of one channel'),
    root: hertz(20, 10000, 'frequency at which it is heard as it was recorded'),
    position: number(0, 1, 'place of the grains: 0 the beginning, 1 the end'),
    speed: number(-4, 4, 'speed of the place: 1 as it was recorded, 0 stands'),
    density: hertz(0.5, 200, 'grains a second'),
    size: seconds(0.005, 1, 'length of a grain'),
    spray: secondsFrom0(0, 2, 'time by which grains are beside the place'),
    spread: number(0, 1, 'width: 0 is the middle'),
  },
});

/** Controls of the voices after instruments. */
export const ensembleControls = () => ({
  keys: {
    ...voiceControls(),
    decay: decay(),
    bright: number(0, 2, 'level of the tine'),
    tremolo: number(0, 0.4, 'depth of the movement from side to side'),
  },
  organ: {
    ...voiceControls(),
    sub: number(0, 1, "level of the drawbar of 16'"),
    bright: number(0, 1, "level of the drawbars above 8'"),
    rotor: hertz(0.1, 10, 'speed of the rotary speaker'),
  },
  pad: {
    ...voiceControls(),
    detune: detune(),
    cutoff: cutoff(),
    drift: octaves(0, 3, 'octaves by which the filter drifts'),
  },
  string: { ...voiceControls(), vibratoDepth: vibratoDepth(), detune: detune(), cutoff: cutoff() },
  brass: {
    ...voiceControls(),
    bright: octaves(0, 6, 'octaves of harmonics above the frequency'),
    vibratoRate: vibratoRate(),
    vibratoDepth: vibratoDepth(),
  },
  flute: {
    ...voiceControls(),
    breath: number(0, 1, 'level of the noise'),
    vibratoRate: vibratoRate(),
    vibratoDepth: semitones(0, 0.5, 'depth of the vibrato'),
  },
  choir: {
    ...voiceControls(),
    vowel: number(0, 4, '0 a, 1 e, 2 i, 3 o, 4 u'),
    vibratoDepth: vibratoDepth(),
    breath: number(0, 1, 'level of the noise'),
  },
  noise: { ...voiceControls(), rq: ratio(0.005, 2, 'width of the band by frequency') },
});

import {
  buffer,
  decay,
  hertz,
  type LibraryControl,
  number,
  ratio,
  seconds,
  strokeControls,
} from './control.js';

const freq = () => hertz(20, 10000, 'frequency');
const around = () => hertz(200, 16000, 'centre of the noise');
const highPass = () => hertz(500, 16000, 'cutoff frequency: lower is fuller');
const short = () => seconds(0.01, 4, 'time in which it dies away');

const samplerControls = () => ({
  ...strokeControls(),
  buf: buffer('the buffer'),
  rate: number(-4, 4, 'speed: 1 as it was recorded, 2 an octave higher, -1 backwards'),
  start: { min: 0, max: 100_000_000, unit: 'frame', scale: 'lin', about: 'first frame' } as LibraryControl,
  loop: number(0, 1, '1 repeats it until it is released'),
  gate: number(0, 1, '0 releases it'),
  release: seconds(0.001, 20, 'time to silence after the gate closed'),
});

/** Controls of what is struck or plucked, and of the samplers. */
export const struckControls = () => ({
  pluck: { ...strokeControls(), freq: freq(), decay: decay(), dull: number(0, 0.99, '0 bright, 0.99 dull') },
  bell: { ...strokeControls(), freq: freq(), decay: decay() },
  fmBell: {
    ...strokeControls(),
    freq: freq(),
    decay: decay(),
    ratio: ratio(0.1, 20, 'frequency of the modulator by that of the carrier'),
    index: number(0, 20, 'depth of the modulation at first'),
  },
  marimba: {
    ...strokeControls(),
    freq: freq(),
    decay: decay(),
    hardness: number(0, 1, 'hardness of the mallet: 0 soft, 1 hard'),
  },
  sampler: samplerControls(),
  stereoSampler: samplerControls(),
});

/** Controls of the drums and cymbals. */
export const drumControls = () => ({
  kick: { ...strokeControls(), freq: hertz(20, 200, 'frequency that it falls to'), decay: short() },
  snare: {
    ...strokeControls(),
    freq: hertz(80, 500, 'frequency of the membrane'),
    decay: short(),
    snappy: number(0, 1, 'level of the wires'),
  },
  hat: { ...strokeControls(), cutoff: highPass(), decay: short() },
  openHat: { ...strokeControls(), cutoff: highPass(), decay: short() },
  clap: { ...strokeControls(), freq: around(), decay: short() },
  tom: { ...strokeControls(), freq: hertz(40, 600, 'frequency that it falls to'), decay: short() },
  tomLow: { ...strokeControls(), freq: hertz(40, 600, 'frequency that it falls to'), decay: short() },
  rim: { ...strokeControls(), freq: hertz(100, 3000, 'frequency of the lower tone'), decay: short() },
  cowbell: { ...strokeControls(), freq: hertz(100, 3000, 'frequency of the lower square'), decay: short() },
  crash: { ...strokeControls(), cutoff: highPass(), decay: seconds(0.05, 10, 'time in which it dies away') },
  shaker: { ...strokeControls(), freq: around(), decay: short() },
});

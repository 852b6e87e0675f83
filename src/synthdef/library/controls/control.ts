/** Facts of a control, and short ways to write the usual ones. */

/** Facts of a control of the library: for faders, checks and the table in docs/instruments.md. */
export interface LibraryControl {
  /** Lowest useful value. */
  readonly min: number;
  /** Highest useful value. */
  readonly max: number;
  /** Unit of the value; empty for a number without one. */
  readonly unit: ControlUnit;
  /** Scale of a fader: `exp` where equal ratios are equal steps. */
  readonly scale: 'lin' | 'exp';
  /** One line of what it changes. */
  readonly about: string;
}

/** Units of the controls. */
export type ControlUnit =
  | ''
  | 'Hz'
  | 's'
  | 'dB'
  | 'octaves'
  | 'semitones'
  | 'bits'
  | 'bus'
  | 'buffer'
  | 'frame';

type Write = (min: number, max: number, about: string) => LibraryControl;

const writer =
  (unit: ControlUnit, scale: 'lin' | 'exp'): Write =>
  (min, max, about) => ({ min, max, unit, scale, about });

/** A frequency. */
export const hertz = writer('Hz', 'exp');
/** A time. */
export const seconds = writer('s', 'exp');
/** A time that may be 0. */
export const secondsFrom0 = writer('s', 'lin');
/** A level or a gain. */
export const decibels = writer('dB', 'lin');
/** A distance in octaves. */
export const octaves = writer('octaves', 'lin');
/** A distance in semitones. */
export const semitones = writer('semitones', 'lin');
/** A number without a unit. */
export const number = writer('', 'lin');
/** A number without a unit, on an exponential scale. */
export const ratio = writer('', 'exp');
/** A number of bits. */
export const bits = writer('bits', 'lin');

/** The first of two buses. A server has 1024 audio buses unless its options give another number. */
export const bus = (about: string, min = 0): LibraryControl => writer('bus', 'lin')(min, 1023, about);

/** A buffer. */
export const buffer = (about: string): LibraryControl => writer('buffer', 'lin')(0, 1_000_000, about);

const OUT = 'first of the two buses that it plays to';

/** Controls of everything that is struck. */
export const strokeControls = () => ({
  amp: number(0, 1, 'amplitude'),
  pan: number(-1, 1, '-1 left, 1 right'),
  out: bus(OUT),
});

/** Controls of every voice. */
export const voiceControls = () => ({
  freq: hertz(20, 10000, 'frequency'),
  ...strokeControls(),
  gate: number(0, 1, '0 releases it'),
  attack: seconds(0.001, 10, 'time to full level'),
  release: seconds(0.01, 20, 'time to silence after the gate closed'),
});

/** Controls of every effect. */
export const insertControls = () => ({
  in: bus('first of the two buses that it reads'),
  out: bus('first of the two buses that it adds to; the same as `in`: replaces the sound there'),
  amp: number(0, 2, 'gain behind the effect'),
  gate: number(0, 1, '0 releases it'),
});

/** Controls of an effect with a mix. */
export const mixedControls = () => ({
  ...insertControls(),
  mix: number(0, 1, '0 dry, 1 wet'),
});

/** Cutoff frequency of a filter. */
export const cutoff = (): LibraryControl => hertz(20, 18000, 'cutoff frequency of the filter');
/** Resonance of a filter. */
export const rq = (): LibraryControl => ratio(0.02, 2, 'resonance as 1/Q: lower is sharper');
/** Depth of a vibrato. */
export const vibratoDepth = (): LibraryControl => semitones(0, 2, 'depth of the vibrato');
/** Speed of a vibrato. */
export const vibratoRate = (): LibraryControl => hertz(0.1, 12, 'speed of the vibrato');
/** Distance of two oscillators. */
export const detune = (): LibraryControl => number(0, 0.05, 'distance of the oscillators by frequency');
/** Time in which a sound dies away. */
export const decay = (): LibraryControl => seconds(0.01, 20, 'time in which it dies away');

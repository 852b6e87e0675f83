/** Choosing among signals, and units made of several. */

import {
  BufDur,
  BufRateScale,
  Compander,
  DelayN,
  FFT,
  HPZ1,
  IFFT,
  Impulse,
  PlayBuf,
  PV_PhaseShift90,
  SampleRate,
  Select,
  SinOsc,
  TIRand,
  TWindex,
  XFade2,
} from '../catalogue/generated/index.js';
import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from '../signal/expand.js';
import { binary, mulAdd } from '../signal/operators.js';
import { asSignal, Channels, Constant, type Signal, type SignalInput, UnitOutput } from '../signal/signal.js';
import { listOf, wholeNumber } from './arguments.js';
import { shapes } from './curves.js';
import { Env } from './env.js';
import { EnvGen } from './envGen.js';
import { LocalBuf } from './localBuffers.js';
import { Mix } from './mix.js';

const linXFadeKind: UnitKind = {
  className: 'LinXFade2',
  check: { audio: [0, 1] },
  inputNames: ['inA', 'inB', 'pan'],
};
const varLagKind: UnitKind = {
  className: 'VarLag',
  pure: true,
  check: { audio: [0], first: 'control' },
  inputNames: ['in'],
};
const beatTrackKind: UnitKind = { className: 'BeatTrack', manyOutputs: true };
const decodeKind: UnitKind = { className: 'DecodeB2', manyOutputs: true };
const inRectKind: UnitKind = { className: 'InRect' };

type Rate = 'audio' | 'control';
const byRate = <Result>(make: (rate: Rate) => Result): { ar: Result; kr: Result } => ({
  ar: make('audio'),
  kr: make('control'),
});
const unitOf = (kind: UnitKind, rate: UnitRate, inputs: readonly SignalInput[]): Signal =>
  expand(
    inputs.map((input) => asSignal(input, `an input of ${kind.className}`)),
    (mono) => newUnit(kind, rate, mono).output,
  );

/** Crossfades two signals linearly. Audio, control rate, 1 output. @default b 0, pan 0, level 1 */
export const LinXFade2 = byRate(
  (rate) =>
    (a: SignalInput, b: SignalInput = 0, pan: SignalInput = 0, level: SignalInput = 1): Signal =>
      unitOf(linXFadeKind, rate, [a, b, pan]).mul(level),
);

const selectX =
  (rate: Rate, crossfade: (a: Signal, b: Signal, pan: Signal) => Signal) =>
  (which: SignalInput, channels: SignalInput): Signal => {
    const select = rate === 'audio' ? Select.ar : Select.kr;
    const index = asSignal(which);
    const even = select(index.round(2), channels);
    const odd = select(index.trunc(2).add(1), channels);
    return crossfade(even, odd, index.mul(2).sub(1).fold2(1));
  };

/** The signals of a list, crossfaded by an index at equal power. Audio, control rate. */
export const SelectX = byRate((rate) =>
  selectX(rate, (a, b, pan) => (rate === 'audio' ? XFade2.ar : XFade2.kr)(a, b, pan)),
);

/** The signals of a list, crossfaded by an index linearly. Audio, control rate. */
export const LinSelectX = byRate((rate) =>
  selectX(rate, (a, b, pan) => LinXFade2[rate === 'audio' ? 'ar' : 'kr'](a, b, pan)),
);

/** The signals of a list, those near an index louder. @default focus 1, does not wrap */
export function SelectXFocus(
  which: SignalInput,
  channels: SignalInput,
  focus: SignalInput = 1,
  wrap = false,
): Signal {
  const list = listOf(channels);
  const index = asSignal(which);
  return Mix(
    list.map((channel, place) => {
      const distance = wrap ? index.moddif(place, list.length) : index.absdif(place);
      return binary('*', binary('max', binary('-', 1, distance.mul(focus)), 0), channel);
    }),
  );
}

/** One signal of a list at random at each trigger. Audio, control rate. */
export const TChoose = {
  ar: (trig: SignalInput, channels: SignalInput): Signal =>
    Select.ar(TIRand.ar(0, listOf(channels).length - 1, trig), channels),
  kr: (trig: SignalInput, channels: SignalInput): Signal =>
    Select.kr(TIRand.kr(0, listOf(channels).length - 1, trig), channels),
};

/** One signal of a list at random by weights at each trigger. Audio, control rate. @default weights add up to 1 */
export const TWChoose = {
  ar: (trig: SignalInput, channels: SignalInput, weights: SignalInput, normalize: SignalInput = 0): Signal =>
    Select.ar(TWindex.ar(trig, weights, normalize), channels),
  kr: (trig: SignalInput, channels: SignalInput, weights: SignalInput, normalize: SignalInput = 0): Signal =>
    Select.kr(TWindex.kr(trig, weights, normalize), channels),
};

/** 1 where a signal changes by more than a threshold. Audio, control rate. @default 0 */
export const Changed = {
  ar: (input: SignalInput, threshold: SignalInput = 0): Signal => HPZ1.ar(input).abs().gt(threshold),
  kr: (input: SignalInput, threshold: SignalInput = 0): Signal => HPZ1.kr(input).abs().gt(threshold),
};

/** Glides to each new value in a time, along a curve. @default 0.1 s, curvature 0, 'curve' (shape 5) */
export const VarLag = byRate((rate) => {
  const [changed, impulse, envGen] =
    rate === 'audio' ? [Changed.ar, Impulse.ar, EnvGen.ar] : [Changed.kr, Impulse.kr, EnvGen.kr];
  return (
    input: SignalInput,
    time: SignalInput = 0.1,
    curvature: SignalInput = 0,
    warp: keyof typeof shapes | number = 5,
    start?: SignalInput,
    mul: SignalInput = 1,
    add: SignalInput = 0,
  ): Signal => {
    const source = asSignal(input);
    const seconds = asSignal(time);
    if (source.rate === 'scalar' || (seconds instanceof Constant && seconds.value === 0))
      return mulAdd(source, mul, add);
    const shape = typeof warp === 'string' ? shapes[warp] : warp;
    const all = [source, seconds, asSignal(curvature), asSignal(start ?? source)];
    const lagged = expand(all, ([value, seconds, curvature, first]) => {
      if (shape === 1) return newUnit(varLagKind, rate, [value!, seconds!, first!]).output;
      const [level, segments, release, loop, target, duration] = new Env(
        [first!, value!],
        [seconds!],
      ).signals().channels;
      let trig = changed(value!).add(impulse(0));
      if (seconds!.rate !== 'scalar') trig = trig.add(Changed.kr(seconds!));
      const numbers = [
        level!,
        segments!,
        release!,
        loop!,
        target!,
        duration!,
        new Constant(shape),
        curvature!,
      ];
      return envGen(new Channels(numbers), trig);
    });
    return mulAdd(lagged, mul, add);
  };
});

/** Compander that hears its signal ahead by `clampTime`. Audio rate, 1 output. */
export const CompanderD = {
  ar(
    input: SignalInput = 0,
    thresh: SignalInput = 0.5,
    slopeBelow: SignalInput = 1,
    slopeAbove: SignalInput = 1,
    clampTime: SignalInput = 0.01,
    relaxTime: SignalInput = 0.01,
    mul: SignalInput = 1,
    add: SignalInput = 0,
  ): Signal {
    const delayed = DelayN.ar(input, clampTime, clampTime);
    return Compander.ar(delayed, input, thresh, slopeBelow, slopeAbove, clampTime, relaxTime, mul, add);
  },
};

/** Reads a buffer that is recorded, `delaytime` seconds behind its start. Audio rate. @default 1 channel, 0.2 s */
export const Tap = {
  ar(bufnum: SignalInput = 0, numChannels = 1, delaytime: SignalInput = 0.2): Signal {
    const scale = BufRateScale.kr(bufnum);
    const frames = asSignal(delaytime).mul(SampleRate.ir().neg().mul(scale));
    return PlayBuf.ar(numChannels, bufnum, scale, 0, frames, 1);
  },
};

/** A signal and itself shifted by 90°, by FFT in a buffer of 1024 or 2048 frames. Audio rate, 2 outputs. */
export const HilbertFIR = {
  ar(input: SignalInput, buffer: SignalInput): Signal {
    const shifted = PV_PhaseShift90(FFT(buffer, input));
    const delay = BufDur.kr(buffer);
    return new Channels([DelayN.ar(input, delay, delay), IFFT(shifted)]);
  },
};

/** Follows the beat: quarter, eighth and sixteenth ticks, and the tempo in beats a second. Control rate, 4 outputs. */
export const BeatTrack = {
  kr(chain: SignalInput, lock: SignalInput = 0): Signal {
    const given = asSignal(chain);
    const isFft = given instanceof UnitOutput && given.unit.className === 'FFT';
    const spectrum = isFft ? given : FFT(LocalBuf(SampleRate.ir().gt(48000).if(2048, 1024)), given);
    return expand(
      [spectrum, asSignal(lock)],
      (mono) => new Channels(newUnit(beatTrackKind, 'control', mono, { outputs: 4 }).outputs),
    );
  },
};

/** Decodes 2D ambisonics to a ring of channels. Audio, control rate. @default orientation 0.5 */
export const DecodeB2 = byRate(
  (rate) =>
    (
      numChans: number,
      w: SignalInput,
      x: SignalInput,
      y: SignalInput,
      orientation: SignalInput = 0.5,
    ): Signal => {
      const outputs = wholeNumber('DecodeB2: numChans', numChans);
      return expand(
        [w, x, y, orientation].map((input) => asSignal(input)),
        (mono) => new Channels(newUnit(decodeKind, rate, mono, { outputs }).outputs),
      );
    },
);

/** 1 while a point is in a rectangle. Audio, control rate, 1 output. */
export const InRect = byRate(
  (rate) =>
    (
      x: SignalInput,
      y: SignalInput,
      {
        left,
        top,
        right,
        bottom,
      }: { left: SignalInput; top: SignalInput; right: SignalInput; bottom: SignalInput },
    ): Signal =>
      unitOf(inRectKind, rate, [x, y, left, top, right, bottom]),
);

/** Maps a linear range to another. Audio, control rate. */
export const LinLin = byRate(
  (rate) =>
    (
      input: SignalInput,
      srclo: SignalInput = 0,
      srchi: SignalInput = 1,
      dstlo: SignalInput = 1,
      dsthi: SignalInput = 2,
    ): Signal => {
      const scale = asSignal(dsthi).sub(dstlo).div(asSignal(srchi).sub(srclo));
      const offset = asSignal(dstlo).sub(scale.mul(srclo));
      return rate === 'audio' ? mulAdd(input, scale, offset) : asSignal(input).mul(scale).add(offset);
    },
);

/** A sine whose phase another sine modulates. Audio, control rate. */
export const PMOsc = {
  ar: (
    carfreq: SignalInput,
    modfreq: SignalInput,
    pmindex: SignalInput = 0,
    modphase: SignalInput = 0,
    mul: SignalInput = 1,
    add: SignalInput = 0,
  ): Signal => SinOsc.ar(carfreq, SinOsc.ar(modfreq, modphase, pmindex), mul, add),
  kr: (
    carfreq: SignalInput,
    modfreq: SignalInput,
    pmindex: SignalInput = 0,
    modphase: SignalInput = 0,
    mul: SignalInput = 1,
    add: SignalInput = 0,
  ): Signal => SinOsc.kr(carfreq, SinOsc.kr(modfreq, modphase, pmindex), mul, add),
};

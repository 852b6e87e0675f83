/** Graphs where a number goes: `cutoff={lfo('sine', { rate: 0.2, range: [400, 1200] })}`. */

import { SuperColliderError } from '../errors.js';
import type { BusHandle } from '../scene/handles.js';
import { Modulator } from '../scene/modulator.js';
import type { ControlValue } from '../scene/props.js';
import {
  A2K,
  Amplitude,
  DC,
  type Env,
  EnvGen,
  In,
  InFeedback,
  K2A,
  LFNoise0,
  LFNoise2,
  LFPulse,
  LFSaw,
  LFTri,
  Out,
  type Signal,
  SinOsc,
  signal,
  synthDef,
} from '../synthdef/index.js';
import type { Rate, Seconds } from '../units.js';
import { asInputs, type SignalsOf } from './graphControls.js';

/** Writes a modulator's graph: gets the controls as signals, and gives the values. */
export type ModulatorGraph<Controls> = (
  controls: SignalsOf<Controls>,
) => Signal | number | readonly (Signal | number)[];

/** Controls of a modulator, which change without a restart. */
export type ModulatorControls = Readonly<Record<string, ControlValue>>;

/**
 * A modulator at control rate: a graph of unit generators where a control's number goes.
 *
 * The root makes one bus and one synth for the modulator, before everything else, and maps the control to the bus.
 * The same object in several controls is one synth. An equal graph in the next render changes nothing. Changed
 * `controls` are set, and another graph replaces the synth. Sends `/s_new`, and `/n_map` for each control.
 *
 * @param graph - Is called once, at this call. Several values are for a control that is an array.
 * @param controls - Numbers, buses or other modulators, which the graph gets as signals.
 * @throws SuperColliderError `invalid-synthdef` for a graph that cannot be compiled or gives nothing.
 * @example
 * ```tsx
 * <Synth def={saw} cutoff={kr(({ rate }) => LFNoise1.kr(rate).range(400, 1200), { rate: 3 })} />
 * ```
 */
export function kr<const Controls extends ModulatorControls = Record<never, never>>(
  graph: ModulatorGraph<Controls>,
  controls?: Controls,
): Modulator {
  return modulator('control', 'kr', graph, controls);
}

/** A modulator at audio rate: as `kr`, with a value for each sample. Sends `/s_new`, and `/n_mapa` for each control. */
export function ar<const Controls extends ModulatorControls = Record<never, never>>(
  graph: ModulatorGraph<Controls>,
  controls?: Controls,
): Modulator {
  return modulator('audio', 'ar', graph, controls);
}

function modulator<Controls extends ModulatorControls>(
  rate: Rate,
  name: string,
  graph: ModulatorGraph<Controls>,
  controls: Controls = {} as Controls,
): Modulator {
  if (typeof graph !== 'function') {
    throw new SuperColliderError(
      'invalid-argument',
      `${name} needs a function that gives a signal: ${name}(() => SinOsc.${name}(3).range(400, 1200)).`,
    );
  }
  let channels = 0;
  const def = synthDef(name, { out: 0, ...asInputs(controls) }, (signals) => {
    const result = graph(signals as never);
    if (result === undefined) return;
    const values = signal(result as Signal).channels.map((channel) => atRate(rate, channel));
    channels = values.length;
    if (rate === 'audio') Out.ar((signals as { out: Signal }).out, values);
    else Out.kr((signals as { out: Signal }).out, values);
  });
  return new Modulator({ def, rate, channels, controls });
}

function atRate(rate: Rate, channel: Signal): Signal {
  if (rate === 'control') return channel.rate === 'audio' ? A2K.kr(channel) : channel;
  if (channel.rate === 'audio') return channel;
  return channel.rate === 'control' ? K2A.ar(channel) : DC.ar(channel);
}

/** Options of `lfo`. */
export interface LfoOptions {
  /** Cycles a second. @default 1 */
  readonly rate?: ControlValue | undefined;
  /** The lowest and the highest value. @default [-1, 1] */
  readonly range?: readonly [low: number, high: number] | undefined;
  /** The part of a cycle at which the modulator begins, 0 to 1. @default 0 */
  readonly phase?: number | undefined;
  /** `exp` for equal steps in pitch: both ends of the range are above 0, or both below. @default 'lin' */
  readonly scale?: 'lin' | 'exp' | undefined;
}

/** The shape of an LFO. `random` holds a new random value for each cycle. */
export type LfoShape = 'sine' | 'triangle' | 'saw' | 'square' | 'random';

/** Each from -1 to 1; the phase is a part of a cycle. */
const shapes: Readonly<Record<LfoShape, (rate: Signal, phase: number) => Signal>> = {
  sine: (rate, phase) => SinOsc.kr(rate, phase * 2 * Math.PI),
  triangle: (rate, phase) => LFTri.kr(rate, phase * 4),
  saw: (rate, phase) => LFSaw.kr(rate, phase * 2),
  square: (rate, phase) => LFPulse.kr(rate, phase).mul(2).sub(1),
  random: (rate) => LFNoise0.kr(rate),
};

/**
 * A low-frequency oscillator for a control.
 *
 * The rate and the range of a mounted modulator change without a restart.
 *
 * @throws SuperColliderError `invalid-argument` for an unknown shape, or a range that an exponential scale cannot have.
 * @example
 * ```tsx
 * <Synth def={saw} cutoff={lfo('sine', { rate: 0.2, range: [400, 2000], scale: 'exp' })} />
 * ```
 */
export function lfo(shape: LfoShape, options: LfoOptions = {}): Modulator {
  const { rate = 1, range = [-1, 1], phase = 0, scale = 'lin' } = options;
  const [low, high] = range;
  if (!Object.hasOwn(shapes, shape)) {
    throw new SuperColliderError(
      'invalid-argument',
      `lfo: there is no shape "${String(shape)}". The shapes are ${Object.keys(shapes).join(', ')}.`,
    );
  }
  if (scale === 'exp' && !(low * high > 0)) {
    throw new SuperColliderError(
      'invalid-argument',
      `lfo: the range [${low}, ${high}] of an exponential scale reaches or crosses 0. Give two numbers above 0.`,
    );
  }
  return kr(
    (c) => {
      const moving = shapes[shape](c.rate, phase);
      return scale === 'exp' ? moving.exprange(c.low, c.high) : moving.range(c.low, c.high);
    },
    { rate, low, high },
  );
}

/** Options of `drift`. */
export interface DriftOptions {
  /** Changes of direction a second, at most. @default 0.2 */
  readonly rate?: ControlValue | undefined;
  /** The lowest and the highest value. @default [-1, 1] */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/** A modulator that wanders smoothly and at random through a range. */
export function drift({ rate = 0.2, range = [-1, 1] }: DriftOptions = {}): Modulator {
  const [low, high] = range;
  // Quadratic noise overshoots its range between two values.
  return kr((c) => LFNoise2.kr(c.rate).clip(-1, 1).range(c.low, c.high), { rate, low, high });
}

/** A modulator that plays an envelope once, from the moment at which the control gets the modulator. */
export function envelope(env: Env): Modulator {
  return kr(() => EnvGen.kr(env));
}

/** Options of `follow`. */
export interface FollowOptions {
  /** Seconds in which the modulator follows a louder sound. @default 0.01 */
  readonly attack?: Seconds | undefined;
  /** Seconds in which the modulator follows a softer sound. @default 0.1 */
  readonly release?: Seconds | undefined;
  /** The values for silence and for full scale. @default [0, 1] */
  readonly range?: readonly [silent: number, loud: number] | undefined;
}

/**
 * A modulator that follows a bus: the loudness of an audio bus, or the value of a control bus.
 *
 * Modulators are computed before everything else. So the modulator hears an audio bus one control block late
 * (1.3 ms with 64 samples at 48 kHz).
 */
export function follow(bus: BusHandle, options: FollowOptions = {}): Modulator {
  const { attack = 0.01, release = 0.1, range = [0, 1] } = options;
  const { channels, rate } = bus;
  const [silent, loud] = range;
  return kr(
    (c) => {
      const level =
        rate === 'audio'
          ? loudest(Amplitude.kr(InFeedback.ar(c.bus, channels), c.attack, c.release))
          : loudest(In.kr(c.bus, channels));
      return level.mul(c.loud.sub(c.silent)).add(c.silent);
    },
    { bus, silent, loud, ...(rate === 'audio' && { attack, release }) } as {
      bus: BusHandle;
      silent: number;
      loud: number;
      attack: number;
      release: number;
    },
  );
}

const loudest = ({ channels }: Signal): Signal => channels.reduce((loudest, channel) => loudest.max(channel));

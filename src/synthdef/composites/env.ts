/**
 * Envelopes: levels, the times between them, and the curves of the segments.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/Env.sc
 */

import { SuperColliderError } from '../../errors.js';
import { Impulse, Latch } from '../catalogue/generated/index.js';
import { flatten } from '../signal/expand.js';
import { sum } from '../signal/operators.js';
import { asSignal, Channels, Constant, type Signal, type SignalInput } from '../signal/signal.js';

/** Numbers of the shapes; any other curve is a curvature of shape 5, 0 being straight. */
export const shapes = {
  step: 0,
  lin: 1,
  linear: 1,
  exp: 2,
  exponential: 2,
  sin: 3,
  sine: 3,
  wel: 4,
  welch: 4,
  sqr: 6,
  squared: 6,
  cub: 7,
  cubed: 7,
  hold: 8,
} as const;

/** Shape of a segment by name, or a curvature: 0 is straight, negative fast at first, positive slow at first. */
export type Curve = keyof typeof shapes | SignalInput;

/** Nodes of an envelope, by the indices of its levels. */
export interface EnvOptions {
  /** Index of the level that holds until the gate closes. */
  readonly releaseNode?: number;
  /** Index of the level to go back to from the release node while the gate is open. */
  readonly loopNode?: number;
  /** For IEnvGen: an offset of all times, seconds. @default 0 */
  readonly offset?: SignalInput;
}

/** An envelope: levels, the seconds between them, and the curve of each segment. @see https://doc.sccode.org/Classes/Env.html */
export class Env {
  /** Levels, one more than segments. */
  readonly levels: readonly SignalInput[];
  /** Seconds of each segment. */
  readonly times: readonly SignalInput[];
  /** Curves of the segments; repeated where there are fewer. */
  readonly curves: readonly Curve[];
  /** Index of the level that holds until the gate closes; `undefined` for none. */
  readonly releaseNode: number | undefined;
  /** Index of the level that a loop goes back to; `undefined` for none. */
  readonly loopNode: number | undefined;
  /** Offset of all times for IEnvGen, seconds. */
  readonly offset: SignalInput;

  /**
   * @param times - seconds; repeated when there are fewer than segments
   * @param curves - one, or one for each segment; repeated as well
   * @throws SuperColliderError `bad-synthdef` for fewer than two levels or an unknown shape
   */
  constructor(
    levels: readonly SignalInput[] = [0, 1, 0],
    times: SignalInput = [1, 1],
    curves: Curve | readonly Curve[] = 'lin',
    { releaseNode, loopNode, offset = 0 }: EnvOptions = {},
  ) {
    if (levels.length < 2) {
      throw new SuperColliderError(
        'bad-synthdef',
        `An Env has at least two levels; it was given ${levels.length}.`,
      );
    }
    const given = Array.isArray(times) ? (times as readonly SignalInput[]) : [times];
    this.levels = levels;
    this.times = Array.from({ length: levels.length - 1 }, (_, index) => given[index % given.length]!);
    this.curves = Array.isArray(curves) ? (curves as readonly Curve[]) : [curves as Curve];
    this.releaseNode = releaseNode;
    this.loopNode = loopNode;
    this.offset = offset;
    for (const curve of this.curves) shapeOf(curve);
  }

  /** Up and down. @default 1 s, 1 */
  static triangle(duration: SignalInput = 1, level: SignalInput = 1): Env {
    const half = asSignal(duration).mul(0.5);
    return new Env([0, level, 0], [half, half]);
  }

  /** A sine's half wave. @default 1 s, 1 */
  static sine(duration: SignalInput = 1, level: SignalInput = 1): Env {
    const half = asSignal(duration).mul(0.5);
    return new Env([0, level, 0], [half, half], 'sine');
  }

  /** Attack and decay, as of something struck. @default 0.01 s, 1 s, 1, -4 */
  static perc(
    attack: SignalInput = 0.01,
    release: SignalInput = 1,
    level: SignalInput = 1,
    curve: Curve = -4,
  ): Env {
    return new Env([0, level, 0], [attack, release], curve);
  }

  /** Attack, plateau and release. @default 0.01 s, 1 s, 1 s, 1, 'lin' */
  static linen(
    attack: SignalInput = 0.01,
    sustain: SignalInput = 1,
    release: SignalInput = 1,
    level: SignalInput = 1,
    curve: Curve = 'lin',
  ): Env {
    return new Env([0, level, level, 0], [attack, sustain, release], curve);
  }

  /** From points: time, level, and the curve to the next. Sorted by time where times are numbers. */
  static xyc(points: readonly (readonly [time: SignalInput, level: SignalInput, curve?: Curve])[]): Env {
    const isNumbers = points.every(([time]) => typeof time === 'number');
    const sorted = isNumbers ? points.toSorted(([a], [b]) => (a as number) - (b as number)) : points;
    const times = sorted.slice(1).map(([time], index) => asSignal(time).sub(sorted[index]![0]));
    const curves = sorted.map(([, , curve = 'lin']) => curve);
    return new Env(
      sorted.map(([, level]) => level),
      times,
      curves,
      { offset: sorted[0]?.[0] ?? 0 },
    );
  }

  /** From points of time and level, with one curve. @default 'lin' */
  static pairs(
    points: readonly (readonly [time: SignalInput, level: SignalInput])[],
    curve: Curve = 'lin',
  ): Env {
    return Env.xyc(points.map(([time, level]) => [time, level, curve]));
  }

  /** Levels that each hold for their time. @throws SuperColliderError `bad-synthdef` unless as many times as levels */
  static step(
    levels: readonly SignalInput[] = [0, 1],
    times: readonly SignalInput[] = [1, 1],
    options?: EnvOptions,
  ): Env {
    if (levels.length !== times.length) {
      throw new SuperColliderError(
        'bad-synthdef',
        `Env.step has as many times as levels; it was given ${levels.length} levels and ${times.length} times.`,
      );
    }
    return new Env([levels[0]!, ...levels], times, 'step', options);
  }

  /** Full until the gate closes, then the release. @default 0.1 s, 1, 'lin' */
  static cutoff(release: SignalInput = 0.1, level: SignalInput = 1, curve: Curve = 'lin'): Env {
    const end = shapeOf(curve) === 2 ? asSignal(-100).dbamp() : 0;
    return new Env([level, end], [release], curve, { releaseNode: 0 });
  }

  /** Delay, attack, decay, sustain, release. @default 0.1 s, 0.01 s, 0.3 s, 0.5, 1 s, 1, -4, 0 */
  static dadsr(
    delay: SignalInput = 0.1,
    attack: SignalInput = 0.01,
    decay: SignalInput = 0.3,
    sustain: SignalInput = 0.5,
    release: SignalInput = 1,
    peak: SignalInput = 1,
    curve: Curve = -4,
    bias: SignalInput = 0,
  ): Env {
    const levels = biased([0, 0, peak, asSignal(peak).mul(sustain), 0], bias);
    return new Env(levels, [delay, attack, decay, release], curve, { releaseNode: 3 });
  }

  /** Attack, decay, sustain, release. @default 0.01 s, 0.3 s, 0.5, 1 s, 1, -4, 0 */
  static adsr(
    attack: SignalInput = 0.01,
    decay: SignalInput = 0.3,
    sustain: SignalInput = 0.5,
    release: SignalInput = 1,
    peak: SignalInput = 1,
    curve: Curve = -4,
    bias: SignalInput = 0,
  ): Env {
    const levels = biased([0, peak, asSignal(peak).mul(sustain), 0], bias);
    return new Env(levels, [attack, decay, release], curve, { releaseNode: 2 });
  }

  /** Attack, sustain, release. @default 0.01 s, 1, 1 s, -4 */
  static asr(
    attack: SignalInput = 0.01,
    sustain: SignalInput = 1,
    release: SignalInput = 1,
    curve: Curve = -4,
  ): Env {
    return new Env([0, sustain, 0], [attack, release], curve, { releaseNode: 1 });
  }

  /** Levels of 0 and times of 1, to be set later: the default of a control that takes an envelope. @default 8, 1 */
  static newClear(numSegments = 8, numChannels = 1): Env {
    for (const [name, count] of Object.entries({ numSegments, numChannels })) {
      if (Number.isInteger(count) && count >= 1) continue;
      throw new SuperColliderError(
        'bad-synthdef',
        `Env.newClear: ${name} is ${count}: give a whole number from 1.`,
      );
    }
    const all = (value: number): SignalInput =>
      numChannels === 1 ? value : Array.from({ length: numChannels }, () => value);
    return new Env(
      Array.from({ length: numSegments + 1 }, () => all(0)),
      Array.from({ length: numSegments }, () => all(1)),
    );
  }

  /** Levels in a loop; the last time leads back to the first level. Only in a definition. @default 'lin' */
  static circle(
    levels: readonly SignalInput[],
    times: SignalInput,
    curves: Curve | readonly Curve[] = 'lin',
  ): Env {
    const wrapped = <Item>(given: readonly Item[]): Item[] =>
      levels.map((_, index) => given[index % given.length]!);
    const allTimes = wrapped(Array.isArray(times) ? (times as readonly SignalInput[]) : [times]);
    const allCurves = wrapped(Array.isArray(curves) ? (curves as readonly Curve[]) : [curves as Curve]);
    return new Env(levels, allTimes.slice(0, -1), allCurves.slice(0, -1)).circle(
      allTimes.at(-1),
      allCurves.at(-1),
    );
  }

  /** This envelope in a loop until its gate closes. Only in a definition. @default 0 s, 'lin' */
  circle(timeFromLastToFirst: SignalInput = 0, curve: Curve = 'lin'): Env {
    const first0Then1 = Latch.kr(1, Impulse.kr(0));
    const curves = this.times.map((_, index) => this.curves[index % this.curves.length]!);
    const back = first0Then1.mul(timeFromLastToFirst);
    const isHeld = this.releaseNode !== undefined;
    return new Env(
      isHeld ? [0, ...this.levels] : [0, ...this.levels, 0],
      isHeld ? [back, ...this.times] : [back, ...this.times, Number.POSITIVE_INFINITY],
      isHeld ? [curve, ...curves] : [curve, ...curves, 'lin'],
      { releaseNode: isHeld ? this.releaseNode + 1 : this.levels.length, loopNode: 0 },
    );
  }

  /**
   * The numbers that EnvGen reads, for a control that takes an envelope, and for its values.
   *
   * ```tsx
   * const pad = synthDef('pad', { env: Env.newClear(2).asArray() }, (c) => {
   *   Out.ar(0, SinOsc.ar(440).mul(EnvGen.kr(c.env, { doneAction: DoneAction.freeSelf })));
   * });
   * <Synth def={pad} env={Env.perc().asArray()} />
   * ```
   *
   * @throws SuperColliderError `bad-synthdef` where a level, time or curve is a signal or has several channels.
   */
  asArray(): number[] {
    const signals = this.signals();
    const numbers = flatten(signals).map((signal) =>
      signal instanceof Constant ? signal.value : Number.NaN,
    );
    if (isManyEnvelopes(signals) || numbers.some(Number.isNaN)) {
      throw new SuperColliderError(
        'bad-synthdef',
        'Env.asArray: a level, time or curve is a signal or has several channels. Give numbers.',
      );
    }
    return numbers;
  }

  /** Begins after `seconds` at its first level. */
  delayed(seconds: SignalInput): Env {
    return new Env(
      [this.levels[0]!, ...this.levels],
      [seconds, ...this.times],
      this.curves.length > 1 ? ['lin', ...this.curves] : this.curves,
      {
        ...(this.releaseNode !== undefined && { releaseNode: this.releaseNode + 1 }),
        ...(this.loopNode !== undefined && { loopNode: this.loopNode + 1 }),
      },
    );
  }

  /** Inputs that EnvGen reads: level, segments, release and loop node, then target, time, shape, curvature of each. */
  signals(): Signal {
    const segments = this.times.flatMap((time, index) => {
      const curve = this.curves[index % this.curves.length]!;
      return [this.levels[index + 1]!, time, shapeOf(curve), curvatureOf(curve)];
    });
    return byChannels([
      this.levels[0]!,
      this.times.length,
      this.releaseNode ?? -99,
      this.loopNode ?? -99,
      ...segments,
    ]);
  }

  /** Inputs that IEnvGen reads: offset, level, segments, duration, then time, shape, curvature, target of each. */
  signalsForInterpolation(): Signal {
    const segments = this.times.flatMap((time, index) => {
      const curve = this.curves[index % this.curves.length]!;
      return [time, shapeOf(curve), curvatureOf(curve), this.levels[index + 1]!];
    });
    return byChannels([this.offset, this.levels[0]!, this.times.length, sum(this.times), ...segments]);
  }
}

const biased = (levels: readonly SignalInput[], bias: SignalInput): SignalInput[] =>
  levels.map((level) => asSignal(level).add(bias));

function shapeOf(curve: Curve): number {
  if (typeof curve !== 'string') return 5;
  const shape = shapes[curve];
  if (shape === undefined) {
    throw new SuperColliderError(
      'bad-synthdef',
      `An Env has no shape "${curve}". It has: ${Object.keys(shapes).join(', ')}, or a number for the curvature.`,
    );
  }
  return shape;
}

const curvatureOf = (curve: Curve): SignalInput => (typeof curve === 'string' ? 0 : curve);

/** One array of inputs; one for each channel where something in it has several. */
function byChannels(inputs: readonly SignalInput[]): Signal {
  const signals = inputs.map((input) => asSignal(input, 'a level, time or curve of an Env'));
  const width = Math.max(...signals.map((signal) => (signal instanceof Channels ? signal.length : 1)));
  const isWide = signals.some((signal) => signal instanceof Channels);
  if (!isWide) return new Channels(signals);
  const rows = Array.from(
    { length: width },
    (_, channel) =>
      new Channels(
        signals.map((signal) =>
          signal instanceof Channels ? signal.channels[channel % signal.length]! : signal,
        ),
      ),
  );
  return rows.length === 1 ? rows[0]! : new Channels(rows);
}

/** True for the inputs of several envelopes. */
export const isManyEnvelopes = (signals: Signal): boolean =>
  signals.channels.every((channel) => channel instanceof Channels);

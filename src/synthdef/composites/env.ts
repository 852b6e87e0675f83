/**
 * Envelopes: levels, the times between them, and the curves of the segments.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/Env.sc
 */

import { envelope } from '../../envValues.js';
import { SuperColliderError } from '../../errors.js';
import { Impulse, Latch } from '../catalogue/generated/index.js';
import { sum } from '../signal/operators.js';
import { asSignal, Channels, Constant, type Signal, type SignalInput } from '../signal/signal.js';
import { wholeNumber } from './arguments.js';
import { type Curve, curvatureOf, shapeOf } from './curves.js';

/** Options of an `Env`. */
export interface EnvOptions {
  /** Index of the level that holds until the gate closes. */
  readonly releaseNode?: number;
  /** Index of the level to go back to from the release node while the gate is open. */
  readonly loopNode?: number;
  /** For IEnvGen: an offset of all times, seconds. @default 0 */
  readonly offset?: SignalInput;
}

/**
 * An envelope: levels, and the times and curves from one to the next.
 *
 * @see https://doc.sccode.org/Classes/Env.html
 */
export class Env {
  /** Marks an Env for elements and handles. @internal */
  readonly [envelope] = true;
  /** Levels, one more than segments. */
  readonly levels: readonly SignalInput[];
  /** Length of each segment, in seconds. */
  readonly times: readonly SignalInput[];
  /** Shapes of the segments, repeated where there are fewer. */
  readonly curves: readonly Curve[];
  /** Index of the level that holds until the gate closes; `undefined` for none. */
  readonly releaseNode: number | undefined;
  /** Index of the level that a held envelope goes back to; `undefined` for no loop. */
  readonly loopNode: number | undefined;
  /** Offset of all times for `IEnvGen`, in seconds. */
  readonly offset: SignalInput;

  /**
   * @param times - seconds; repeated when there are fewer than segments
   * @param curves - one, or one for each segment; repeated as well
   * @throws SuperColliderError `invalid-synthdef` for fewer than two levels or an unknown shape
   */
  constructor(
    levels: readonly SignalInput[] = [0, 1, 0],
    times: SignalInput = [1, 1],
    curves: Curve | readonly Curve[] = 'lin',
    { releaseNode, loopNode, offset = 0 }: EnvOptions = {},
  ) {
    if (levels.length < 2) {
      throw new SuperColliderError(
        'invalid-synthdef',
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

  /** Levels that each hold for their time. @throws SuperColliderError `invalid-synthdef` unless as many times as levels */
  static step(
    levels: readonly SignalInput[] = [0, 1],
    times: readonly SignalInput[] = [1, 1],
    options?: EnvOptions,
  ): Env {
    if (levels.length !== times.length) {
      throw new SuperColliderError(
        'invalid-synthdef',
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

  /**
   * Levels that come round again: each holds its time on the way to the next, the last on the way to the first.
   * @default 'lin'
   */
  static circle(
    levels: readonly SignalInput[],
    times: SignalInput,
    curves: Curve | readonly Curve[] = 'lin',
  ): Env {
    const [segmentTimes, segmentCurves] = [asList<SignalInput>(times), asList<Curve>(curves)];
    const last = levels.length - 1;
    const open = new Env(levels, segmentTimes, wrapped(segmentCurves, last));
    return open.circled(segmentTimes[last % segmentTimes.length], segmentCurves[last % segmentCurves.length]);
  }

  /** Levels of 0 a second apart: the room that an array control has for other envelopes. @default 8, 1 */
  static newClear(numSegments = 8, numChannels = 1): Env {
    const segments = wholeNumber('Env.newClear: numSegments', numSegments);
    const channels = wholeNumber('Env.newClear: numChannels', numChannels);
    const each = (value: number): SignalInput => (channels === 1 ? value : Array(channels).fill(value));
    return new Env(Array(segments + 1).fill(each(0)), Array(segments).fill(each(1)));
  }

  /**
   * Goes from its release node, or else from its end, back to its first level in `seconds`, while the gate is open.
   * @default 0 s, 'lin'
   */
  circled(seconds: SignalInput = 0, curve: Curve = 'lin'): Env {
    const isAfterFirst = latchedOne();
    const isEndless = this.releaseNode === undefined;
    const levels = [0, ...this.levels, ...(isEndless ? [0] : [])];
    const times = [
      isAfterFirst.mul(seconds),
      ...this.times,
      ...(isEndless ? [Number.POSITIVE_INFINITY] : []),
    ];
    const curves: Curve[] = [
      curve,
      ...wrapped(this.curves, this.times.length),
      ...(isEndless ? ['lin' as const] : []),
    ];
    return new Env(levels, times, curves, {
      releaseNode: isEndless ? levels.length - 2 : this.releaseNode! + 1,
      loopNode: 0,
      offset: this.offset,
    });
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

  /** Inputs of EnvGen: level, segments, release and loop node, then target, time, shape, curvature of each. */
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

  /**
   * The numbers of `signals()`, for an array control.
   *
   * @throws SuperColliderError `invalid-synthdef` for an envelope that has channels or reads units.
   */
  asArray(): readonly number[] {
    const numbers = this.signals().channels.flatMap((signal) =>
      signal instanceof Constant ? [signal.value] : [],
    );
    if (numbers.length === FIRST_NUMBERS + SEGMENT_NUMBERS * this.times.length) return numbers;
    throw new SuperColliderError(
      'invalid-synthdef',
      'An Env whose levels, times and curves are not all single numbers is no array of numbers. ' +
        'Give one Env for each channel, and no signals in it.',
    );
  }

  /** Inputs of IEnvGen: offset, level, segments, duration, then time, shape, curvature, target of each. */
  signalsForInterpolation(): Signal {
    const segments = this.times.flatMap((time, index) => {
      const curve = this.curves[index % this.curves.length]!;
      return [time, shapeOf(curve), curvatureOf(curve), this.levels[index + 1]!];
    });
    return byChannels([this.offset, this.levels[0]!, this.times.length, sum(this.times), ...segments]);
  }
}

/** Numbers before the segments, and of each segment. */
const [FIRST_NUMBERS, SEGMENT_NUMBERS] = [4, 4];

const asList = <Value>(value: Value | readonly Value[]): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [value as Value];

const wrapped = <Value>(list: readonly Value[], length: number): Value[] =>
  Array.from({ length }, (_, index) => list[index % list.length]!);

/** 0 in the first control period, 1 from the first reading on. */
const latchedOne = (): Signal => Latch.kr(1, Impulse.kr(0));

const biased = (levels: readonly SignalInput[], bias: SignalInput): SignalInput[] =>
  levels.map((level) => asSignal(level).add(bias));

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

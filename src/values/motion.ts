/** The way of a number over time, as data: what the client computes, and what the server plays. */

import type { UnixTime } from '../units.js';
import { curvatureOf, curveAt, type RampCurve, restOf, shapeOf } from './curve.js';

/** A part of a way: from one time and number to the next. */
export interface Segment {
  readonly start: UnixTime;
  readonly end: UnixTime;
  readonly from: number;
  readonly to: number;
  readonly curve: RampCurve;
}

/** Lines for a rest of a curve that no curve of `EnvGen` has the form of: they are within 0.2 % of its way. */
const LINES = 16;

/** A stage of an envelope. */
interface Stage {
  readonly to: number;
  readonly samples: number;
  readonly curve: RampCurve;
  readonly end: UnixTime;
}

/** A number that moves: segments in a row, of which the first begins when the movement does. */
export class Motion {
  constructor(readonly segments: readonly Segment[]) {}

  get start(): UnixTime {
    return this.segments[0]!.start;
  }

  get end(): UnixTime {
    return this.segments.at(-1)!.end;
  }

  /** The number that the movement ends at. */
  get last(): number {
    return this.segments.at(-1)!.to;
  }

  /** The number at a time; before the movement its first, and after it its last. */
  at(time: UnixTime): number {
    const segment = this.segments[this.#indexAt(time)]!;
    const { start, end, from, to, curve } = segment;
    if (time >= end) return to;
    if (time <= start) return from;
    return curveAt(curve, from, to, (time - start) / (end - start));
  }

  /** The time at which an envelope of so many stages that begins at a time is over. */
  endOf(time: UnixTime, sampleRate: number, size: number): UnixTime {
    const { stages } = this.#stagesFrom(time, sampleRate);
    return stages.length <= size ? this.end : stages[size - 1]!.end;
  }

  /** The number of stages of an envelope from a time on. */
  countFrom(time: UnixTime, sampleRate: number): number {
    return this.#stagesFrom(time, sampleRate).stages.length;
  }

  /**
   * The movement from a time on as the array of an `EnvGen`. Times are rounded to samples.
   *
   * @param size - Stages that the array has room for.
   */
  envelope(time: UnixTime, sampleRate: number, size: number): number[] {
    const { first, stages } = this.#stagesFrom(time, sampleRate);
    const taken = stages.slice(0, size);
    return [
      first,
      taken.length,
      NO_NODE,
      NO_NODE,
      ...taken.flatMap(({ to, samples, curve }) => [
        to,
        secondsOf(samples, sampleRate),
        shapeOf(curve),
        curvatureOf(curve),
      ]),
    ];
  }

  #stagesFrom(time: UnixTime, sampleRate: number): { readonly first: number; readonly stages: Stage[] } {
    const stages: Stage[] = [];
    let first = this.at(time);
    /** Samples that jumps took: the next stage has as many fewer. */
    let borrowed = 0;
    const jump = (to: number, end: UnixTime): void => {
      if (stages.length === 0) first = to;
      else {
        stages.push({ to, samples: 1, curve: 'step', end });
        borrowed += 1;
      }
    };
    const sampleOf = (at: UnixTime): number => Math.round((at - time) * sampleRate);
    for (const { start, end, from, to, curve } of this.restFrom(time)) {
      const samples = sampleOf(end) - Math.max(0, sampleOf(start)) - borrowed;
      if (samples > 0) {
        borrowed = 0;
        // The embedded engine's EnvGen never comes to the end of a last stage that holds.
        if (curve !== 'hold') stages.push({ to, samples, curve, end });
        else stages.push({ to: from, samples, curve: 'lin', end });
      }
      if (samples <= 0 || curve === 'hold') jump(to, end);
    }
    // Where nothing is left an envelope still has one stage.
    if (stages.length === 0) stages.push({ to: first, samples: 1, curve: 'lin', end: this.end });
    return { first, stages };
  }

  /** Segments from a time on, the first of them cut. */
  restFrom(time: UnixTime): readonly Segment[] {
    if (time <= this.start) return this.segments;
    const index = this.#indexAt(time);
    const segment = this.segments[index]!;
    const { start, end, to, curve } = segment;
    const others = this.segments.slice(index + 1);
    if (time <= start) return [segment, ...others];
    if (time >= end) return others;
    const rest = restOf(curve, (time - start) / (end - start));
    if (rest !== undefined) return [{ start: time, end, from: this.at(time), to, curve: rest }, ...others];
    return [...linesOf((at) => this.at(at), time, end, LINES), ...others];
  }

  /** The last segment that has begun; the first where none has. */
  #indexAt(time: UnixTime): number {
    const { segments } = this;
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segments[middle]!.start <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Lines between points of a function of time. */
export function linesOf(
  at: (time: UnixTime) => number,
  start: UnixTime,
  end: UnixTime,
  count: number,
): Segment[] {
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index, index + 1].map((step) => start + ((end - start) * step) / count);
    return { start: from!, end: to!, from: at(from!), to: at(to!), curve: 'lin' };
  });
}

/** An envelope without a release or a loop. */
const NO_NODE = -99;

/**
 * Seconds that are so many samples to every `EnvGen`, as a float32.
 *
 * scsynth 3.13 and supernova drop what is over a whole number of samples. A product that is a trifle too small would be a
 * sample less.
 */
function secondsOf(samples: number, sampleRate: number): number {
  const seconds = Math.fround(samples / sampleRate);
  return seconds * sampleRate >= samples ? seconds : Math.fround(seconds * (1 + 2 ** -23));
}

/**
 * Beats in time, as one place of a piece counts them.
 *
 * A transport has the piece's own timeline. `<At>` and `<Loop>` count beats from another beginning,
 * `<Tuplet>` counts them faster, and `<Swing>` unevenly. Each of these finds the time of a beat through the
 * timeline around it.
 */

import type { Beats, UnixTime } from '../units.js';

export interface Timeline {
  /** For errors: what has this timeline, such as `<Loop beats={4}>`. */
  readonly name: string;
  /** Beats until it ends; infinite where nothing ends it. */
  readonly length: Beats;
  /** True inside an `<At>`, `<Loop>` and the like, whose beginning is where beats are counted from. */
  readonly isPart: boolean;
  /** Counts the seeks: sounds after a seek begin again. */
  readonly generation: number;
  /** The beat at a moment; -Infinity before it has begun. */
  beatAt(time: UnixTime): Beats;
  /**
   * The time of a beat; `undefined` when the beat will not come: the transport stands, or a loop turns before
   * it.
   */
  timeOf(beat: Beats): UnixTime | undefined;
  /** Calls back when beats are no longer where they were; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/**
 * A timeline in another: each query goes to the outer timeline, with beats converted.
 *
 * @param toOuter - The outer beat of an inner one; goes up.
 * @param toInner - The inner beat of an outer one.
 */
class InnerTimeline implements Timeline {
  constructor(
    readonly outer: Timeline,
    readonly name: string,
    readonly length: Beats,
    readonly toOuter: (beat: Beats) => Beats,
    readonly toInner: (beat: Beats) => Beats,
    readonly isPart = outer.isPart,
  ) {}

  get generation(): number {
    return this.outer.generation;
  }

  beatAt(time: UnixTime): Beats {
    return this.toInner(this.outer.beatAt(time));
  }

  timeOf(beat: Beats): UnixTime | undefined {
    return this.outer.timeOf(this.toOuter(beat));
  }

  subscribe(listener: () => void): () => void {
    return this.outer.subscribe(listener);
  }
}

/** Part of a timeline, with beats counted from where it begins. */
export function partOf(outer: Timeline, start: Beats, length: Beats, name: string): Timeline {
  return new InnerTimeline(
    outer,
    name,
    length,
    (beat) => beat + start,
    (beat) => beat - start,
    true,
  );
}

/** A timeline with beats that are `rate` times as fast. */
export function fasterBy(outer: Timeline, rate: number, name: string): Timeline {
  return new InnerTimeline(
    outer,
    name,
    outer.length * rate,
    (beat) => beat / rate,
    (beat) => beat * rate,
  );
}

/**
 * A timeline with every second `grid` late: of two, the first takes `amount` of the time of both.
 *
 * @param grid - Length of what swings: 0.5 for eighths.
 * @param amount - 0.5 is straight, 2/3 a triplet's swing, 0.75 dotted.
 */
export function swung(outer: Timeline, grid: Beats, amount: number, name: string): Timeline {
  const pair = 2 * grid;
  return new InnerTimeline(
    outer,
    name,
    outer.length,
    (beat) => bend(beat, pair, grid, pair * amount),
    (beat) => bend(beat, pair, pair * amount, grid),
  );
}

/** The beat at which a straight beat sounds when it swings; `grid` and `amount` as of `swung`. */
export const swing = (beat: Beats, grid: Beats, amount: number): Beats =>
  bend(beat, 2 * grid, grid, 2 * grid * amount);

/** Stretches each `pair` so that what was at `from` in it is at `to`. */
function bend(beat: Beats, pair: Beats, from: Beats, to: Beats): Beats {
  if (!Number.isFinite(beat)) return beat;
  const start = Math.floor(beat / pair) * pair;
  const within = beat - start;
  if (within < from) return start + (within * to) / from;
  return start + to + ((within - from) * (pair - to)) / (pair - from);
}

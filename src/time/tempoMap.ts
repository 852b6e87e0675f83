/**
 * Beats in time: tempos, and the ramps between them, as exact integrals in both directions.
 */

import { SuperColliderError } from '../errors.js';
import type { Beats, Seconds } from '../units.js';

/** A tempo from a beat on. */
export interface TempoPoint {
  /** The beat at which the tempo begins to hold. */
  readonly beat: Beats;
  /** Beats a minute from here on. */
  readonly bpm: number;
  /**
   * `true`: from here the tempo goes evenly, the same number of bpm each beat, to that of the next point.
   * @default false: it stays until the next point
   */
  readonly ramp?: boolean | undefined;
}

/** A tempo as a prop gives it: beats a minute, or a map of them. */
export type Tempo = number | TempoMap;

interface Segment {
  readonly beat: Beats;
  readonly seconds: Seconds;
  readonly bpm: number;
  /** Beats a minute that the tempo gains with each beat. */
  readonly slope: number;
}

/** Below this change over a whole ramp the logarithm says no more than a constant tempo. */
const FLAT = 1e-12;

/**
 * The tempos of a piece, from beat 0 on; before the first point its tempo holds.
 *
 * A ramp begins at tempo v₀ and gains k bpm a beat. Its first x beats take ∫ 60/(v₀ + kx) dx = 60/k · ln(1 +
 * kx/v₀) seconds. Its first s seconds hold v₀/k · (e^(ks/60) − 1) beats.
 */
export class TempoMap {
  readonly #segments: readonly Segment[];

  /** @throws SuperColliderError `invalid-time` for a tempo that is not over 0, and for beats that do not go up. */
  constructor(points: readonly TempoPoint[]) {
    if (points.length === 0) throw invalidTempo('A tempo map needs a point, such as { beat: 0, bpm: 120 }.');
    const segments: Segment[] = [];
    for (const [index, { beat, bpm, ramp }] of points.entries()) {
      checkBpm(bpm);
      const next = points[index + 1];
      if (!Number.isFinite(beat) || (next && !(next.beat > beat))) {
        throw invalidTempo(
          `The points of a tempo map go up in beats; point ${index + 1} is at beat ${beat}` +
            `${next ? `, the next at ${next.beat}` : ''}.`,
        );
      }
      if (ramp && !next) {
        throw invalidTempo(
          `The tempo ramp from beat ${beat} has no end: add a point with the tempo it goes to.`,
        );
      }
      if (next) checkBpm(next.bpm);
      const slope = ramp && next ? (next.bpm - bpm) / (next.beat - beat) : 0;
      const last = segments.at(-1);
      const seconds = last ? last.seconds + secondsWithin(last, beat - last.beat) : (beat * 60) / bpm;
      segments.push({ beat, seconds, bpm, slope });
    }
    this.#segments = segments;
  }

  /** A tempo that stays. */
  static constant(bpm: number): TempoMap {
    return new TempoMap([{ beat: 0, bpm }]);
  }

  /** Makes a map of a tempo: a number is a constant tempo, a map stays as it is. */
  static from(tempo: Tempo): TempoMap {
    return tempo instanceof TempoMap ? tempo : TempoMap.constant(tempo);
  }

  /** Seconds from beat 0 to a beat; negative before it. */
  secondsAt(beat: Beats): Seconds {
    const segment = this.#find((each) => each.beat <= beat);
    return segment.seconds + secondsWithin(segment, beat - segment.beat);
  }

  /** The beat so many seconds after beat 0. */
  beatAt(seconds: Seconds): Beats {
    const segment = this.#find((each) => each.seconds <= seconds);
    return segment.beat + beatsWithin(segment, seconds - segment.seconds);
  }

  /** Beats a minute at a beat. */
  bpmAt(beat: Beats): number {
    const segment = this.#find((each) => each.beat <= beat);
    return segment.bpm + segment.slope * Math.max(0, beat - segment.beat);
  }

  /** True when the other map has the same tempos at the same beats. */
  equals(other: TempoMap): boolean {
    const others = other.#segments;
    return (
      this === other ||
      (this.#segments.length === others.length &&
        this.#segments.every(
          ({ beat, bpm, slope }, index) =>
            beat === others[index]!.beat && bpm === others[index]!.bpm && slope === others[index]!.slope,
        ))
    );
  }

  /** The last segment that has begun; the first where none has. */
  #find(hasBegun: (segment: Segment) => boolean): Segment {
    const segments = this.#segments;
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (hasBegun(segments[middle]!)) low = middle;
      else high = middle - 1;
    }
    return segments[low]!;
  }
}

/**
 * A tempo that changes: `tempo([0, 120], [16, 120, 'ramp'], [24, 160])` stays at 120 until beat 16, and
 * goes evenly to 160 at beat 24.
 *
 * @throws SuperColliderError `invalid-time` for a tempo that is not over 0, and for beats that do not go up.
 */
export function tempo(...points: readonly (readonly [beat: Beats, bpm: number, ramp?: 'ramp'])[]): TempoMap {
  return new TempoMap(points.map(([beat, bpm, ramp]) => ({ beat, bpm, ramp: ramp === 'ramp' })));
}

function secondsWithin({ bpm, slope }: Segment, beats: Beats): Seconds {
  const change = (slope * beats) / bpm;
  return beats <= 0 || Math.abs(change) < FLAT ? (60 * beats) / bpm : (60 / slope) * Math.log1p(change);
}

function beatsWithin({ bpm, slope }: Segment, seconds: Seconds): Beats {
  const change = (slope * seconds) / 60;
  return seconds <= 0 || Math.abs(change) < FLAT ? (bpm * seconds) / 60 : (bpm / slope) * Math.expm1(change);
}

function checkBpm(bpm: number): void {
  if (bpm > 0 && bpm < Number.POSITIVE_INFINITY) return;
  throw invalidTempo(
    `A tempo is a number of beats a minute over 0, not ${bpm}. To stop, use playing={false}.`,
  );
}

const invalidTempo = (message: string): SuperColliderError => new SuperColliderError('invalid-time', message);

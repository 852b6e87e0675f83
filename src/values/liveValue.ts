/** Numbers that are set, and numbers that move. */

import { SuperColliderError } from '../errors.js';
import type { LiveHost } from '../scene/liveHost.js';
import type { LiveUse } from '../scene/liveSource.js';
import type { Timeline } from '../time/timeline.js';
import type { Transport } from '../time/transport.js';
import type { Beats, Seconds } from '../units.js';
import { BeatWay } from './beatWay.js';
import { checkLength, checkNumber } from './checkNumber.js';
import { checkCurve, type RampCurve } from './curve.js';
import { Motion, type Segment } from './motion.js';
import { ValueSource } from './source.js';

/** Options of `ramp`: its length, in seconds or in beats. */
export interface RampOptions {
  /** Length in seconds. */
  readonly seconds?: Seconds | undefined;
  /** Length in beats. A change of tempo bends the rest of the ramp; it stands while the transport does. */
  readonly beats?: Beats | undefined;
  /** The way: a name such as `exp`, or a curvature, where 0 is a line. @default 'lin' */
  readonly curve?: RampCurve | undefined;
  /** Has the beats. @default the timeline of the component with `useLiveValue`, else the root's own of a beat a second */
  readonly transport?: Transport | undefined;
}

/** A point of `follow`: seconds or beats from the beginning, the number there, and the way to it. */
export type ValuePoint = readonly [at: number, value: number, curve?: RampCurve];

/** Options of `follow`. */
export interface FollowPointsOptions {
  /** The unit of the points. @default 'seconds' */
  readonly unit?: 'seconds' | 'beats' | undefined;
  /** Has the beats, as in `ramp`. */
  readonly transport?: Transport | undefined;
}

/**
 * Seconds after its end until a movement is replaced by its last number, where the server began it by its time. It is
 * longer than a control block, which may be under way.
 */
const AFTER_EXACT: Seconds = 0.02;
/** The same where the server began as soon as it could: a network and the period of a sound device later. */
const AFTER: Seconds = 0.25;

/**
 * A number that changes without a render: what `liveValue` and `useLiveValue` return.
 *
 * It goes wherever a control goes, to any number of places.
 */
export class LiveValue extends ValueSource {
  #value: number;
  #motion: Motion | undefined;
  #way: BeatWay | undefined;
  #timeline: Timeline | undefined;
  #endWay: (() => void) | undefined;
  #next: { cancel(): void } | undefined;

  /** @internal */
  constructor(initial: number) {
    super();
    checkNumber('liveValue', initial);
    this.#value = initial;
  }

  /** The present value; in a ramp that of this moment. */
  get(): number {
    return this.#motion ? this.#motion.at(this.time) : this.#value;
  }

  /** @internal */
  get motion(): Motion | undefined {
    return this.#motion;
  }

  /**
   * Sets all controls with the value, without a render. What is set in one microtask leaves as one bundle. Sends `/n_set`.
   * A ramp that is under way ends.
   *
   * @throws SuperColliderError `invalid-argument` for a value that is no number up to 3.4e38.
   */
  set(value: number): void {
    checkNumber('set', value);
    if (this.#motion || this.#way) {
      this.#halt();
      this.#value = value;
      this.moved();
    } else if (value !== this.#value) {
      this.#value = value;
      this.changed();
    }
  }

  /** Stays where it is: a ramp that is under way ends here. */
  stop(): void {
    if (this.#motion || this.#way) this.set(this.get());
  }

  /**
   * Moves to a number over a time, from where the value is. The server computes the way; nothing is sent until the end.
   * Sends `/s_new` for an envelope on a bus, and `/n_map` for each control; `/n_set` and `/n_free` at the end.
   *
   * @throws SuperColliderError `invalid-argument` for what is no number or no curve, and for an exponential way that reaches 0.
   * @throws SuperColliderError `invalid-time` unless either `seconds` or `beats` is a number from 0 up.
   * @example
   * ```ts
   * cutoff.ramp(2000, { seconds: 3, curve: 'exp' });
   * volume.ramp(0, { beats: 4 });
   * ```
   */
  ramp(to: number, { seconds, beats, curve = 'lin', transport }: RampOptions): void {
    checkNumber('ramp', to);
    if ((seconds === undefined) === (beats === undefined))
      throw new SuperColliderError('invalid-time', 'ramp needs a length: either { seconds } or { beats }.');
    checkLength(beats === undefined ? 'ramp: seconds' : 'ramp: beats', seconds ?? beats);
    this.#follow('ramp', [[(seconds ?? beats)!, to, curve]], beats !== undefined, transport);
  }

  /**
   * Moves along points, from where the value is: each has a time from now, a number, and the way to it from the one before.
   * A first point at 0 is a jump. Sends as `ramp` does.
   *
   * @throws SuperColliderError `invalid-argument` or `invalid-time`, as `ramp`, and for points that are not in order.
   * @example
   * ```ts
   * cutoff.follow([[0, 200], [2, 2000, 'exp'], [6, 400]]);
   * ```
   */
  follow(points: readonly ValuePoint[], { unit = 'seconds', transport }: FollowPointsOptions = {}): void {
    this.#follow('follow', points, unit === 'beats', transport);
  }

  /** Follows a way in beats that began before. @param then - Called for the time at which it ends. @internal */
  followWay(timeline: Timeline, way: Motion, beat: Beats, then?: () => void): void {
    this.#begin(timeline, way, beat, then);
  }

  /** Follows a movement that is computed already. @internal */
  play(motion: Motion): void {
    this.#halt();
    this.#play(motion);
  }

  /** @internal */
  override addUse(element: object, place: string, use: LiveUse, host: LiveHost | undefined): void {
    super.addUse(element, place, use, host);
    if (this.#motion && !this.#next) this.#planEnd(this.#motion);
  }

  /** Gives the surroundings of the component. @internal */
  standAt(host: LiveHost | undefined, timeline: Timeline | undefined): void {
    this.standIn(host);
    this.#timeline = timeline;
  }

  #follow(
    what: string,
    points: readonly ValuePoint[],
    inBeats: boolean,
    transport: Transport | undefined,
  ): void {
    const { time } = this;
    const start = inBeats ? 0 : time;
    const segments = segmentsOf(what, points, this.get(), start);
    if (inBeats) this.#begin(this.#timelineFor(what, transport), new Motion(segments), 0);
    else if (segments.at(-1)!.end === start) this.set(segments.at(-1)!.to);
    else this.play(new Motion(segments));
  }

  #begin(timeline: Timeline, way: Motion, beat: Beats, then?: () => void): void {
    this.#halt();
    const beatWay = new BeatWay(timeline, way, beat);
    this.#way = beatWay;
    this.#endWay = timeline.subscribe(() => {
      beatWay.advance(this.time);
      this.#goOn(beatWay, then);
    });
    this.#goOn(beatWay, then);
  }

  /** Moves as the tempo is now, or stands with the timeline. */
  #goOn(way: BeatWay, then?: () => void): void {
    const motion = way.from(this.time);
    if (motion) {
      this.#play(motion, way.isWhole(motion) ? then : undefined, way.isWhole(motion));
      return;
    }
    this.#next?.cancel();
    this.#motion = undefined;
    this.#value = way.value;
    this.moved();
  }

  #play(motion: Motion, then?: () => void, isWhole = true): void {
    this.#motion = motion;
    this.#planEnd(motion, then, isWhole);
    this.moved();
  }

  /** Plans what comes behind: the number at the end, or something else. */
  #planEnd(motion: Motion, then?: () => void, isWhole = true): void {
    const { host } = this;
    this.#next?.cancel();
    this.#next = undefined;
    if (!host) return;
    const { end } = motion;
    if (then) this.#next = host.scheduler.schedule(end, then);
    else if (isWhole) {
      const after = host.stamp === undefined ? AFTER : AFTER_EXACT;
      this.#next = host.scheduler.schedule(end + after, () => this.set(motion.last));
    }
  }

  #halt(): void {
    this.#next?.cancel();
    this.#endWay?.();
    this.#next = this.#endWay = this.#way = this.#motion = undefined;
  }

  #timelineFor(what: string, transport: Transport | undefined): Timeline {
    const timeline = transport?.clock ?? this.#timeline ?? rootTimeline(this.host);
    if (timeline) return timeline;
    throw new SuperColliderError(
      'invalid-time',
      `${what}: the value is in no control yet, so it has no beats. Give a transport: ${what}(…, { transport }), or seconds.`,
    );
  }
}

/** The beats of a root without a `<Transport>`, which begin with this call. */
function rootTimeline(host: LiveHost | undefined): Timeline | undefined {
  host?.beginTransport();
  return host?.transport.clock;
}

/** Points as segments, from a number on. */
export function segmentsOf(
  what: string,
  points: readonly ValuePoint[],
  first: number,
  start: number,
): Segment[] {
  if (!Array.isArray(points) || points.length === 0) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what} needs points, such as [[0, 200], [2, 2000, 'exp']]: time, number, and the way to it.`,
    );
  }
  const segments: Segment[] = [];
  let [end, from] = [start, first];
  for (const [index, [at, to, curve = 'lin']] of (points as readonly ValuePoint[]).entries()) {
    checkLength(`${what}: the time of point ${index + 1}`, at);
    checkNumber(`${what}: point ${index + 1}`, to);
    if (start + at < end) {
      throw new SuperColliderError(
        'invalid-time',
        `${what}: the points go up in time; point ${index + 1} is at ${at}, before the one before it.`,
      );
    }
    // Where no time passes there is no way.
    if (start + at > end) checkCurve(what, curve, from, to);
    segments.push({ start: end, end: start + at, from, to, curve });
    end = start + at;
    from = to;
  }
  return segments;
}

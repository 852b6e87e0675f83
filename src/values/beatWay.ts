/** A movement in beats, on a timeline whose tempo may change while it goes on. */

import type { Timeline } from '../time/timeline.js';
import type { Beats, UnixTime } from '../units.js';
import { Motion, type Segment } from './motion.js';

/** Lines for a segment during which the tempo is not constant. */
const LINES = 32;
/** Seconds by which a beat may be beside the middle of two others where the tempo counts as constant. */
const SAME_TEMPO = 1e-7;
/** Halvings until the last beat that comes is known: a part of 1e-9 of a segment. */
const HALVINGS = 30;

/** A time, and the beats that have passed then since the movement began. */
interface Joint {
  readonly time: UnixTime;
  readonly beat: Beats;
}

/** A movement over beats, and how far it has come. */
export class BeatWay {
  readonly #timeline: Timeline;
  /** Segments in beats from the beginning, in place of times. */
  readonly #way: Motion;
  /** Beats since the beginning, at times of the tempo that was the last to be known. */
  #joints: readonly Joint[] = [];
  #beat: Beats;

  /** @param beat - Beats of the way that have passed already. */
  constructor(timeline: Timeline, way: Motion, beat: Beats = 0) {
    this.#timeline = timeline;
    this.#way = way;
    this.#beat = beat;
  }

  /** The number where the movement has come to. */
  get value(): number {
    return this.#way.at(this.#beat);
  }

  /** Goes on to a time, as the tempo was until then. */
  advance(time: UnixTime): void {
    const joints = this.#joints;
    const index = joints.findIndex((joint) => joint.time > time);
    if (joints.length === 0) return;
    if (index < 0) this.#beat = joints.at(-1)!.beat;
    else if (index > 0) {
      const [before, after] = [joints[index - 1]!, joints[index]!];
      const part = (time - before.time) / (after.time - before.time);
      this.#beat = before.beat + part * (after.beat - before.beat);
    }
    this.#joints = [];
  }

  /** The movement from now on; `undefined` while the timeline stands. */
  from(time: UnixTime): Motion | undefined {
    const timeline = this.#timeline;
    const base = timeline.beatAt(time) - this.#beat;
    if (!Number.isFinite(base)) return undefined;
    const segments: Segment[] = [];
    const joints: Joint[] = [{ time, beat: this.#beat }];
    // The time of the first beat is this one; what is computed from the beat differs in its last digits.
    const timeOf = (beat: Beats): UnixTime | undefined =>
      beat <= this.#beat ? time : timeline.timeOf(base + beat);
    for (const segment of this.#way.restFrom(this.#beat)) {
      const { start, end, from, to, curve } = segment;
      const begins = joints.at(-1)!.time;
      const ends = timeOf(end);
      const middle = timeOf((start + end) / 2);
      const isEven =
        ends !== undefined && middle !== undefined && Math.abs(middle - (begins + ends) / 2) <= SAME_TEMPO;
      if (isEven) {
        segments.push({ start: begins, end: ends, from, to, curve });
        joints.push({ time: ends, beat: end });
        continue;
      }
      const last = ends === undefined ? lastBeat(start, end, timeOf) : end;
      for (let step = 1; step <= LINES && last > start; step++) {
        const beat = start + ((last - start) * step) / LINES;
        const at = timeOf(beat)!;
        const before = joints.at(-1)!;
        const number = (where: Beats) => this.#way.at(where);
        segments.push({
          start: before.time,
          end: at,
          from: number(before.beat),
          to: number(beat),
          curve: 'lin',
        });
        joints.push({ time: at, beat });
      }
      if (ends === undefined) break;
    }
    if (segments.length === 0) return undefined;
    this.#joints = joints;
    return new Motion(segments);
  }

  /** True when a movement of `from` ends where the whole way does. */
  isWhole(motion: Motion): boolean {
    return motion.last === this.#way.last && (this.#joints.at(-1)?.beat ?? 0) >= this.#way.end;
  }
}

/** The last beat that comes: a loop turns behind it. */
function lastBeat(start: Beats, end: Beats, timeOf: (beat: Beats) => UnixTime | undefined): Beats {
  let [low, high] = [start, end];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (timeOf(middle) === undefined) high = middle;
    else low = middle;
  }
  return low;
}

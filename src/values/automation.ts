/** A value along the beats of a timeline: the same beat has the same number, however one comes there. */

import type { Timeline } from '../time/timeline.js';
import type { Beats, UnixTime } from '../units.js';
import { type LiveValue, segmentsOf, type ValuePoint } from './liveValue.js';
import { Motion } from './motion.js';

/** Beats by which a pass of a loop counts as whole: a time and its beat differ in the last digits. */
const SAME_BEAT: Beats = 1e-6;

/** The number at each beat. */
export class Automation {
  readonly #way: Motion;
  readonly #isLoop: boolean;

  /** @throws SuperColliderError `invalid-argument` or `invalid-time` for points that are not in order, and the like. */
  constructor(points: readonly ValuePoint[], isLoop: boolean) {
    this.#way = new Motion(segmentsOf('<Automation>', points, points?.[0]?.[1] ?? 0, 0));
    this.#isLoop = isLoop && this.#way.end > 0;
  }

  /** Moves a value with the timeline; returns the function that ends that, and leaves the value where it is. */
  drive(value: LiveValue, timeline: Timeline, now: () => UnixTime): () => void {
    let generation = timeline.generation;
    let hasBegun = this.#place(value, timeline, now());
    const end = timeline.subscribe(() => {
      // The way itself follows changes of tempo, and stands with the transport.
      if (hasBegun && timeline.generation === generation) return;
      generation = timeline.generation;
      hasBegun = this.#place(value, timeline, now());
    });
    return () => {
      end();
      value.stop();
    };
  }

  /** Puts the value where the beat is; false while the timeline has not begun. */
  #place(value: LiveValue, timeline: Timeline, time: UnixTime): boolean {
    const way = this.#way;
    const beat = timeline.beatAt(time);
    const passed = Math.max(0, beat);
    const within = this.#isLoop ? passed % way.end : passed;
    const isNext = this.#isLoop && way.end - within < SAME_BEAT;
    if (!Number.isFinite(beat)) value.set(way.at(0));
    else if (within >= way.end) value.set(way.last);
    else {
      const turn = () => value.followWay(timeline, way, 0, turn);
      value.followWay(timeline, way, isNext ? 0 : within, this.#isLoop ? turn : undefined);
    }
    return Number.isFinite(beat);
  }
}

import { useInsertionEffect, useLayoutEffect, useRef } from 'react';
import { SuperColliderError } from '../errors.js';
import { firstGridPoint } from '../time/patternPlayer.js';
import type { Random } from '../time/random.js';
import type { Scheduled } from '../time/scheduler.js';
import type { Beats, UnixTime } from '../units.js';
import { useRandom } from './useRandom.js';
import { beatNow, checkLength, useRenderAt, useTimeline } from './useTimeline.js';

/** The moment of a routine; up to date after each `yield`. */
export interface RoutinePlace {
  /** The beat, counted where the component stands. */
  readonly beat: Beats;
  /** The timestamp of what the routine changes now. */
  readonly time: UnixTime;
  /** Random numbers of its own, with the seed of the root. */
  readonly random: Random;
}

/** Options of `useRoutine`. */
export interface RoutineOptions {
  /** A routine that is mounted late begins at the next multiple of this, in beats. @default 1 */
  readonly quant?: Beats | undefined;
}

/**
 * Runs a generator function on the beats: each `yield` waits so many beats.
 *
 * What it changes between two of them is one commit at that beat, to the sample. The routine begins when the component is
 * mounted, at the beginning of the `<At>` or `<Loop>` around it, else at the next multiple of `quant`. A render does not begin
 * it again: it has the variables of the render in which it began, so it reads what changes from refs. After an edit of
 * its code and after a seek it begins again.
 *
 * ```tsx
 * useRoutine(function* ({ random }) {
 *   for (;;) {
 *     setPitch(random.pick([60, 63, 67]));
 *     yield 0.5;
 *   }
 * });
 * ```
 *
 * @throws SuperColliderError `invalid-time`, to `onError`, for a `yield` of anything but a number of beats from 0 up.
 */
export function useRoutine(
  routine: (place: RoutinePlace) => Iterator<Beats, void>,
  { quant = 1 }: RoutineOptions = {},
): void {
  checkLength('useRoutine: quant', quant);
  const { scene, timeline } = useTimeline('useRoutine');
  const random = useRandom();
  const latest = useRef(routine);
  useInsertionEffect(() => {
    latest.current = routine;
  });
  // A function that is written in a render is another one in each render; only an edit changes its text.
  const text = String(routine);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The text stands for the function.
  useLayoutEffect(() => {
    let next: Scheduled | undefined;
    let generation = timeline.generation;
    let running: Iterator<Beats, void> | undefined;
    let isOver = false;
    let due = firstGridPoint(beatNow(scene, timeline), quant);
    const place: RoutinePlace = {
      get beat() {
        return due;
      },
      get time() {
        return scene.time;
      },
      random,
    };
    const end = () => {
      next?.cancel();
      running?.return?.();
      running = undefined;
    };
    const follow = () => {
      next?.cancel();
      if (isOver || due >= timeline.length) return;
      const time = timeline.timeOf(due);
      next = time === undefined ? undefined : scene.scheduler.schedule(time, step);
    };
    const step = () => {
      isOver = true; // also when it throws
      running ??= latest.current(place);
      const { done, value } = running.next();
      if (done) return;
      if (!(typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY)) {
        throw new SuperColliderError(
          'invalid-time',
          `useRoutine: the routine yielded ${String(value)} at beat ${due}. It yields the beats to wait, a number from 0 up.`,
        );
      }
      isOver = false;
      due += value;
      follow();
    };
    const unsubscribe = timeline.subscribe(() => {
      if (timeline.generation !== generation) {
        generation = timeline.generation;
        end();
        isOver = false;
        due = firstGridPoint(beatNow(scene, timeline), quant);
      }
      follow();
    });
    follow();
    return () => {
      unsubscribe();
      end();
    };
  }, [scene, timeline, quant, random, text]);
}

/**
 * One value after another, each for its beats, and then from the first again; the component renders at each.
 *
 * @param durations - Beats of each value; a list that is shorter begins again. @default 1
 * @throws SuperColliderError `invalid-argument` without values, `invalid-time` for durations that are not over 0.
 *
 * @example
 * const root = useSequence(['D3', 'F3', 'C3'], [4, 2, 2]);
 */
export function useSequence<Value>(values: readonly Value[], durations: Beats | readonly Beats[] = 1): Value {
  const beats = [durations].flat();
  if (values.length === 0 || beats.length === 0) {
    throw new SuperColliderError(
      'invalid-argument',
      `useSequence has ${values.length} values and ${beats.length} durations. It needs one of each at least.`,
    );
  }
  for (const each of beats) checkLength('useSequence: a duration', each);
  const { scene, timeline } = useTimeline('useSequence');
  const { index, end } = placeAt(Math.max(0, beatNow(scene, timeline)), beats, values.length);
  useRenderAt(scene, timeline, end);
  return values[index]!;
}

/** The index at a beat, and the beat of the next one. */
function placeAt(beat: Beats, durations: readonly Beats[], count: number): { index: number; end: Beats } {
  const length = durations.reduce((sum, each) => sum + each, 0);
  let place = Math.floor(beat / length) * durations.length;
  let end = (place / durations.length) * length;
  for (;;) {
    end += durations[place % durations.length]!;
    if (end > beat) return { index: place % count, end };
    place += 1;
  }
}

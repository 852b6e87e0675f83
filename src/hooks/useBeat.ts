import { useInsertionEffect, useLayoutEffect, useRef } from 'react';
import type { Scheduled } from '../time/scheduler.js';
import type { Beats, UnixTime } from '../units.js';
import { beatNow, checkLength, useRenderAt, useTimeline } from './useTimeline.js';

/** Argument of a callback of `useBeat`. */
export interface BeatEvent {
  /** The beat, counted where the component stands: inside an `<At>` or `<Loop>` from its beginning. */
  readonly beat: Beats;
  /** `beat / every`. */
  readonly index: number;
  /** The moment that what the callback changes is stamped with. */
  readonly time: UnixTime;
}

/**
 * Calls a function at each multiple of `every` beats, about 0.1 s ahead. Changes that it makes are one commit
 * at the beat, to the sample.
 *
 * Beats are those of the nearest `<At>`, `<Loop>` or `<Transport>`; without any there is one each second. The
 * first render shows the state of the beat of the mount, so the first call is for the beat after it. After a
 * seek the first call is for the beat that was sought.
 *
 * @param every - Beats from one call to the next, such as 0.25 for sixteenths.
 * @throws SuperColliderError `invalid-time` unless `every` is over 0.
 */
export function useBeat(every: Beats, callback: (event: BeatEvent) => void): void {
  checkLength('useBeat: every', every);
  const { scene, timeline } = useTimeline('useBeat');
  const latest = useRef(callback);
  useInsertionEffect(() => {
    latest.current = callback;
  });
  useLayoutEffect(() => {
    let next: Scheduled | undefined;
    let generation = timeline.generation;
    const follow = (index: number) => {
      next?.cancel();
      const beat = index * every;
      const time = beat < timeline.length ? timeline.timeOf(beat) : undefined;
      next = time === undefined ? undefined : scene.scheduler.schedule(time, () => call(index));
    };
    const call = (index: number) => {
      follow(index + 1);
      latest.current({ beat: index * every, index, time: scene.time });
    };
    const passed = () => Math.max(0, beatNow(scene, timeline)) / every;
    const end = timeline.subscribe(() => {
      const isSought = timeline.generation !== generation;
      generation = timeline.generation;
      // The tolerance of beatNow puts a beat that was sought just behind it.
      follow(isSought ? Math.ceil(passed() - 1e-4 / every) : Math.floor(passed()) + 1);
    });
    follow(Math.floor(passed()) + 1);
    return () => {
      end();
      next?.cancel();
    };
  }, [scene, timeline, every]);
}

/** Number of times that `every` beats have passed: 0, 1, 2, …; the component renders at each. */
export function useBeatValue(every: Beats): number;
/** One value after another, a new one each `every` beats, and then from the first again. */
export function useBeatValue<Value>(every: Beats, values: readonly Value[]): Value;
export function useBeatValue<Value>(every: Beats, values?: readonly Value[]): Value | number {
  checkLength('useBeatValue: every', every);
  const { scene, timeline } = useTimeline('useBeatValue');
  const step = Math.floor(Math.max(0, beatNow(scene, timeline)) / every);
  useRenderAt(scene, timeline, (step + 1) * every);
  return values ? values[step % values.length]! : step;
}

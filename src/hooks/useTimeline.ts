import { useContext, useInsertionEffect, useLayoutEffect, useReducer } from 'react';
import { SuperColliderError } from '../errors.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { Scheduled } from '../time/scheduler.js';
import type { Timeline } from '../time/timeline.js';
import type { Beats, Seconds } from '../units.js';
import { TimelineContext } from './timeContext.js';
import { useScene } from './useServer.js';

/**
 * Seconds within which a time counts as reached, a fifth of a sample.
 *
 * A time is computed from a beat, and the beat from the time again. The timestamp of a bundle is also up to a
 * microsecond early.
 */
const TOLERANCE: Seconds = 4e-6;

/** The nearest timeline: of an `<At>`, `<Loop>` and so on, of the `<Transport>`, or the root's own. */
export function useTimeline(hook: string): { readonly scene: SceneContext; readonly timeline: Timeline } {
  const scene = useScene(hook);
  const nearest = useContext(TimelineContext);
  useInsertionEffect(() => {
    if (!nearest) scene.beginTransport();
  }, [scene, nearest]);
  return { scene, timeline: nearest ?? scene.transport.clock };
}

/** The beat of the musical moment that is being rendered; -Infinity before the timeline has begun. */
export const beatNow = (scene: SceneContext, timeline: Timeline): Beats =>
  timeline.beatAt(scene.time + TOLERANCE);

/** Renders the component again at a beat, and when beats are no longer where they were. */
export function useRenderAt(scene: SceneContext, timeline: Timeline, beat: Beats | undefined): void {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    let next: Scheduled | undefined;
    const follow = () => {
      next?.cancel();
      const time = beat === undefined ? undefined : timeline.timeOf(beat);
      next = time === undefined ? undefined : scene.scheduler.schedule(time, render);
    };
    follow();
    const end = timeline.subscribe(() => {
      follow();
      render();
    });
    return () => {
      end();
      next?.cancel();
    };
  }, [scene, timeline, beat]);
}

/** @throws SuperColliderError `invalid-time` unless it is a number of beats over 0. */
export function checkLength(what: string, beats: Beats): void {
  if (beats > 0) return;
  throw new SuperColliderError('invalid-time', `${what} is ${beats}. It is a number of beats over 0.`);
}

import { useInsertionEffect, useLayoutEffect, useRef, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import type { Hertz, Seconds, UnixTime } from '../units.js';
import { useScene } from './useServer.js';

export interface FrameOptions {
  /** Calls a second. @default 60 */
  readonly rate?: Hertz | undefined;
  /**
   * Whether what the callback sets happens at the frame's moment, to the sample, for which it is called about 0.1 s
   * ahead: for movements that are computed. Without it the callback is called at the frame and what it sets leaves
   * at once: for hands and sensors.
   * @default false
   */
  readonly exact?: boolean | undefined;
}

/** What a callback of `useFrame` is told. */
export interface Frame {
  /** The moment that what it sets happens at. */
  readonly time: UnixTime;
  /** Seconds since the first frame. */
  readonly elapsed: Seconds;
  /** Seconds since the frame before; 0 at the first. */
  readonly delta: Seconds;
}

const FASTEST: Hertz = 1000;

/**
 * Calls a function many times a second, as long as the component is mounted: for control streams that go past
 * React, such as an LFO in JavaScript, a pointer, or a sensor.
 *
 * ```tsx
 * const lead = useRef<SynthHandle>(null);
 * useFrame(({ elapsed }) => lead.current?.set({ freq: 440 + 10 * Math.sin(2 * Math.PI * 5 * elapsed) }));
 * return <Synth ref={lead} def="sine" />;
 * ```
 *
 * What all components of a root set in one frame is one bundle; nothing is rendered. While the server is busy, later
 * values supersede those that wait. A frame for which this thread was too busy is left out, `delta` says so. With a
 * virtual clock and offline, frames are at their moments, whether `exact` or not.
 *
 * @throws SuperColliderError `bad-argument` for a rate outside of 0 to 1000 Hz. What the callback throws goes to the
 *   nearest error boundary, and it is not called again.
 */
export function useFrame(
  callback: (frame: Frame) => void,
  { rate = 60, exact = false }: FrameOptions = {},
): void {
  if (!(rate > 0 && rate <= FASTEST)) {
    throw new SuperColliderError(
      'bad-argument',
      `useFrame: rate is ${rate}. It is a number of frames a second, over 0 and up to ${FASTEST}.`,
    );
  }
  const scene = useScene('useFrame');
  const latest = useRef(callback);
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  useInsertionEffect(() => {
    latest.current = callback;
  });
  useLayoutEffect(() => {
    let first: UnixTime | undefined;
    let before: UnixTime | undefined;
    const end = scene.frames.add(rate, exact, (time) => {
      first ??= time;
      const frame: Frame = { time, elapsed: time - first, delta: time - (before ?? time) };
      before = time;
      try {
        latest.current(frame);
      } catch (error) {
        end();
        setFailure({ error });
      }
    });
    return end;
  }, [scene, rate, exact]);
  if (failure) throw failure.error;
}

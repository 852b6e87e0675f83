import { useInsertionEffect, useLayoutEffect, useRef, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import type { Hertz, Seconds, UnixTime } from '../units.js';
import { useScene } from './useServer.js';

/** Rate and timing of the callback. */
export interface FrameOptions {
  /** Calls a second. @default 60 */
  readonly rate?: Hertz | undefined;
  /**
   * Applies the callback's changes at the frame's timestamp, to the sample; the call comes about 0.1 s ahead.
   * This suits computed movements.
   *
   * Otherwise the call comes at the frame, and its changes leave at once. This suits hands and sensors.
   *
   * @default false
   */
  readonly exact?: boolean | undefined;
}

/** Argument of a callback of `useFrame`. */
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
 * Calls a function many times a second, as long as the component is mounted.
 *
 * It is for control streams that go past React, such as an LFO in JavaScript, a pointer, or a sensor.
 *
 * ```tsx
 * const lead = useRef<SynthHandle>(null);
 * useFrame(({ elapsed }) => lead.current?.set({ freq: 440 + 10 * Math.sin(2 * Math.PI * 5 * elapsed) }));
 * return <Synth ref={lead} def="sine" />;
 * ```
 *
 * Changes of all components of a root in one frame are one bundle; nothing is rendered. While the server is
 * busy, later values supersede those that wait. A frame for which this thread was too busy is left out, and
 * `delta` shows the gap. With a virtual clock and offline, frames are at their timestamps, with or without
 * `exact`.
 *
 * @throws SuperColliderError `invalid-argument` for a rate outside of 0 to 1000 Hz. Errors of the callback go to
 *   the nearest error boundary, and end the calls.
 */
export function useFrame(
  callback: (frame: Frame) => void,
  { rate = 60, exact = false }: FrameOptions = {},
): void {
  if (!(rate > 0 && rate <= FASTEST)) {
    throw new SuperColliderError(
      'invalid-argument',
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

import { useInsertionEffect, useLayoutEffect, useRef } from 'react';
import type { LiveSource } from '../scene/liveSource.js';
import type { Seconds } from '../units.js';
import { checkLength } from '../values/checkNumber.js';
import type { RampCurve } from '../values/curve.js';
import type { LiveValue } from '../values/liveValue.js';
import { checkSpring, type SpringOptions, SpringWay } from '../values/spring.js';
import { useLiveValue } from './useLiveValue.js';

/**
 * A live value that follows another as if a spring pulled it. The server computes the way: nothing is sent between two changes.
 *
 * @example
 * ```tsx
 * const fader = useLiveValue(0.2);
 * const soft = useSpring(fader, { stiffness: 60, damping: 8 });
 * return <Synth def={saw} amp={soft} />;
 * ```
 *
 * @throws SuperColliderError `invalid-argument` unless stiffness and damping are over 0.
 */
export function useSpring(source: LiveSource, { stiffness, damping }: SpringOptions = {}): LiveValue {
  checkSpring({ stiffness, damping });
  const value = useLiveValue(source.get());
  const way = useRef<SpringWay>(undefined);
  useLayoutEffect(() => {
    const pull = (goal: number) => {
      const { time } = value;
      const speed = value.isMoving ? (way.current?.speedAt(time) ?? 0) : 0;
      const from = value.get();
      if (from === goal && speed === 0) return;
      way.current = new SpringWay({ stiffness, damping }, time, from, speed, goal);
      value.play(way.current.motion);
    };
    pull(source.get());
    return source.subscribe(pull);
  }, [source, value, stiffness, damping]);
  return value;
}

/**
 * A live value that goes to each new number of another in a time, so that nothing jumps: for faders and sensors. The server
 * computes the way.
 *
 * @param seconds - The time of each way. @default 0.1
 * @param curve - @default 'lin'
 * @throws SuperColliderError `invalid-time` unless it is a number of seconds from 0 up.
 */
export function useSmooth(source: LiveSource, seconds: Seconds = 0.1, curve: RampCurve = 'lin'): LiveValue {
  checkLength('useSmooth: seconds', seconds);
  const value = useLiveValue(source.get());
  const options = useRef({ seconds, curve });
  useInsertionEffect(() => {
    options.current = { seconds, curve };
  });
  useLayoutEffect(() => {
    const go = (goal: number) => {
      if (goal !== value.get() || value.isMoving) value.ramp(goal, options.current);
    };
    go(source.get());
    return source.subscribe(go);
  }, [source, value]);
  return value;
}

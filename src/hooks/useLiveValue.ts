import {
  useContext,
  useInsertionEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { RootContext } from '../reconciler/rootContext.js';
import type { LiveSource } from '../scene/liveSource.js';
import { DerivedValue } from '../values/derivedValue.js';
import { LiveValue } from '../values/liveValue.js';
import { ShownValue } from '../values/shownValue.js';
import type { ValueSource } from '../values/source.js';
import { TimelineContext } from './timeContext.js';

/**
 * A number that changes without a render. It goes wherever a control goes, to any number of places.
 *
 * ```ts
 * const volume = liveValue(0.5);
 * volume.set(0.7);
 * ```
 *
 * @throws SuperColliderError `invalid-argument` for an initial value that is no number.
 */
export const liveValue = (initial: number): LiveValue => new LiveValue(initial);

/**
 * A number that is computed from live values, and changes with them.
 *
 * While a source is in a ramp, the server follows lines in place of the function: at most 32 for each of the ramp's segments.
 *
 * @param sources - One live value, or several.
 * @param compute - Gets their values in the same order.
 */
export const derive = (
  sources: LiveSource | readonly LiveSource[],
  compute: (...values: number[]) => number,
): DerivedValue => new DerivedValue([sources].flat() as ValueSource[], compute);

/**
 * A live value of the component, which keeps its number over renders, remounts by `<Suspense>` and hot reloads.
 *
 * @example
 * ```tsx
 * const cutoff = useLiveValue(800);
 * useBeat(1, ({ beat }) => cutoff.set(beat % 2 ? 800 : 2000));
 * return <Synth def={saw} cutoff={cutoff} />;
 * ```
 */
export function useLiveValue(initial: number): LiveValue {
  const scene = useContext(RootContext);
  const timeline = useContext(TimelineContext);
  const [value] = useState(() => new LiveValue(initial));
  useInsertionEffect(
    () => value.standAt(scene ?? undefined, timeline ?? undefined),
    [value, scene, timeline],
  );
  return value;
}

/**
 * A number that is computed from one live value or several, as a live value of the component.
 *
 * @param compute - Gets the values in the same order; the function of the last render counts.
 */
export function useDerived(
  sources: LiveSource | readonly LiveSource[],
  compute: (...values: number[]) => number,
): DerivedValue {
  const all = [sources].flat() as ValueSource[];
  // biome-ignore lint/correctness/useExhaustiveDependencies: The sources one by one stand for the array.
  const derived = useMemo(() => new DerivedValue(all, compute), all);
  useLayoutEffect(() => derived.computeBy(compute), [derived, compute]);
  return derived;
}

/**
 * The present number of a live value, for what is shown: the component renders again with each change. While the value moves by
 * itself, that is 30 times a second.
 */
export function usePresentValue(source: LiveSource): number {
  const shown = useMemo(() => new ShownValue(source as ValueSource), [source]);
  return useSyncExternalStore(shown.subscribe, shown.read, shown.read);
}

import { type Key, type ReactNode, useLayoutEffect, useMemo } from 'react';
import { SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useTimeline } from '../hooks/useTimeline.js';
import { Automation as Lane } from '../values/automation.js';
import { LiveValue, type ValuePoint } from '../values/liveValue.js';

/** Props of `<Automation>`. */
export interface AutomationProps {
  /** The live value that is moved. */
  readonly of: LiveValue;
  /** Beats from the beginning of the timeline, the number there, and the way to it: a curve's name or a curvature. */
  readonly points: readonly ValuePoint[];
  /** True to begin again at the first point when the last one is reached. @default false */
  readonly loop?: boolean | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/**
 * A curve along the timeline: of the nearest `<At>`, `<Loop>` or `<Transport>`, as beats are counted there.
 *
 * The server computes the ways between the points, to the sample. The same beat has the same number, also after a seek, and
 * a change of tempo bends the curve. Before its first point the value is that of the first, after the last that of the last.
 * What else sets the value wins until the next seek.
 *
 * @throws SuperColliderError `invalid-argument` for a value that is no live value, and for an invalid number or curve.
 * @throws SuperColliderError `invalid-time` for beats that do not go up.
 * @example
 * ```tsx
 * <Automation of={cutoff} points={[[0, 200], [8, 2000, 'exp'], [16, 400]]} loop />
 * ```
 */
export function Automation({ of: value, points, loop = false, ...others }: AutomationProps): ReactNode {
  rejectUnknownProps('<Automation>', others, ['of', 'points', 'loop']);
  if (!(value instanceof LiveValue)) {
    throw new SuperColliderError(
      'invalid-argument',
      '<Automation> needs of={value} with what useLiveValue() or liveValue() returned: it sets that value.',
    );
  }
  const { scene, timeline } = useTimeline('<Automation>');
  const text = JSON.stringify(points);
  // biome-ignore lint/correctness/useExhaustiveDependencies: An array literal is new at each render; its text is not.
  const lane = useMemo(() => new Lane(points, loop), [text, loop]);
  useLayoutEffect(() => lane.drive(value, timeline, () => scene.time), [lane, value, timeline, scene]);
  return null;
}

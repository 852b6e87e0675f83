import { type Key as ReactKey, type ReactNode, useMemo } from 'react';
import { KeyContext } from '../hooks/keyContext.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { scale as scaleNamed } from '../patterns/harmony/scale.js';
import type { Tuning } from '../patterns/harmony/tuning.js';
import type { ScaleSteps } from '../patterns/streams/pitch.js';

/** Props of `<Key>`. */
export interface KeyProps {
  /** The scale: a name such as `D dorian`, a `scale()`, or a tuning, whose steps are all in it. */
  readonly scale: string | ScaleSteps;
  /** Semitones from C to the root. @default that of the scale */
  readonly root?: number | undefined;
  /** Twelve steps that a named scale chooses from. @default equal steps */
  readonly tuning?: Tuning | undefined;
  /** React's key. */
  readonly key?: ReactKey | null | undefined;
  /** Elements whose degrees are counted in this scale: each `<Note degree>`, and each `<Pattern>` of events. */
  readonly children?: ReactNode;
}

/**
 * A scale for all degrees inside. A `scale` of the event or of the `<Note>` itself counts more.
 *
 * @example
 * ```tsx
 * <Key scale="D dorian"><Note def={pluck} degree={4} /></Key>
 * ```
 *
 * @throws SuperColliderError `invalid-argument` for an unknown name, and a tuning of another size.
 */
export function Key({ scale, root, tuning, children, ...others }: KeyProps): ReactNode {
  rejectUnknownProps('<Key>', others, ['scale', 'root', 'tuning', 'children']);
  const steps = useMemo((): ScaleSteps => {
    const given = typeof scale === 'string' ? scaleNamed(scale, tuning) : scale;
    if (root === undefined) return given;
    const { steps, stepsPerOctave, octaveRatio } = given;
    return { steps, stepsPerOctave, octaveRatio, root };
  }, [scale, root, tuning]);
  return <KeyContext value={steps}>{children}</KeyContext>;
}

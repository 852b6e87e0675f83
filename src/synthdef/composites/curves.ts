/** Curves of envelopes' segments: shapes by name, or curvatures. */

import { SuperColliderError } from '../../errors.js';
import type { SignalInput } from '../signal/signal.js';

/** Numbers of the shapes; any other curve is a curvature of shape 5, 0 being straight. */
export const shapes = {
  step: 0,
  lin: 1,
  linear: 1,
  exp: 2,
  exponential: 2,
  sin: 3,
  sine: 3,
  wel: 4,
  welch: 4,
  sqr: 6,
  squared: 6,
  cub: 7,
  cubed: 7,
  hold: 8,
} as const;

/** Shape of a segment: a name such as `exp`, or a curvature, where 0 is linear. */
export type Curve = keyof typeof shapes | SignalInput;

/** @throws SuperColliderError `invalid-synthdef` for an unknown shape */
export function shapeOf(curve: Curve): number {
  if (typeof curve !== 'string') return 5;
  const shape = shapes[curve];
  if (shape === undefined) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `An Env has no shape "${curve}". It has: ${Object.keys(shapes).join(', ')}, or a number for the curvature.`,
    );
  }
  return shape;
}

export const curvatureOf = (curve: Curve): SignalInput => (typeof curve === 'string' ? 0 : curve);

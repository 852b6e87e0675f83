/** Curves between two numbers: those of `EnvGen`. */

import { SuperColliderError } from '../errors.js';
import { shapes } from '../synthdef/composites/curves.js';

/**
 * The way from a number to the next: a name such as `exp`, or a curvature. The curvature 0 is a line; above 0 the way begins
 * slowly, below 0 quickly.
 */
export type RampCurve = keyof typeof shapes | number;

/** Below this curvature `EnvGen` takes a line. */
const STRAIGHT = 0.0001;

/** The number of a curve's shape, as `EnvGen` counts them. */
export const shapeOf = (curve: RampCurve): number => (typeof curve === 'number' ? 5 : shapes[curve]);

/** The curvature; 0 for a curve with a name. */
export const curvatureOf = (curve: RampCurve): number => (typeof curve === 'number' ? curve : 0);

/** The value at a part of the way, 0 to 1, by the formulas of `EnvGen`. */
export function curveAt(curve: RampCurve, from: number, to: number, part: number): number {
  const way = to - from;
  switch (shapeOf(curve)) {
    case shapes.step:
      return to;
    case shapes.hold:
      return part < 1 ? from : to;
    case shapes.exp:
      return from * (to / from) ** part;
    case shapes.sin:
      return from + way * (0.5 - 0.5 * Math.cos(Math.PI * part));
    case shapes.welch:
      return way > 0
        ? from + way * Math.sin((Math.PI / 2) * part)
        : to - way * Math.cos((Math.PI / 2) * part);
    case shapes.sqr:
      return (Math.sqrt(from) + (Math.sqrt(to) - Math.sqrt(from)) * part) ** 2;
    case shapes.cub:
      return (Math.cbrt(from) + (Math.cbrt(to) - Math.cbrt(from)) * part) ** 3;
    default: {
      const curvature = curvatureOf(curve);
      if (Math.abs(curvature) < STRAIGHT) return from + way * part;
      return from + (way * Math.expm1(part * curvature)) / Math.expm1(curvature);
    }
  }
}

/**
 * The curve of the rest of a way, from a part of it on; `undefined` where no curve has that form.
 *
 * A part of a line is a line, and a part of an exponential way has a smaller curvature.
 */
export function restOf(curve: RampCurve, part: number): RampCurve | undefined {
  if (typeof curve === 'number') return curve * (1 - part);
  const shape = shapeOf(curve);
  return shape === shapes.sin || shape === shapes.welch ? undefined : curve;
}

/** @throws SuperColliderError `invalid-argument` for a curve that there is not, or that cannot go between the two. */
export function checkCurve(
  what: string,
  curve: unknown,
  from: number,
  to: number,
): asserts curve is RampCurve {
  if (typeof curve === 'number' ? Number.isFinite(curve) : Object.hasOwn(shapes, curve as string)) {
    const shape = shapeOf(curve as RampCurve);
    if (shape === shapes.exp && !(from * to > 0)) {
      throw invalid(
        `${what}: an exponential way from ${from} to ${to} reaches or crosses 0. Both are above 0, or both below; or take a curvature, such as 4.`,
      );
    }
    if ((shape === shapes.sqr || shape === shapes.cub) && !(from >= 0 && to >= 0))
      throw invalid(
        `${what}: the curve "${curve}" goes between numbers from 0 up, not from ${from} to ${to}.`,
      );
    return;
  }
  throw invalid(
    `${what}: there is no curve "${String(curve)}". The curves are ${Object.keys(shapes).join(', ')}, or a number for the curvature.`,
  );
}

const invalid = (message: string): SuperColliderError => new SuperColliderError('invalid-argument', message);

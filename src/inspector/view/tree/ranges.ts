/** From where to where a control is moved by hand: a definition does not say, so its name does. */

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Equal steps are equal ratios. */
  readonly isExponential: boolean;
  /** Whole numbers only: a bus, a buffer, a switch. */
  readonly isWhole: boolean;
  readonly unit: string;
}

const linear = (min: number, max: number, unit = ''): Range => ({
  min,
  max,
  isExponential: false,
  isWhole: false,
  unit,
});
const exponential = (min: number, max: number, unit = ''): Range => ({
  ...linear(min, max, unit),
  isExponential: true,
});
const whole = (min: number, max: number): Range => ({ ...linear(min, max), isWhole: true });

const BY_NAME: readonly (readonly [RegExp, Range])[] = [
  [/freq|cutoff|hertz/i, exponential(20, 20_000, 'Hz')],
  [/^(gate|trig|t_.*|loop|run|doneAction)$/i, whole(0, 1)],
  [/^(out|in|bus|.*bus)$/i, whole(0, 127)],
  [/^(buf|buffer|bufnum)$/i, whole(0, 127)],
  [/note|midi/i, linear(0, 127)],
  [/pan|^pos|balance/i, linear(-1, 1)],
  [/amp|gain|level|mix|wet|dry|width|vel|volume|depth/i, linear(0, 1)],
  [/attack|decay|release|sustain|dur|delay|time|lag|length|fade/i, exponential(0.001, 10, 's')],
  [/^r?q$|reso/i, linear(0.01, 1)],
  [/rate|speed/i, linear(-4, 4)],
];

/**
 * @param initial - The definition's own value.
 */
export function rangeOf(name: string, value: number, initial: number | undefined): Range {
  const known = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  const values = [value, initial ?? value];
  const reach = Math.max(...values.map(Math.abs)) * 2 || 1;
  const range = known ?? linear(Math.min(...values) < 0 ? -reach : 0, reach);
  // The present value must be within.
  return { ...range, min: Math.min(range.min, value), max: Math.max(range.max, value) };
}

/** Steps of a slider from one end to the other. */
export const STEPS = 1000;

/** Position of a value on a slider of `STEPS` steps. */
export function positionOf(value: number, { min, max, isExponential }: Range): number {
  if (max === min) return 0;
  const part =
    isExponential && min > 0 ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(part * STEPS);
}

/** The value at a position, with as many digits as a step is worth. */
export function valueAt(position: number, { min, max, isExponential, isWhole }: Range): number {
  const part = position / STEPS;
  const value = isExponential && min > 0 ? min * (max / min) ** part : min + part * (max - min);
  return isWhole ? Math.round(value) : Number(value.toPrecision(4));
}

/** The conversions of sclang that music needs most, for plain numbers. */

/** The frequency of a MIDI note number, in hertz. */
export const midicps = (note: number): number => 440 * 2 ** ((note - 69) / 12);

/** The MIDI note number of a frequency. */
export const cpsmidi = (hertz: number): number => 69 + 12 * Math.log2(hertz / 440);

/** The ratio of two frequencies that lie so many semitones apart: `midiratio(12)` is 2. */
export const midiratio = (semitones: number): number => 2 ** (semitones / 12);

/** The semitones between two frequencies of a ratio: `ratiomidi(2)` is 12. */
export const ratiomidi = (ratio: number): number => 12 * Math.log2(ratio);

/** The factor of a level in decibels: `dbamp(-20)` is 0.1. */
export const dbamp = (decibels: number): number => 10 ** (decibels / 20);

/** The decibels of a factor: `ampdb(0.1)` is -20. */
export const ampdb = (amplitude: number): number => 20 * Math.log10(amplitude);

/** A mapping of a number from one range to another. */
export type RangeMapping = (
  value: number,
  inLow: number,
  inHigh: number,
  outLow: number,
  outHigh: number,
) => number;

/** A mapping of which a number outside the first range gets an end of the second. */
const clipped =
  (map: RangeMapping): RangeMapping =>
  (value, inLow, inHigh, outLow, outHigh) => {
    if (value <= inLow) return outLow;
    if (value >= inHigh) return outHigh;
    return map(value, inLow, inHigh, outLow, outHigh);
  };

/** Moves a number from a linear range to another one. A number outside the first range gives an end of the second. */
export const linlin: RangeMapping = /* @__PURE__ */ clipped(
  (value, inLow, inHigh, outLow, outHigh) =>
    ((value - inLow) / (inHigh - inLow)) * (outHigh - outLow) + outLow,
);

/** Moves a number from a linear range to an exponential one, whose ends have the same sign. */
export const linexp: RangeMapping = /* @__PURE__ */ clipped(
  (value, inLow, inHigh, outLow, outHigh) =>
    (outHigh / outLow) ** ((value - inLow) / (inHigh - inLow)) * outLow,
);

/** Moves a number from an exponential range, whose ends have the same sign, to a linear one. */
export const explin: RangeMapping = /* @__PURE__ */ clipped(
  (value, inLow, inHigh, outLow, outHigh) =>
    (Math.log(value / inLow) / Math.log(inHigh / inLow)) * (outHigh - outLow) + outLow,
);

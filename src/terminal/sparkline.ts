const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * The last so many values as bars, from 0 to the largest of them, or to `atLeast` where all are below.
 *
 * @returns As many characters as asked for; blanks in front while there are fewer values.
 */
export function sparkline(values: readonly number[], width: number, atLeast: number): string {
  const shown = values.slice(-width);
  const top = Math.max(atLeast, ...shown);
  const bars = shown.map(
    (value) => BARS[Math.max(0, Math.min(BARS.length - 1, Math.round((value / top) * (BARS.length - 1))))],
  );
  return bars.join('').padStart(width);
}

/** Decibels at the left end of a meter. */
const QUIETEST = -60;

export const decibelsOf = (amplitude: number): number => 20 * Math.log10(Math.max(amplitude, 1e-6));

/**
 * A meter from -60 to 0 dB: a bar up to the RMS, and a mark at the peak.
 *
 * @returns As many characters as asked for.
 */
export function meter(rms: number, peak: number, width: number): string {
  const at = (amplitude: number) =>
    Math.round(Math.min(1, Math.max(0, 1 - decibelsOf(amplitude) / QUIETEST)) * width);
  const bar = '█'.repeat(at(rms)).padEnd(width, '·');
  const mark = at(peak) - 1;
  return mark < 0 ? bar : `${bar.slice(0, mark)}▌${bar.slice(mark + 1)}`;
}

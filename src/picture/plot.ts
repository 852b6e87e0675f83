/** A picture with what it takes to be read: a title, axes with units, a legend. */

import type { Seconds } from '../units.js';
import { Canvas, type Color, GRID, type PictureOptions, TEXT } from './canvas.js';
import { ADVANCE, LETTER_HEIGHT, widthOf } from './font.js';

/** Letters of twice the size where there is room for them. */
const LARGE = 2;

const MARGIN = { left: 12 * ADVANCE, right: 2 * ADVANCE, top: 28, bottom: 32 } as const;

/** A picture that is smaller has no room for letters, and shows the plot alone. */
const SMALLEST = { width: 480, height: 200 } as const;

/** Pixels from one label of an axis to the next, at least. */
const LABEL_DISTANCE = 90;

const TIME_STEPS: readonly Seconds[] = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400,
];

export interface LegendEntry {
  readonly text: string;
  readonly color: Color;
}

/** A canvas with a rectangle in it that the axes belong to. Places in it count from its own top left corner. */
export class Plot {
  readonly canvas: Canvas;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** True when there is room for letters. */
  readonly isLabelled: boolean;

  constructor(options: PictureOptions) {
    this.canvas = new Canvas(options);
    const { width, height } = this.canvas;
    this.isLabelled = width >= SMALLEST.width && height >= SMALLEST.height;
    const { left, right, top, bottom } = this.isLabelled ? MARGIN : { left: 0, right: 0, top: 0, bottom: 0 };
    this.left = left;
    this.top = top;
    this.width = width - left - right;
    this.height = height - top - bottom;
    if (this.isLabelled) this.#write(left + 12, 6, options.title ?? '');
  }

  /** Fills a part of the plot, from one corner up to, but without, another. */
  fill(left: number, top: number, right: number, bottom: number, color: Color): void {
    const { width, height } = this;
    this.canvas.fill(
      this.left + Math.max(0, left),
      this.top + Math.max(0, top),
      this.left + Math.min(right, width),
      this.top + Math.min(bottom, height),
      color,
    );
  }

  set(x: number, y: number, color: Color): void {
    this.canvas.set(this.left + x, this.top + y, color);
  }

  /** Lines at round times, with the times below them. */
  timeAxis(duration: Seconds): void {
    const perSecond = this.width / duration;
    // Lines alone stand at seconds, or whatever is farther than five pixels from the next.
    const [distance, least] = this.isLabelled ? [LABEL_DISTANCE, 0] : [5, 1];
    const step =
      TIME_STEPS.find((each) => each >= least && each * perSecond >= distance) ?? TIME_STEPS.at(-1)!;
    // Counted in steps: sums of tenths are no tenths.
    for (let count = 0; count * step <= duration * (1 + 1e-9); count++) {
      const x = Math.min(this.width - 1, Math.floor(count * step * perSecond));
      if (count > 0) this.fill(x, 0, x + 1, this.height, GRID);
      this.#labelBelow(x, timeLabel(count * step, step, duration));
    }
    const unit = duration >= 60 ? 'min:s' : 's';
    if (this.isLabelled) {
      this.#write(this.left + this.width - widthOf(unit) * LARGE, this.top + this.height + 8, unit);
    }
  }

  /** A line across the plot, with its value to the left. */
  levelLine(y: number, label: string, isDrawn = true): void {
    if (isDrawn) this.fill(0, y, this.width, y + 1, GRID);
    if (!this.isLabelled) return;
    const above = this.top + y - Math.floor((LETTER_HEIGHT * LARGE) / 2);
    this.#write(this.left - 8 - widthOf(label) * LARGE, above, label);
  }

  /** Writes the unit of the left axis above the axis. */
  levelUnit(unit: string): void {
    if (this.isLabelled) this.#write(this.left - 8 - widthOf(unit) * LARGE, 6, unit);
  }

  /** Colours and what they stand for, at the top right. Those that there is no room for are counted. */
  legend(entries: readonly LegendEntry[]): void {
    if (!this.isLabelled) return;
    const widths = entries.map(({ text }) => (widthOf(text) + 6 * ADVANCE) * LARGE);
    const most = this.width / 2;
    let [shown, total] = [0, 0];
    while (shown < entries.length && total + widths[shown]! <= most) total += widths[shown++]!;
    const more = shown < entries.length ? `+ ${entries.length - shown}` : '';
    let x = this.left + this.width - total - widthOf(more) * LARGE;
    for (const [index, { text, color }] of entries.slice(0, shown).entries()) {
      this.canvas.fill(x, 6, x + 14, 20, color);
      this.#write(x + 20, 6, text);
      x += widths[index]!;
    }
    this.#write(x, 6, more);
  }

  /** Colours from one value to another, at the top right. */
  scale(from: string, to: string, colorAt: (part: number) => Color): void {
    if (!this.isLabelled) return;
    const length = 200;
    const right = this.left + this.width - widthOf(to) * LARGE;
    this.#write(right, 6, to);
    const start = right - 8 - length;
    for (let x = 0; x < length; x++)
      this.canvas.fill(start + x, 6, start + x + 1, 20, colorAt(x / (length - 1)));
    this.#write(start - 8 - widthOf(from) * LARGE, 6, from);
  }

  toPng(): Uint8Array {
    return this.canvas.toPng();
  }

  #labelBelow(x: number, label: string): void {
    if (!this.isLabelled) return;
    const half = Math.floor((widthOf(label) * LARGE) / 2);
    const right = this.left + this.width - 6 * ADVANCE * LARGE;
    // The last place is the unit's.
    if (this.left + x + half < right) this.#write(this.left + x - half, this.top + this.height + 8, label);
  }

  #write(left: number, top: number, text: string): void {
    this.canvas.text(left, top, text, TEXT, LARGE);
  }
}

function timeLabel(time: Seconds, step: Seconds, duration: Seconds): string {
  if (duration < 60) return String(Number(time.toFixed(step < 0.1 ? 2 : step < 1 ? 1 : 0)));
  const seconds = Math.round(time);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

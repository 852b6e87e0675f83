import { encode } from 'fast-png';
import { SuperColliderError } from '../errors.js';
import { pixelsOf } from './font.js';

/** Size and title of a picture. */
export interface PictureOptions {
  /** Pixels. @default 1600 */
  readonly width?: number | undefined;
  /** Pixels. @default 400 */
  readonly height?: number | undefined;
  /** Title above the picture, such as the name of the sound file. @default nothing */
  readonly title?: string | undefined;
}

/** Red, green and blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

export const BACKGROUND: Color = [16, 16, 24];
export const GRID: Color = [48, 48, 60];
export const TEXT: Color = [200, 200, 210];

/** A picture to draw on, with (0, 0) at the top left. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #data: Uint8Array;

  /** @throws SuperColliderError `invalid-argument` for a size that is no whole number from 1 to 32768. */
  constructor({ width = 1600, height = 400 }: PictureOptions) {
    for (const size of [width, height]) {
      if (Number.isInteger(size) && size >= 1 && size <= 32_768) continue;
      throw new SuperColliderError(
        'invalid-argument',
        `A picture cannot be ${width} × ${height}: whole numbers of pixels, up to 32768 each way.`,
      );
    }
    this.width = width;
    this.height = height;
    this.#data = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, BACKGROUND);
  }

  set(x: number, y: number, [red, green, blue]: Color): void {
    if (!(x >= 0 && x < this.width && y >= 0 && y < this.height)) return;
    const at = (y * this.width + x) * 3;
    this.#data[at] = red;
    this.#data[at + 1] = green;
    this.#data[at + 2] = blue;
  }

  /** Fills from one corner up to, but without, another. */
  fill(left: number, top: number, right: number, bottom: number, color: Color): void {
    for (let y = Math.max(0, top); y < Math.min(bottom, this.height); y++) {
      for (let x = Math.max(0, left); x < Math.min(right, this.width); x++) this.set(x, y, color);
    }
  }

  /** Writes a text, its top left corner at a place. */
  text(left: number, top: number, text: string, color: Color = TEXT, size = 1): void {
    for (const [x, y] of pixelsOf(text)) {
      const [from, above] = [left + x * size, top + y * size];
      this.fill(from, above, from + size, above + size, color);
    }
  }

  toPng(): Uint8Array {
    return encode({ width: this.width, height: this.height, data: this.#data, channels: 3, depth: 8 });
  }
}

/** A colour between two, `part` of the way. */
export const between = (from: Color, to: Color, part: number): Color =>
  [0, 1, 2].map((index) => Math.round(from[index]! + (to[index]! - from[index]!) * part)) as unknown as Color;

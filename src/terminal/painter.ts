/**
 * The target of Ink's frames: the terminal's other screen, of which only changed lines are written.
 *
 * Ink's own way of drawing clears the whole screen for each frame that fills it, which flickers. It also
 * loses its place when the window changes its size. Here every line has its place, and a new size draws all
 * of them again.
 */

import { EventEmitter } from 'node:events';

const ESCAPE = '\u001B[';
/** Ink's own: the terminal shows nothing before all of a frame is there. */
const BEGIN_FRAME = `${ESCAPE}?2026h`;
const END_FRAME = `${ESCAPE}?2026l`;
const OTHER_SCREEN = `${ESCAPE}?1049h${ESCAPE}?25l`;
const FIRST_SCREEN = `${ESCAPE}?25h${ESCAPE}?1049l`;
const CLEAR = `${ESCAPE}2J`;

/** As much of a terminal as is written to. */
export type Terminal = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows' | 'on' | 'off'>;

export class Painter extends EventEmitter {
  readonly writable = true;
  readonly #terminal: Terminal;
  #lines: readonly string[] = [];
  #isOpen = false;

  constructor(terminal: Terminal) {
    super();
    this.#terminal = terminal;
  }

  /** The terminal's width, or the usual one where the terminal does not report its size. */
  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  open(): void {
    this.#isOpen = true;
    this.#terminal.write(OTHER_SCREEN + CLEAR);
    process.on('exit', this.close);
  }

  /** Gives the terminal back as it was, also at the end of a program that ends in haste. */
  readonly close = (): void => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.off('exit', this.close);
    this.#terminal.write(FIRST_SCREEN);
  };

  /** The next frame is drawn in full: the terminal has another size, or somebody else wrote on it. */
  forget(): void {
    this.#lines = [];
    if (this.#isOpen) this.#terminal.write(CLEAR);
  }

  /** A frame, as Ink writes it in its `debug` mode: all lines, each time. */
  write(frame: string): boolean {
    if (!this.#isOpen) return true;
    const lines = frame.split('\n').slice(0, this.rows);
    const before = this.#lines;
    let changes = '';
    for (let row = 0; row < Math.max(lines.length, before.length); row++) {
      const line = lines[row] ?? '';
      // Cleared before, not behind: behind a line as wide as the terminal, the cursor stands on its last character.
      if (line !== before[row]) changes += `${ESCAPE}${row + 1};1H${ESCAPE}2K${line}${ESCAPE}0m`;
    }
    this.#lines = lines;
    if (changes !== '') this.#terminal.write(BEGIN_FRAME + changes + END_FRAME);
    return true;
  }
}

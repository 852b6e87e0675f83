import type { Seconds } from '../units.js';

const LINES_KEPT = 3;

/** The last lines that a server printed, for errors of questions that stay without an answer. */
export class PrintedLines {
  readonly #lines: { readonly line: string; readonly time: number }[] = [];

  add(line: string): void {
    // What is empty, or comes whenever the machine is busy, explains nothing.
    if (line.trim() === '' || line.includes('xrun detected')) return;
    this.#lines.push({ line: line.trim(), time: performance.now() });
    if (this.#lines.length > LINES_KEPT) this.#lines.shift();
  }

  /** Those of the last seconds. */
  since(seconds: Seconds): readonly string[] {
    const from = performance.now() - seconds * 1000;
    return this.#lines.filter(({ time }) => time >= from).map(({ line }) => line);
  }
}

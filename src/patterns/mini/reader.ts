import { failure } from './failure.js';

/** A place in a text that only moves on, so that the time to parse grows with the text and no faster. */
export class Reader {
  /** The index of the next letter. */
  at = 0;
  /** The letters looked at so far, for tests of the parser's growth. */
  reads = 0;

  constructor(readonly text: string) {}

  /** The next letter, or the one after so many; empty at the end. */
  peek(ahead = 0): string {
    this.reads += 1;
    return this.text[this.at + ahead] ?? '';
  }

  /** Takes a letter or an operator where it comes next. */
  take(expected: string): boolean {
    this.reads += expected.length;
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  /** Takes what a sticky expression matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.reads += 1 + (found?.length ?? 0);
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Passes white space; true where there was some. */
  skipSpace(): boolean {
    return this.match(/\s+/y) !== undefined;
  }

  /** Throws the error for a place; by default for the next letter. */
  fail(problem: string, at?: number): never {
    throw failure(this.text, at ?? this.at, problem, at === undefined);
  }
}

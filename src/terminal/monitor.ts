/**
 * The contents of the screen, gathered as a performance goes on and read once a frame.
 */

import type { Commit, Level } from 'react-collider';
import type { ServerStatus } from 'react-collider/server';
import type { Problem } from '../dev/problem.js';
import type { Performance } from './performance.js';

/** The server's trouble in words; none while the server replies. */
export type Trouble = 'gone' | 'booting' | 'silent';

export interface Line {
  /** Seconds since the screen was opened. */
  readonly at: number;
  readonly kind: 'commit' | 'info' | 'warning';
  /** A commit is put into words when it is seen. */
  readonly content: Commit | string;
}

/** The numbers of kept lines and of kept statuses: one status a second. */
const LINES = 200;
const STATUSES = 60;

/** Seconds that words are seen for at least, unless others come. */
const WORDS_STAY = 10;

export class Monitor {
  commits = 0;
  /** Commits in the last second that is over. */
  commitsPerSecond = 0;
  problem: Problem | undefined;
  trouble: Trouble | undefined;
  /** Called with each commit, for who looks closer. */
  onCommit: ((commit: Commit) => void) | undefined;
  levels: readonly Level[] = [];
  readonly statuses: ServerStatus[] = [];
  readonly #lines: Line[] = [];
  /** Those of the lines that are no commits. */
  readonly #words: Line[] = [];
  readonly #begun = performance.now();
  readonly #onChange: () => void;
  readonly #ends: (() => void)[];
  #counted = 0;

  /** @param onChange - Called when there is something new to see. */
  constructor(
    readonly performance: Performance,
    onChange: () => void,
  ) {
    this.#onChange = onChange;
    const { server } = performance;
    this.#ends = [
      server.on('/status.reply', () => this.#status(server.lastStatus)),
      server.onLifecycle((event) => {
        if (event.type === 'offline' && !event.wasRequested)
          this.#lost(event.reason?.signal, event.reason?.code);
        else if (event.type === 'booting') this.#now('booting');
        else if (event.type === 'unresponsive') this.#now('silent');
        else if (event.type === 'responsive') this.#now(undefined);
        else if (event.type === 'online') {
          if (this.trouble !== undefined) this.tell('info', 'The engine is back.');
          this.#now(undefined);
        }
      }),
      server.onOutput(({ type, line }) => {
        if (type === 'poll') this.tell('info', line);
        else if (type !== 'text' && type !== 'ready' && type !== 'late') this.tell('warning', line);
      }),
    ];
    const timer = setInterval(() => this.#countCommits(), 1000);
    timer.unref();
    this.#ends.push(() => clearInterval(timer));
  }

  /** Seconds since the screen was opened. */
  get seconds(): number {
    return (performance.now() - this.#begun) / 1000;
  }

  /** The last so many lines, the oldest first. Words of the last seconds are among them, however many commits follow. */
  lines(count: number): readonly Line[] {
    const since = this.seconds - WORDS_STAY;
    const words = this.#words.filter(({ at }) => at >= since).slice(-Math.floor(count / 2));
    const last = this.#lines.slice(-Math.max(1, count)).filter((line) => !words.includes(line));
    const commits = last.slice(Math.max(0, last.length - (count - words.length)));
    return count > 0 ? [...commits, ...words].sort((a, b) => a.at - b.at) : [];
  }

  commit(commit: Commit): void {
    this.commits += 1;
    this.onCommit?.(commit);
    this.#add({ at: this.seconds, kind: 'commit', content: commit });
  }

  /** Adds words to the screen; each line of them becomes a line of its own. */
  tell(kind: 'info' | 'warning', text: string): void {
    for (const content of text.split('\n')) {
      const line: Line = { at: this.seconds, kind, content };
      this.#words.push(line);
      if (this.#words.length > LINES) this.#words.shift();
      this.#add(line);
    }
  }

  /** Sets the problem of the piece; `undefined` when the piece is well again. */
  setProblem(problem: Problem | undefined): void {
    this.problem = problem;
    this.#onChange();
  }

  setLevels(levels: readonly Level[]): void {
    const isSame = levels.every(
      ({ peak, rms }, channel) =>
        Math.abs(peak - (this.levels[channel]?.peak ?? -1)) < 1e-4 &&
        Math.abs(rms - (this.levels[channel]?.rms ?? -1)) < 1e-4,
    );
    if (isSame) return;
    this.levels = levels;
    this.#onChange();
  }

  close(): void {
    for (const end of this.#ends) end();
  }

  #add(line: Line): void {
    this.#lines.push(line);
    if (this.#lines.length > 2 * LINES) this.#lines.splice(0, LINES);
    this.#onChange();
  }

  #status(status: ServerStatus | undefined): void {
    if (!status) return;
    this.statuses.push(status);
    if (this.statuses.length > STATUSES) this.statuses.shift();
    this.#onChange();
  }

  #countCommits(): void {
    const before = this.commitsPerSecond;
    this.commitsPerSecond = this.commits - this.#counted;
    this.#counted = this.commits;
    if (this.commitsPerSecond !== before) this.#onChange();
  }

  #lost(signal: string | undefined, code: number | undefined): void {
    this.levels = [];
    this.tell('warning', `The engine is gone (${signal ?? `exit code ${code}`}). It is started again.`);
    this.#now('gone');
  }

  #now(trouble: Trouble | undefined): void {
    this.trouble = trouble;
    this.#onChange();
  }
}

import type { Commit } from '../index.js';

/** A commit and the time when it left. */
export interface LoggedCommit {
  /** The commit. */
  readonly commit: Commit;
  /** Time when the commit left, in seconds since 1970. */
  readonly at: number;
}

/** Commits that are kept for an inspector that is opened later. */
const KEPT = 200;

/**
 * The last commits of a root, for an inspector: `createRoot(server, { onCommit: log.add })`.
 */
export class CommitLog {
  readonly #listeners = new Set<(logged: LoggedCommit) => void>();
  #recent: LoggedCommit[] = [];

  /** Listener for `onCommit` of a root. */
  readonly add = (commit: Commit): void => {
    const logged = { commit, at: Date.now() / 1000 };
    this.#recent.push(logged);
    if (this.#recent.length > 2 * KEPT) this.#recent = this.#recent.slice(-KEPT);
    for (const listener of this.#listeners) listener(logged);
  };

  /** The last commits, the oldest first. */
  get recent(): readonly LoggedCommit[] {
    return this.#recent.slice(-KEPT);
  }

  /** Calls with each commit from now on. Returns the function that ends it. */
  subscribe(listener: (logged: LoggedCommit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

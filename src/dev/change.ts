import type { Commit } from 'react-collider';

/** A save of one or more files, and its results. */
export class Change {
  readonly files = new Set<string>();
  readonly since = performance.now();
  readonly commits: Commit[] = [];
  /** The messages that were reported of it, to report each once. */
  readonly told = new Set<string>();
  isOver = false;
  /** Some of its modules could not be compiled, or threw when they ran: what was rendered before goes on. */
  hasFailed = false;
  loadMilliseconds = 0;

  /** All modules have run. */
  loaded(): void {
    this.loadMilliseconds = performance.now() - this.since;
  }
}

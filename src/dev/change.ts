import type { Commit } from 'react-collider';

/** What was saved together, and what came of it. */
export class Change {
  readonly files = new Set<string>();
  readonly since = performance.now();
  readonly commits: Commit[] = [];
  /** What was reported of it, to report it once. */
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

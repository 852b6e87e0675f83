import type { Root } from 'react-collider';
import type { OpenInspector } from 'react-collider/inspector/node';
import type { Monitor } from './monitor.js';
import type { Performance } from './performance.js';

/** The inspector of a performance, which is opened when it is first asked for. */
export class Inspector {
  readonly #performance: Performance;
  readonly #monitor: Monitor;
  #opening: Promise<OpenInspector> | undefined;

  constructor(performance: Performance, monitor: Monitor) {
    this.#performance = performance;
    this.#monitor = monitor;
  }

  /** The address of its page, with its token. Its commits begin with the first time. */
  async open(): Promise<string> {
    this.#opening ??= this.#open();
    try {
      return (await this.#opening).url;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.close();
  }

  async #open(): Promise<OpenInspector> {
    const performance = this.#performance;
    const { root: first } = performance;
    if (!first)
      throw new Error('Nothing plays that could be inspected: r begins the piece, then i opens it.');
    const { CommitLog, openInspector } = await import('react-collider/inspector/node');
    let root: Root = first;
    const commits = new CommitLog();
    this.#monitor.onCommit = commits.add;
    return openInspector({
      server: performance.server,
      commits,
      root: {
        get tree() {
          return performance.root?.tree ?? null;
        },
        elementOf: (id) => performance.root?.elementOf(id),
        // A restart makes another root, and a panic leaves none: its counts are those of the last one.
        get scheduler() {
          root = performance.root ?? root;
          return root.scheduler;
        },
      },
    });
  }
}

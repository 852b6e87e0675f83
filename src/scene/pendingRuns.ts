import type { Command } from '../commands/command.js';
import type { NodeId } from '../units.js';

/**
 * The number of times that a pause is sent again.
 *
 * The server's reply may be lost as well, and the server replies to a pause only once. At a tenth of all
 * datagrams lost, one pause in a million is lost each time.
 */
const MAX_TRIES = 5;

interface Run {
  readonly isRunning: boolean;
  tries: number;
}

/**
 * Nodes that were paused or go on, without a reply of the server so far.
 *
 * No query returns whether a node runs. A lost `/n_run` shows only in `/n_off` and `/n_on` that do not come.
 */
export class PendingRuns {
  readonly #runs = new Map<NodeId, Run>();

  add(nodes: readonly (readonly [NodeId, boolean])[]): void {
    for (const [id, isRunning] of nodes) this.#runs.set(id, { isRunning, tries: 0 });
  }

  /** The server said `/n_on` or `/n_off` of a node. */
  said(id: NodeId, isRunning: boolean): void {
    if (this.#runs.get(id)?.isRunning === isRunning) this.#runs.delete(id);
  }

  /** The command that pauses or resumes the nodes again that are there; `undefined` for none. */
  again(isThere: (id: NodeId) => boolean): Command | undefined {
    const nodes: [NodeId, boolean][] = [];
    for (const [id, run] of this.#runs) {
      if (!isThere(id) || run.tries === MAX_TRIES) this.#runs.delete(id);
      else {
        run.tries += 1;
        nodes.push([id, run.isRunning]);
      }
    }
    return nodes.length > 0 ? { type: '/n_run', nodes } : undefined;
  }

  clear(): void {
    this.#runs.clear();
  }
}

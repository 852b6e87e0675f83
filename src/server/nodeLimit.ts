/** The root and the client's default group. */
const FIRST_NODES = 2;

/**
 * The limit `maxNodes` of a server, and the scenes that have nodes there.
 *
 * Nodes that a program makes by hand are not counted. Of a burst of notifications scsynth sends 1,023, so
 * reported nodes may have ended long since. The server refuses surplus nodes itself, and the error has a
 * count.
 */
export class NodeLimit {
  /** Each gives the number of nodes of a scene. */
  readonly #counters = new Set<() => number>();

  /** @param maxNodes - Gives the server's option, which may be another one after a reboot. */
  constructor(readonly maxNodes: () => number) {}

  get max(): number {
    return this.maxNodes();
  }

  /** Counts the nodes of a scene; returns what ends that. */
  add(counter: () => number): () => void {
    this.#counters.add(counter);
    return () => this.#counters.delete(counter);
  }

  /** Nodes that are there and not of that scene: of other scenes, the root and the default group. */
  others(counter: () => number): number {
    let count = FIRST_NODES;
    for (const other of this.#counters) if (other !== counter) count += other();
    return count;
  }
}

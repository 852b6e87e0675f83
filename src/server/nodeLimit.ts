/** The root and the client's default group. */
const FIRST_NODES = 2;

/** The limit `maxNodes` of a server, and who has nodes there. */
export class NodeLimit {
  /** Each gives the number of nodes of a scene. */
  readonly #counters = new Set<() => number>();

  /**
   * @param maxNodes - Gives the server's option, which may be another one after a reboot.
   * @param countKnown - Gives the number of nodes that the server has told of, where somebody follows its tree.
   */
  constructor(
    readonly maxNodes: () => number,
    readonly countKnown: () => number,
  ) {}

  get max(): number {
    return this.maxNodes();
  }

  /** Counts the nodes of a scene; returns what ends that. */
  add(counter: () => number): () => void {
    this.#counters.add(counter);
    return () => this.#counters.delete(counter);
  }

  /** Nodes that are there and not of that scene: of other scenes and clients, the root and the default groups. */
  others(counter: () => number): number {
    let ofScenes = 0;
    for (const other of this.#counters) if (other !== counter) ofScenes += other();
    // What was told may lag behind what was sent.
    return Math.max(FIRST_NODES + ofScenes, this.countKnown() - counter());
  }
}

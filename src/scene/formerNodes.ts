import type { NodeId, Seconds, UnixTime } from '../units.js';

/** The longest time for which a network may keep a datagram, or its double, before it arrives. */
const MAX_DELAY: Seconds = 60;

/**
 * Ids of nodes that a scene had and that are removed.
 *
 * A network may double a datagram and deliver the second one late. The `/s_new` of a node that was freed
 * before then makes the node again. No other client would ever free that node.
 */
export class FormerNodes {
  /** The time at which each node was removed, in that order. */
  readonly #gone = new Map<NodeId, UnixTime>();

  add(id: NodeId, time: UnixTime): void {
    this.#gone.delete(id);
    this.#gone.set(id, time);
  }

  /** Those that are there again. */
  among(nodes: ReadonlyMap<NodeId, unknown>, time: UnixTime): NodeId[] {
    for (const [id, gone] of this.#gone) {
      if (gone > time - MAX_DELAY) break;
      this.#gone.delete(id);
    }
    return [...nodes.keys()].filter((id) => this.#gone.has(id));
  }

  clear(): void {
    this.#gone.clear();
  }
}

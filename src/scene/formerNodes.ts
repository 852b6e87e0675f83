import type { NodeId, Seconds, UnixTime } from '../units.js';

/** How long a network may keep a datagram, or its double, before it arrives. */
const MAX_DELAY: Seconds = 60;

/**
 * Ids of nodes that a scene had and that are gone. A network may double a datagram and deliver the second one late: the
 * `/s_new` of a node that was freed meanwhile makes it again, and nobody else would ever free it.
 */
export class FormerNodes {
  /** When each was gone, in that order. */
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

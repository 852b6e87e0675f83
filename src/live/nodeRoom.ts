import { SuperColliderError } from '../errors.js';
import type { Moment } from '../scene/moment.js';
import type { Placement } from '../scene/placement.js';
import type { RootNode, SceneNode } from '../scene/sceneNode.js';
import type { NodeLimit } from './sceneServer.js';

/**
 * Checks that the server has room for a tree.
 *
 * A server drops each node beyond its limit one by one, and replies to no client during that.
 */
export class NodeRoom {
  readonly #limit: NodeLimit | undefined;
  readonly #placement: Placement;
  readonly #end: (() => void) | undefined;

  constructor(limit: NodeLimit | undefined, placement: Placement) {
    this.#limit = limit;
    this.#placement = placement;
    this.#end = limit?.add(placement.countNodes);
  }

  /** Says how many nodes too many a tree would make; `undefined` where all fit. */
  check(root: RootNode, moment: Moment): SuperColliderError | undefined {
    if (!this.#limit) return undefined;
    const { max } = this.#limit;
    const wanted = countBelow(root);
    // As if all that is there stayed, and nobody else had more: the exact number takes a look at everything.
    if (wanted + this.#placement.countNodes() < max / 2) return undefined;
    const staying = new Set<SceneNode>();
    collectBelow(root, staying);
    const releasing =
      this.#placement.leavingCount +
      this.#placement.countReleasing((element) => staying.has(element), moment);
    const others = this.#limit.others(this.#placement.countNodes);
    const needed = wanted + releasing + others;
    if (needed <= max) return undefined;
    const parts = [
      `${wanted} of this tree`,
      ...(releasing > 0 ? [`${releasing} that left it and still sound`] : []),
      `${others} others`,
    ];
    return new SuperColliderError(
      'too-many-nodes',
      `The server holds ${max} nodes (maxNodes), and this commit needs ${needed}, ${needed - max} too many: ` +
        `${parts.join(', ')}. Nothing was sent, and what sounds goes on. Boot with maxNodes: ` +
        `${2 ** Math.ceil(Math.log2(needed))}, or mount fewer at a time.`,
    );
  }

  close(): void {
    this.#end?.();
  }
}

const isNode = ({ type, state }: SceneNode): boolean =>
  type === 'Group' || (type === 'Synth' && state !== 'ended');

function countBelow(node: SceneNode): number {
  let count = 0;
  for (let child = node.firstChild; child; child = child.next)
    count += (isNode(child) ? 1 : 0) + countBelow(child);
  return count;
}

function collectBelow(node: SceneNode, found: Set<SceneNode>): void {
  for (let child = node.firstChild; child; child = child.next) {
    found.add(child);
    collectBelow(child, found);
  }
}

/**
 * Queries the server's nodes from time to time.
 *
 * It repairs the differences that a lost datagram left. It also finds released nodes that have ended and
 * whose `/n_end` was lost.
 */

import type { Command } from '../../commands/command.js';
import { parseQueryTree, type QueryTreeGroup } from '../../commands/queryTree.js';
import type { Moment } from '../../scene/moment.js';
import { countNodes, type NodeSnapshot } from '../../scene/nodeSnapshot.js';
import type { Placement } from '../../scene/placement.js';
import { parentsBelow, snapshotFromServer } from '../../scene/repair.js';
import type { NodeId, Seconds } from '../../units.js';
import type { SceneServer } from '../sceneServer.js';
import { TreePoller } from './treePoller.js';

/** Synths with controls are about 100 bytes each in a reply, and scsynth cannot send more than a datagram of it. */
const MAX_SYNTHS_WITH_CONTROLS = 400;
/**
 * Seconds between two looks at whether released synths are still there.
 *
 * scsynth sends 1,023 notifications of a burst. So the end of one synth may never be announced, and a group
 * would wait for it.
 */
const CHECK_LEAVING: Seconds = 1;

export interface RepairOptions {
  readonly server: SceneServer;
  readonly placement: Placement;
  /** Seconds between two comparisons; infinite for none: only released nodes are looked for. */
  readonly interval: Seconds;
  /** Counts what was sent. */
  readonly commits: () => number;
  /** True when everything that was sent is for a moment that is over. */
  readonly isQuiet: () => boolean;
  readonly moment: () => Moment;
  readonly send: (commands: readonly Command[]) => void;
  /** Called after a look, which may have found the nodes that others wait for. */
  readonly onLook: () => void;
  /** A synth ended by itself, and its `/n_end` was lost. */
  readonly onEnd: (id: NodeId) => void;
}

/** True when the last control of a synth's definition is an array. */
function hasTrailingArray(tree: NodeSnapshot | null): boolean {
  if (tree?.kind === 'group') return tree.children.some(hasTrailingArray);
  return (tree?.table.controls.at(-1)?.defaults.length ?? 0) > 1;
}

export class Repair {
  readonly #options: RepairOptions;
  readonly #digest: TreePoller;
  /** False where only what leaves the tree is compared. */
  readonly #isRepairing: boolean;

  constructor(options: RepairOptions) {
    this.#options = options;
    const { server, placement, interval, commits, isQuiet } = options;
    this.#isRepairing = interval < Number.POSITIVE_INFINITY;
    this.#digest = new TreePoller(this.#isRepairing ? interval : CHECK_LEAVING, {
      server,
      version: commits,
      isWanted: () => (this.#isRepairing || placement.isLeaving) && !server.backlog && isQuiet(),
      withControls: () =>
        this.#isRepairing &&
        countNodes(placement.tree).synths <= MAX_SYNTHS_WITH_CONTROLS &&
        (server.abilities.queriesTrailingArrays || !hasTrailingArray(placement.tree)),
      repair: (reply) => this.#repair(parseQueryTree(reply)),
    });
  }

  stop(): void {
    this.#digest.stop();
  }

  #repair(real: QueryTreeGroup): void {
    const { placement, moment, send, onLook, onEnd } = this.#options;
    const ended: NodeId[] = [];
    const nodes = parentsBelow(real);
    send(
      this.#isRepairing
        ? placement.repair(nodes, moment(), ended, (tree, elementOf, again) =>
            snapshotFromServer(tree, real, elementOf, again),
          )
        : placement.endLeaving(nodes),
    );
    onLook();
    for (const id of ended) onEnd(id);
  }
}

/** A group of a server, as a handle. */

import type { QueryTreeGroup } from '../commands/queryTree.js';
import type { NodeId } from '../units.js';
import { ServerNode } from './node.js';
import type { DumpTreeOptions } from './queries.js';

/**
 * Handle of a group on a server: its nodes start, move and end together.
 *
 * @see https://doc.sccode.org/Classes/Group.html
 */
export class ServerGroup extends ServerNode {
  /** The ids of the nodes in it, in the order of execution, as the server last told. */
  get children(): readonly NodeId[] {
    return this.server.tree.children(this.id);
  }

  /** Ends everything in it, at all depths; the group stays. Sends `/g_freeAll`. */
  freeAll(): void {
    this.check();
    this.server.send([{ type: '/g_freeAll', id: this.id }]);
  }

  /** Ends all synths in it, at all depths; groups stay. Sends `/g_deepFree`. */
  deepFree(): void {
    this.check();
    this.server.send([{ type: '/g_deepFree', id: this.id }]);
  }

  /** The nodes in the group, as the server has them. Sends `/g_queryTree`. */
  queryTree(options?: { readonly controls?: boolean }): Promise<QueryTreeGroup> {
    this.check();
    return this.server.queryTree(this.id, options);
  }

  /**
   * The nodes in the group, as the server prints them on its output. Sends `/g_dumpTree`, `/sync`.
   *
   * @throws SuperColliderError as `Server.dumpTree` does.
   */
  async dumpTree(options?: DumpTreeOptions): Promise<string> {
    this.check();
    return this.server.dumpTree(this.id, options);
  }

  override toString(): string {
    return `Group ${this.id}`;
  }
}

/** A group whose nodes supernova computes side by side. scsynth takes it for a group. */
export class ServerParallelGroup extends ServerGroup {
  override toString(): string {
    return `Parallel group ${this.id}`;
  }
}

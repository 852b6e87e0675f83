/**
 * Compares the tree with the server's from time to time, and repairs the differences that a lost datagram
 * left.
 */

import type { Command } from '../../commands/command.js';
import type { ReceivedMessage } from '../../osc/message.js';
import type { NodeId, Seconds } from '../../units.js';
import type { SceneServer } from '../sceneServer.js';

/** Seconds for a reply: it may be lost too, and the next comparison queries again. */
const TIMEOUT: Seconds = 0.3;

export interface TreePollerOptions {
  readonly server: SceneServer;
  /** Changes with every send; a comparison that overlaps a send is discarded. */
  readonly version: () => unknown;
  /**
   * False while no node is there to compare, or while the server cannot have carried out the last bundle yet.
   */
  readonly isWanted: () => boolean;
  readonly withControls: () => boolean;
  readonly repair: (reply: ReceivedMessage) => void;
}

export class TreePoller {
  readonly #tasks: TreePollerOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #isAsking = false;

  constructor(interval: Seconds, tasks: TreePollerOptions) {
    this.#tasks = tasks;
    this.#timer = setInterval(() => void this.#compare(), interval * 1000);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #compare(): Promise<void> {
    const { server, version, isWanted, withControls, repair } = this.#tasks;
    if (this.#isAsking || server.state !== 'online' || !isWanted()) return;
    this.#isAsking = true;
    const before = version();
    const command: Command = {
      type: '/g_queryTree',
      id: server.defaultGroup.id as NodeId,
      controls: withControls(),
    };
    // Not answered in time, or gone: the next comparison tells.
    const reply = await server.request(command, { timeout: TIMEOUT }).catch(() => undefined);
    this.#isAsking = false;
    if (reply && version() === before && server.state === 'online') repair(reply);
  }
}

/** What is said to a server and what it answers, as arrays. */

import type { Message } from '../../src/osc/message.js';
import type { Server } from '../../src/server/index.js';
import type { NodeId } from '../../src/units.js';
import { sine } from './sine.js';

export const targets = ['scsynth by UDP', 'scsynth by TCP', 'supernova', 'embedded'] as const;
export type Target = (typeof targets)[number];

const UNHEARD = new Set(['/status.reply', '/synced', '/g_queryTree.reply', '/d_removed']);

export class Wire {
  constructor(
    readonly server: Server,
    readonly target: Target,
    /** A folder of this case's own. */
    readonly folder: string,
  ) {}

  /**
   * What comes back from now until everything that was sent is done: failures first, as they come from another thread
   * than what happens to nodes. Heartbeats, and what our own picture of the tree asks for, are left out.
   */
  async hear(act: () => void | Promise<void>, ...alsoHeard: readonly string[]): Promise<unknown[][]> {
    const heard: unknown[][] = [];
    const end = this.server.on('*', ({ address, args }) => {
      if (!UNHEARD.has(address) || alsoHeard.includes(address)) heard.push([address, ...args]);
    });
    await act();
    await this.server.sync();
    // What happened to nodes may come after the first answer.
    await this.server.sync();
    end();
    const isFailure = ([address]: unknown[]) => address === '/fail';
    return [...heard.filter(isFailure), ...heard.filter((message) => !isFailure(message))];
  }

  /** What is answered to messages that are sent together. */
  ask(...messages: readonly Message[]): Promise<unknown[][]> {
    return this.hear(() => {
      for (const message of messages) this.server.sendMessage(...message);
    });
  }

  /** The values of the first answer of an address. */
  async answer(address: string, ...messages: readonly Message[]): Promise<unknown[] | undefined> {
    const heard = await this.hear(() => {
      for (const message of messages) this.server.sendMessage(...message);
    }, address);
    return heard.find(([said]) => said === address)?.slice(1);
  }

  /** The tree as nested lists of ids. */
  async tree(id = 0): Promise<unknown> {
    type Node = { readonly id: NodeId; readonly children?: readonly Node[] };
    const shape = (node: Node): unknown => (node.children ? [node.id, ...node.children.map(shape)] : node.id);
    return shape(await this.server.queryTree(id as NodeId, { controls: false }));
  }

  /** The state that every case begins with: our group and the synthdef `sine`. */
  async begin(): Promise<void> {
    await this.server.freeAll({ allClients: true });
    await this.server.request({ type: '/d_recv', bytes: sine });
    await this.server.sync();
  }
}

/** Numbers as 32 bit floats are compared by what they say. */
export function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Math.abs(value) < 1e-6 ? 0 : Number(value.toPrecision(6));
}

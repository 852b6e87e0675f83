/** Takes away what a page has left on the server: nobody else ever would. */

import type { QueryTreeNode } from '../commands/queryTree.js';
import { decodePacket } from '../osc/decode.js';
import { encodePacket } from '../osc/encode.js';
import { defaultGroupId, IDS_PER_CLIENT } from '../server/allocators.js';
import type { Server } from '../server/server.js';
import type { Transport } from '../transport/transport.js';
import type { NodeId } from '../units.js';

export interface Cleared {
  readonly nodes: number;
  readonly buffers: number;
}

/** Milliseconds after which the server's good-bye is not waited for any more. */
const LEAVE_TIMEOUT_MS = 1000;

/** Frees the nodes and buffers of a client. Sends `/g_queryTree`, `/n_free`, `/b_free`. */
export async function clearAfter(
  server: Server,
  transport: Transport,
  clientId: number,
  buffers: readonly number[],
): Promise<Cleared> {
  const found = await nodesOf(server, clientId);
  for (const id of found.highest) transport.send(encodePacket(['/n_free', id]));
  for (const number of buffers) transport.send(encodePacket(['/b_free', number]));
  return { nodes: found.count, buffers: buffers.length };
}

/**
 * Gives a client's login back. Sends `/notify 0`.
 *
 * @param transport - The client's own: the server knows its clients by where they send from.
 */
export async function logOut(transport: Transport, clientId: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LEAVE_TIMEOUT_MS);
    const onPacket = (packet: Uint8Array): void => {
      const reply = decodePacket(packet);
      if (!('address' in reply) || reply.address !== '/done' || reply.args[0] !== '/notify') return;
      clearTimeout(timer);
      resolve();
    };
    transport.listen({ onPacket, onError: () => {}, onClose: () => {} });
    transport.send(encodePacket(['/notify', 0, clientId]));
  });
}

interface FoundNodes {
  /** Those that are in no other node of the client: what is in them goes with them. */
  readonly highest: readonly NodeId[];
  readonly count: number;
}

async function nodesOf(server: Server, clientId: number): Promise<FoundNodes> {
  const highest: NodeId[] = [];
  let count = 0;
  const visit = (node: QueryTreeNode, isWithin: boolean): void => {
    const isOurs = node.id > 0 && Math.floor(node.id / IDS_PER_CLIENT) === clientId;
    if (isOurs) count += 1;
    if (isOurs && !isWithin) highest.push(node.id);
    if ('children' in node) for (const child of node.children) visit(child, isWithin || isOurs);
  };
  try {
    visit(await server.queryTree(0 as NodeId, { controls: false }), false);
    return { highest, count };
  } catch {
    // A tree that is too large for one answer: the group holds nearly all that a page makes.
    return { highest: [defaultGroupId(clientId)], count: 1 };
  }
}

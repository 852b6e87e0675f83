/**
 * All nodes of a server, asked for: in one answer where they fit into it, else node by node.
 */

import type { Command } from '../commands/index.js';
import { parseQueryTree, type QueryTreeGroup } from '../commands/queryTree.js';
import type { EngineKind } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { NodeId } from '../units.js';
import { NONE, type NodeState } from './mirror.js';

/** The server's reply to a query of a node, which does not tell if the node runs. */
export type NodeLinks = Omit<NodeState, 'isRunning'>;

/** The part of a server that reading its tree needs. */
export interface TreeSource {
  /** The state of the connection. */
  readonly state: string;
  /** The program that computes the sound. */
  readonly engine: { readonly kind: EngineKind };
  /** Sends commands. */
  send(commands: readonly Command[]): void;
  /** Sends a command and resolves with the reply. */
  request(command: Command): Promise<ReceivedMessage>;
  /** Resolves when the server has carried out all commands so far. */
  sync(): Promise<void>;
  /** Calls with each message of an address. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void;
}

const ROOT = 0 as NodeId;
/** Answers of one round, far below the 1023 notifications that scsynth sends in one audio callback. */
const ROUND = 400;
/** Ids after a found node that are queried too, because ids are consecutive. */
const GUESSES = 200;

/**
 * Every node by id. Sends `/g_queryTree`.
 *
 * At about 8000 nodes the reply is too large for the server ("buffer overflow"). Then `/n_query` fetches the
 * known nodes, their neighbours, and so on.
 */
export async function readNodes(
  server: TreeSource,
  known: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, NodeLinks>> {
  try {
    const reply = await server.request({ type: '/g_queryTree', id: ROOT, controls: false });
    return linksOf(parseQueryTree(reply));
  } catch (error) {
    const isTooLarge = error instanceof SuperColliderError && /overflow|did not answer/.test(error.message);
    if (!isTooLarge) throw error;
    return queryAll(server, known);
  }
}

function linksOf(tree: QueryTreeGroup): ReadonlyMap<NodeId, NodeLinks> {
  const links = new Map<NodeId, NodeLinks>();
  const visit = (group: QueryTreeGroup, parent: NodeId, previous: NodeId, next: NodeId): void => {
    const { id, children } = group;
    links.set(id, {
      id,
      parent,
      previous,
      next,
      isGroup: true,
      head: children[0]?.id ?? NONE,
      tail: children.at(-1)?.id ?? NONE,
    });
    children.forEach((child, index) => {
      const before = children[index - 1]?.id ?? NONE;
      const after = children[index + 1]?.id ?? NONE;
      if ('children' in child) visit(child, id, before, after);
      else {
        const place = { id: child.id, parent: id, previous: before, next: after };
        links.set(child.id, { ...place, isGroup: false, head: NONE, tail: NONE });
      }
    });
  };
  visit(tree, NONE, NONE, NONE);
  return links;
}

async function queryAll(server: TreeSource, known: readonly NodeId[]): Promise<Map<NodeId, NodeLinks>> {
  const links = new Map<NodeId, NodeLinks>();
  // supernova 3.13 crashes at a query of the root.
  const wanted = new Set(
    server.engine.kind === 'supernova' ? known.filter((id) => id !== ROOT) : [ROOT, ...known],
  );
  const asked = new Set<NodeId>();
  const want = (id: NodeId): void => {
    if (id < 0 || asked.has(id)) return;
    for (let guess = id; guess < id + GUESSES; guess++)
      if (!asked.has(guess as NodeId)) wanted.add(guess as NodeId);
  };
  const end = server.on('/n_info', ({ args }) => {
    const [id, parent, previous, next, isGroup, head = NONE, tail = NONE] = args.map(Number) as NodeId[];
    const place = { parent: parent!, previous: previous!, next: next! };
    links.set(id!, { id: id!, ...place, isGroup: Number(isGroup) === 1, head, tail });
    for (const neighbour of [next!, head, previous!, tail]) want(neighbour);
  });
  try {
    while (wanted.size > 0) {
      const round: NodeId[] = [];
      for (const id of wanted) {
        round.push(id);
        wanted.delete(id);
        asked.add(id);
        if (round.length === ROUND) break;
      }
      // One id a message: scsynth stops at the first that is not there. Nobody wants to hear of those.
      server.send([
        { type: '/error', mode: -1 },
        ...round.map((id): Command => ({ type: '/n_query', ids: [id] })),
        { type: '/error', mode: -2 },
      ]);
      await server.sync();
      // Notifications leave from another thread than /synced.
      await server.sync();
    }
  } finally {
    end();
  }
  return links;
}

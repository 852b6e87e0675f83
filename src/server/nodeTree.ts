/**
 * A live picture of all nodes of a server, of every client.
 *
 * Notifications keep it up to date. scsynth sends at most 1023 of them per audio callback, and a datagram may
 * be lost. A notification that does not fit, or a count that differs from `/status`, makes the tree query the
 * server again.
 */

import type { Patch } from 'immer';
import type { ReceivedMessage } from '../osc/message.js';
import type { NodeId } from '../units.js';
import { applyNotification, NONE, type NodeState, type Nodes, NodesDraft, rootOnly } from './mirror.js';
import { type NodeLinks, readNodes, type TreeSource } from './readNodes.js';

export type { NodeState, Nodes } from './mirror.js';

/** Notifications are taken up together: a thousand nodes that end at once are one change. */
const BATCH_MS = 10;
/**
 * A change of a large tree takes long, so it comes the more rarely, and most of the time is left for reading. Node reads
 * 32 datagrams between two timers: with a change after each 32 of 3000 notifications, a busy machine was deaf for seconds.
 */
const REST_PER_CHANGE = 4;
const MAX_BATCH_MS = 250;
/** While nobody looks. Who waits for the end of a node, or reads the picture, does not wait for it. */
const UNWATCHED_BATCH_MS = 100;
/** Milliseconds from a burst's end to the query of the tree. */
const RESYNC_MS = 60;
const NOTIFICATIONS = ['/n_go', '/n_end', '/n_off', '/n_on', '/n_move', '/n_info'] as const;

type TreeListener = (nodes: Nodes, patches: readonly Patch[]) => void;

/** The part of a server that a node tree needs. */
export interface TreeServer extends TreeSource {
  /** Calls with each message of an address. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void;
  /** Calls with each new state. */
  onState(listener: (state: string) => void): () => void;
}

/** A live picture of all nodes of a server, of every client. */
export class NodeTree {
  readonly #server: TreeServer;
  readonly #listeners = new Set<TreeListener>();
  readonly #endListeners = new Map<NodeId, Set<() => void>>();
  #nodes: Nodes = rootOnly();
  #queue: ReceivedMessage[] = [];
  /** Notifications that arrive during a query: each may be newer than the reply. */
  #meanwhile: ReceivedMessage[] | undefined;
  #batchTimer: ReturnType<typeof setTimeout> | undefined;
  #batchMs = BATCH_MS;
  /** Ends of nodes that were reported to listeners before the picture changed. */
  readonly #told = new WeakSet<ReceivedMessage>();
  #resyncTimer: ReturnType<typeof setTimeout> | undefined;
  #resyncing: Promise<void> | undefined;
  #resyncs = 0;

  constructor(server: TreeServer) {
    this.#server = server;
    for (const address of NOTIFICATIONS) server.on(address, (message) => this.#receive(message));
    server.on('/status.reply', ({ args }) => this.#compare(Number(args[2]), Number(args[3])));
    server.onState((state) => {
      if (state === 'offline') this.#clear();
      else if (state === 'online') this.#suspect();
    });
    if (server.state === 'online') this.#suspect();
  }

  /** All nodes by id, as an object that never changes. */
  readonly snapshot = (): Nodes => {
    this.#flush();
    return this.#nodes;
  };

  /** Calls with each change, and what it was as patches. Returns the function that ends it. */
  readonly subscribe = (listener: TreeListener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The state of a node; `undefined` for an id that no node has. */
  get(id: NodeId): NodeState | undefined {
    return this.snapshot()[id];
  }

  /** The ids in a group, in the order of execution. */
  children(id: NodeId): readonly NodeId[] {
    const nodes = this.snapshot();
    const children: NodeId[] = [];
    for (let child = nodes[nodes[id]?.head ?? NONE]; child; child = nodes[child.next])
      children.push(child.id);
    return children;
  }

  /** Number of times that the tree was queried again. */
  get resyncs(): number {
    return this.#resyncs;
  }

  /** Calls once when the node ends, which may be one that is still to begin. Returns the function that gives up. */
  onEnd(id: NodeId, listener: () => void): () => void {
    const listeners = this.#endListeners.get(id) ?? new Set();
    this.#endListeners.set(id, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Asks for the tree and takes it as it is; resolves when the picture is the server's. Sends `/g_queryTree`. */
  resync(): Promise<void> {
    clearTimeout(this.#resyncTimer);
    this.#resyncTimer = undefined;
    this.#resyncing ??= this.#resync().finally(() => {
      this.#resyncing = undefined;
    });
    return this.#resyncing;
  }

  /** Schedules a query of the tree, for a change of which the server sends no notification. */
  suspect(): void {
    this.#suspect();
  }

  #receive(message: ReceivedMessage): void {
    this.#queue.push(message);
    this.#meanwhile?.push(message);
    if (message.address === '/n_end') {
      // At once, and without a change of the picture for each: all of ours may end together.
      const id = message.args[0] as NodeId;
      if (this.#endListeners.has(id)) {
        this.#told.add(message);
        this.#tellEnd(id);
      }
    }
    const rest = this.#listeners.size > 0 ? this.#batchMs : Math.max(this.#batchMs, UNWATCHED_BATCH_MS);
    this.#batchTimer ??= unrefTimer(() => this.#flush(), rest);
  }

  #flush(): void {
    clearTimeout(this.#batchTimer);
    this.#batchTimer = undefined;
    if (this.#queue.length === 0) return;
    const begun = performance.now();
    const queue = this.#queue;
    this.#queue = [];
    const ended: NodeId[] = [];
    let fits = true;
    const draft = new NodesDraft(this.#nodes);
    for (const message of queue) {
      const effect = applyNotification(draft, message);
      fits &&= effect.fits;
      if (this.#told.has(message)) {
        // Its id may be another node's by now, for whose end somebody waits.
        ended.push(...effect.ended.filter((id) => id !== message.args[0]));
        continue;
      }
      ended.push(...effect.ended);
      // A node whose start was never reported still reports its end.
      if (message.address === '/n_end') ended.push(message.args[0] as NodeId);
    }
    this.#change(...draft.finish(), ended);
    const took = performance.now() - begun;
    this.#batchMs = Math.min(MAX_BATCH_MS, Math.max(BATCH_MS, took * REST_PER_CHANGE));
    // supernova 3.13 tells a wrong neighbour when a node moves.
    const hasMoved =
      this.#server.engine.kind === 'supernova' && queue.some(({ address }) => address === '/n_move');
    if (!fits || hasMoved || queue.length > 900) this.#suspect();
  }

  #change(nodes: Nodes, patches: readonly Patch[], ended: readonly NodeId[]): void {
    this.#nodes = nodes;
    for (const id of ended) this.#tellEnd(id);
    if (patches.length === 0) return;
    // Whoever reads the picture in the middle of a render must not make others render.
    queueMicrotask(() => {
      for (const listener of [...this.#listeners]) listener(nodes, patches);
    });
  }

  #tellEnd(id: NodeId): void {
    const listeners = this.#endListeners.get(id);
    this.#endListeners.delete(id);
    for (const listener of listeners ?? []) listener();
  }

  /** Hidden nodes are counted by the server and never told: only a difference that changes is one. */
  #hidden = 0;

  #compare(synths: number, groups: number): void {
    if (this.#resyncTimer || this.#resyncing || this.#queue.length > 0) return;
    const known = Object.keys(this.#nodes).length;
    if (synths + groups - known === this.#hidden) return;
    this.#suspect(synths + groups);
  }

  #suspect(total?: number): void {
    if (this.#resyncTimer) return;
    this.#resyncTimer = unrefTimer(() => {
      this.#resyncTimer = undefined;
      this.resync().then(
        () => {
          if (total !== undefined) this.#hidden = total - Object.keys(this.#nodes).length;
        },
        () => {},
      );
    }, RESYNC_MS);
  }

  async #resync(): Promise<void> {
    this.#flush();
    this.#resyncs += 1;
    this.#meanwhile = [];
    let links: ReadonlyMap<NodeId, NodeLinks>;
    let meanwhile: readonly ReceivedMessage[];
    try {
      links = await readNodes(this.#server, Object.keys(this.#nodes).map(Number) as NodeId[]);
    } finally {
      this.#flush();
      meanwhile = this.#meanwhile;
      this.#meanwhile = undefined;
    }
    const before = this.#nodes;
    let fits = true;
    const draft = new NodesDraft(before);
    assign(draft, links);
    for (const message of meanwhile) fits = applyNotification(draft, message).fits && fits;
    const [nodes, patches] = draft.finish();
    const ended = Object.keys(before)
      .map(Number)
      .filter((id) => !(id in nodes)) as NodeId[];
    this.#change(nodes, patches, ended);
    if (!fits) this.#suspect();
  }

  #clear(): void {
    clearTimeout(this.#batchTimer);
    clearTimeout(this.#resyncTimer);
    this.#batchTimer = undefined;
    this.#resyncTimer = undefined;
    this.#queue = [];
    this.#hidden = 0;
    const before = this.#nodes;
    const ended = Object.keys(before)
      .map(Number)
      .filter((id) => id !== 0) as NodeId[];
    const draft = new NodesDraft(before);
    for (const id of ended) draft.delete(id);
    draft.put(rootOnly()[0]!);
    this.#change(...draft.finish(), ended);
    for (const listeners of this.#endListeners.values()) for (const listener of listeners) listener();
    this.#endListeners.clear();
  }
}

/** Makes the nodes what the links say; whether a node runs is not among them, and is kept. */
function assign(draft: NodesDraft, links: ReadonlyMap<NodeId, NodeLinks>): void {
  for (const id of draft.ids) if (!links.has(id)) draft.delete(id);
  for (const [id, node] of links) draft.put({ ...node, isRunning: draft.get(id)?.isRunning ?? true });
}

function unrefTimer(act: () => void, milliseconds: number): ReturnType<typeof setTimeout> {
  const timer = setTimeout(act, milliseconds);
  (timer as { unref?: () => void }).unref?.();
  return timer;
}

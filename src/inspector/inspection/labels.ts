/**
 * Names of nodes: those of a session's elements, and definitions, which the server tells in reply to a query only.
 */

import type { TreeNode } from '../../index.js';
import type { QueryTreeNode } from '../../server/index.js';
import type { Label } from '../protocol.js';
import type { Picture } from './picture.js';
import type { Subject } from './subject.js';

/** Milliseconds that changes are collected for, so that a thousand new nodes are one query. */
const WAIT_MS = 100;
/** Part of this thread's time that naming may take, as one in so many: the thread also makes the music. */
const SHARE = 30;

export class Labels {
  readonly #subject: Subject;
  readonly #picture: Picture;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = WAIT_MS;
  #isAsking = false;

  constructor(subject: Subject, picture: Picture) {
    this.#subject = subject;
    this.#picture = picture;
  }

  /** Names nodes in a moment: some are new, or elements have moved. */
  update(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const begun = performance.now();
      this.#nameElements();
      this.#wait = Math.max(WAIT_MS, SHARE * (performance.now() - begun));
      void this.#askDefinitions();
    }, this.#wait);
  }

  /** Takes the reply of a query. */
  learn(node: QueryTreeNode): void {
    const found = new Map<number, string>();
    collect(node, found);
    const { labels, nodes } = this.#picture.snapshot;
    const fresh = [...found].filter(([id, def]) => nodes[id] && labels[id]?.def !== def);
    if (fresh.length === 0) return;
    this.#picture.change((draft) => {
      for (const [id, def] of fresh) draft.labels[id] = { ...draft.labels[id], def };
    });
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #nameElements(): void {
    const { root } = this.#subject;
    const tree = root?.tree;
    if (!tree) return;
    const { labels } = this.#picture.snapshot;
    const changed: [number, Label][] = [];
    const visit = (node: TreeNode): void => {
      const { id } = node;
      const element = root.elementOf(id);
      if (element) {
        const { path, components } = element;
        const label = { ...(node.type === 'synth' && { def: node.def }), path, components };
        if (!isSame(labels[id], label)) changed.push([id, label]);
      }
      if (node.type === 'group') for (const child of node.children) visit(child);
    };
    for (const child of tree.children) visit(child);
    if (changed.length === 0) return;
    this.#picture.change((draft) => {
      for (const [id, label] of changed) draft.labels[id] = label as (typeof draft.labels)[number];
    });
  }

  async #askDefinitions(): Promise<void> {
    const { server } = this.#subject;
    const { nodes, labels } = this.#picture.snapshot;
    const isMissing = Object.values(nodes).some(({ id, isGroup }) => !isGroup && !labels[id]?.def);
    if (!isMissing || this.#isAsking || server.state !== 'online') return;
    this.#isAsking = true;
    try {
      this.learn(await server.queryTree(undefined, { controls: false }));
    } catch {
      // Too large for an answer, or the server is away: the nodes go without a name.
    } finally {
      this.#isAsking = false;
    }
  }
}

const isSame = (one: Label | undefined, other: Label): boolean =>
  one !== undefined &&
  one.path === other.path &&
  one.def === other.def &&
  one.components?.join() === other.components?.join();

function collect(node: QueryTreeNode, into: Map<number, string>): void {
  if ('children' in node) for (const child of node.children) collect(child, into);
  else into.set(node.id, node.def);
}

/**
 * The snapshot, and what changes in it, as patches for those who look at it.
 *
 * Changes are handed on together, at most twenty times a second: a screen shows no more, and a piece may make hundreds.
 */

import { type Draft, enablePatches, type Patch, produceWithPatches } from 'immer';
import type { NodesById } from '../../server/index.js';
import type { Snapshot } from '../protocol.js';

const INTERVAL_MS = 50;

type Listener = (patches: readonly Patch[]) => void;

export class Picture {
  readonly #listeners = new Set<Listener>();
  #snapshot: Snapshot;
  #patches: Patch[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: Snapshot) {
    enablePatches();
    this.#snapshot = first;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  change(recipe: (draft: Draft<Snapshot>) => void): void {
    const [next, patches] = produceWithPatches(this.#snapshot, recipe);
    this.#snapshot = next;
    this.#push(patches);
  }

  /** Takes up a change of the nodes, which comes as patches already. */
  changeNodes(nodes: NodesById, patches: readonly Patch[]): void {
    this.#snapshot = { ...this.#snapshot, nodes };
    this.#push(patches.map((patch) => ({ ...patch, path: ['nodes', ...patch.path] })));
  }

  /** Calls with what changes from now on. Returns the function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#flush();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #push(patches: readonly Patch[]): void {
    if (this.#listeners.size === 0 || patches.length === 0) return;
    this.#patches.push(...patches);
    this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#patches.length === 0) return;
    const patches = this.#patches;
    this.#patches = [];
    for (const listener of [...this.#listeners]) listener(patches);
  }
}

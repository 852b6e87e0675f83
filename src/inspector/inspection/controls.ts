/**
 * The controls of the synths that somebody looks at, asked for again and again: a server tells nobody when one changes.
 */

import type { NodeState, QueryTreeNode, QueryTreeSynth, Server } from '../../server/index.js';
import type { Control, ControlValue } from '../protocol.js';
import type { Labels } from './labels.js';
import type { Picture } from './picture.js';

const INTERVAL_MS = 200;
/** Synths with their controls are about 100 bytes each, and scsynth answers a query of a thousand with "buffer overflow". */
const MAX_PER_REPLY = 300;

type NodeId = NodeState['id'];
type Shape = readonly (readonly [name: string, size: number])[];

export class Controls {
  readonly #server: Server;
  readonly #picture: Picture;
  readonly #labels: Labels;
  readonly #watched = new Map<object, readonly number[]>();
  /** The controls of definitions that were seen in an answer. */
  readonly #seen = new Map<string, Shape>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #isAsking = false;

  constructor(server: Server, picture: Picture, labels: Labels) {
    this.#server = server;
    this.#picture = picture;
    this.#labels = labels;
  }

  /** Sets the synths that a watcher looks at, in place of its synths before. */
  watch(watcher: object, ids: readonly number[]): void {
    if (ids.length > 0) this.#watched.set(watcher, ids);
    else this.#watched.delete(watcher);
    if (this.#watched.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#show(new Map());
      return;
    }
    this.#timer ??= setInterval(() => void this.update(), INTERVAL_MS);
    void this.update();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watched.clear();
  }

  /** Asks for all of them. Sends `/g_queryTree` for groups that are small enough, else `/s_getn`. */
  async update(): Promise<void> {
    if (this.#isAsking || this.#server.state !== 'online') return;
    this.#isAsking = true;
    try {
      const found = new Map<number, readonly Control[]>();
      const { nodes } = this.#picture.snapshot;
      const wanted = new Set(
        [...this.#watched.values()].flat().filter((id) => nodes[id] && !nodes[id].isGroup),
      );
      const groups = new Set([...wanted].map((id) => nodes[id]!.parent));
      for (const group of groups) if (this.#isSmall(group)) await this.#askGroup(group, wanted, found);
      await Promise.all(
        [...wanted].filter((id) => !found.has(id)).map((id) => this.#askSynth(id as NodeId, found)),
      );
      this.#show(found);
    } finally {
      this.#isAsking = false;
    }
  }

  async #askGroup(group: NodeId, wanted: ReadonlySet<number>, found: Map<number, readonly Control[]>) {
    try {
      const tree = await this.#server.queryTree(group);
      this.#labels.learn(tree);
      const visit = (node: QueryTreeNode): void => {
        if ('children' in node) for (const child of node.children) visit(child);
        else if (wanted.has(node.id)) found.set(node.id, this.#read(node));
      };
      visit(tree);
    } catch {
      // The group is gone, or too large.
    }
  }

  async #askSynth(id: NodeId, found: Map<number, readonly Control[]>): Promise<void> {
    const def = this.#picture.snapshot.labels[id]?.def;
    const shape = def === undefined ? undefined : this.#shapeOf(def);
    if (!shape || shape.length === 0) return;
    try {
      const { args } = await this.#server.request({ type: '/s_getn', id, ranges: shape }, { timeout: 1 });
      const controls: Control[] = [];
      let at = 1;
      for (const [name, size] of shape) {
        const values = args.slice(at + 2, at + 2 + size) as number[];
        controls.push(this.#control(def!, name, size === 1 ? values[0]! : values));
        at += 2 + size;
      }
      found.set(id, controls);
    } catch {
      // The synth has ended.
    }
  }

  #shapeOf(def: string): Shape | undefined {
    const known = this.#server.synthDefs.get(def)?.description.controls;
    return known?.map(({ name, defaults }) => [name, defaults.length] as const) ?? this.#seen.get(def);
  }

  /** A control's further slots follow it under their indices. */
  #read({ def, controlList }: QueryTreeSynth): Control[] {
    const read: [name: string, values: (number | string)[]][] = [];
    for (const [name, value] of controlList) {
      if (/^\d+$/.test(name) && read.length > 0) read.at(-1)![1].push(value);
      else read.push([name, [value]]);
    }
    this.#seen.set(
      def,
      read.map(([name, values]) => [name, values.length] as const),
    );
    return read.map(([name, values]) => this.#control(def, name, values.length === 1 ? values[0]! : values));
  }

  #control(def: string, name: string, value: ControlValue): Control {
    const described = this.#server.synthDefs.get(def)?.description.controls;
    const initial = described?.find((control) => control.name === name)?.defaults;
    return { name, value, ...(initial && { initial }) };
  }

  #show(found: ReadonlyMap<number, readonly Control[]>): void {
    this.#picture.change((draft) => {
      for (const id of Object.keys(draft.controls))
        if (!found.has(Number(id))) delete draft.controls[Number(id)];
      for (const [id, controls] of found) {
        const known = draft.controls[id];
        if (known && JSON.stringify(known) === JSON.stringify(controls)) continue;
        draft.controls[id] = controls as (typeof draft.controls)[number];
      }
    });
  }

  #isSmall(group: NodeId): boolean {
    // supernova 3.13 crashes when it tells a control that is an array.
    if (this.#server.engine.kind === 'supernova') return false;
    const { nodes } = this.#picture.snapshot;
    let count = 0;
    const pending = [nodes[group]];
    for (let node = pending.pop(); node; node = pending.pop()) {
      for (let child = nodes[node.head]; child; child = nodes[child.next]) {
        count += 1;
        if (count > MAX_PER_REPLY) return false;
        if (child.isGroup) pending.push(child);
      }
    }
    return true;
  }
}

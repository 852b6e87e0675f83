/**
 * The nodes that a score makes: which of them are there, what is in which group, and when they end.
 *
 * It stands for the server's node tree, which offline nobody can ask. What ends by itself ends here when its
 * definition says so (see `endings.ts`); what does not say so is there until it is freed.
 */

import type { Command, NewGroup, NodeCommand } from '../commands/command.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Scheduled } from '../time/scheduler.js';
import type { NodeId, Seconds } from '../units.js';
import { type Endings, endingsOf } from './endings.js';

export interface ScoreNodesOptions {
  /** The definition that a name means at the moment. */
  readonly findDef: (name: string) => SynthDef | undefined;
  /** Calls back at a moment of the piece. */
  readonly schedule: (time: Seconds, callback: () => void) => Scheduled;
  readonly onBegin: (id: NodeId) => void;
  /** @param isOwn - It ended by itself, at this moment; otherwise it was freed. */
  readonly onEnd: (id: NodeId, isOwn: boolean) => void;
}

interface Group {
  readonly kind: 'group';
  readonly id: NodeId;
  readonly parent: Group | undefined;
  readonly children: Set<Node>;
  paused: boolean;
}

interface Synth {
  readonly kind: 'synth';
  readonly id: NodeId;
  readonly parent: Group | undefined;
  readonly definition: Definition;
  readonly values: Float64Array;
  paused: boolean;
  released: boolean;
  /** Known time to its end: seconds from the start, as its controls were then. */
  lasts: Seconds | undefined;
  /** The end of the node. */
  end: { readonly time: Seconds; readonly scheduled: Scheduled | undefined } | undefined;
}

type Node = Group | Synth;

/** The parts of a definition that determine the ends of its synths. */
interface Definition {
  readonly endings: Endings;
  readonly defaults: Float64Array;
  readonly slots: ReadonlyMap<string, { readonly index: number; readonly count: number }>;
  readonly gate: number | undefined;
}

export class ScoreNodes {
  readonly #options: ScoreNodesOptions;
  readonly #nodes = new Map<NodeId, Node>();
  readonly #definitions = new WeakMap<SynthDef, Definition>();

  constructor(options: ScoreNodesOptions) {
    this.#options = options;
    this.#nodes.set(0 as NodeId, {
      kind: 'group',
      id: 0 as NodeId,
      parent: undefined,
      children: new Set(),
      paused: false,
    });
  }

  /** Nodes that are there, besides the root. */
  get size(): number {
    return this.#nodes.size - 1;
  }

  /** Carries out a command at a moment; what is no node's business is left out. */
  carryOut(command: Command, time: Seconds): void {
    switch (command.type) {
      case '/g_new':
      case '/p_new':
        for (const group of command.groups) this.#addGroup(group);
        return;
      case '/s_new':
        this.#addSynth(command, time);
        return;
      case '/n_set':
        for (let index = 0; index < command.controls.length; index += 2) {
          this.#set(command.id, command.controls[index], command.controls[index + 1], time);
        }
        return;
      case '/n_setn':
        for (const [key, values] of command.controls) this.#set(command.id, key, values, time);
        return;
      case '/n_map':
      case '/n_mapa':
      case '/n_mapn':
      case '/n_mapan':
        for (const [key, bus, count = 1] of command.controls as readonly (readonly [
          unknown,
          number,
          number?,
        ])[]) {
          if (bus >= 0) this.#set(command.id, key, Array(count).fill('c'), time);
        }
        return;
      case '/n_run':
        for (const [id, isRunning] of command.nodes) this.#run(id, isRunning, time);
        return;
      case '/n_free':
        this.#remove(this.#nodes.get(command.id), false);
        return;
      case '/g_freeAll':
      case '/g_deepFree': {
        const group = this.#nodes.get(command.id);
        if (group?.kind === 'group') for (const child of [...group.children]) this.#remove(child, false);
      }
    }
  }

  #addGroup({ id, action, target }: NewGroup): void {
    const parent = this.#parent(action, target);
    this.#add({ kind: 'group', id, parent, children: new Set(), paused: false });
  }

  #addSynth(
    { def: name, id, action, target, controls }: Extract<NodeCommand, { type: '/s_new' }>,
    time: Seconds,
  ): void {
    const def = this.#options.findDef(name);
    if (!def) return;
    const parent = this.#parent(action, target);
    if (action === 4) this.#remove(this.#nodes.get(target), false, true);
    const definition = this.#definitionOf(def);
    const values = definition.defaults.slice();
    for (let index = 0; index < controls.length; index += 2) {
      put(values, definition, controls[index], controls[index + 1]);
    }
    const synth: Synth = {
      kind: 'synth',
      id,
      parent,
      definition,
      values,
      paused: false,
      released: false,
      lasts: definition.endings.afterStart(values),
      end: undefined,
    };
    this.#add(synth);
    if (synth.lasts !== undefined) this.#endAt(synth, time + synth.lasts);
  }

  #add(node: Node): void {
    this.#nodes.set(node.id, node);
    node.parent?.children.add(node);
    this.#options.onBegin(node.id);
  }

  #parent(action: number, target: NodeId): Group | undefined {
    const node = this.#nodes.get(target);
    return action < 2 ? (node?.kind === 'group' ? node : undefined) : node?.parent;
  }

  #remove(node: Node | undefined, isOwn: boolean, isReplaced = false): void {
    if (!node || !this.#nodes.delete(node.id)) return;
    node.parent?.children.delete(node);
    if (node.kind === 'synth') node.end?.scheduled?.cancel();
    else for (const child of [...node.children]) this.#remove(child, false);
    // As scsynth does, only the start of the replacing node is reported, and not the end of the replaced one.
    if (!isReplaced) this.#options.onEnd(node.id, isOwn);
  }

  #set(id: NodeId, key: unknown, value: unknown, time: Seconds): void {
    const node = this.#nodes.get(id);
    if (node?.kind === 'group') {
      for (const child of node.children) this.#set(child.id, key, value, time);
    } else if (node) this.#setSynth(node, key, value, time);
  }

  #setSynth(synth: Synth, key: unknown, value: unknown, time: Seconds): void {
    const { definition, values } = synth;
    const slot = put(values, definition, key, value);
    if (slot === undefined) return;
    if (slot === definition.gate) {
      if (synth.released || !(values[slot]! <= 0)) return;
      synth.released = true;
      const lasts = definition.endings.afterRelease(values);
      if (lasts !== undefined && !(synth.end && synth.end.time <= time + lasts)) {
        this.#endAt(synth, time + lasts);
      }
      return;
    }
    // An envelope that is on its way with other times now: nobody knows which of them it has used.
    if (synth.end && !synth.released && definition.endings.afterStart(values) !== synth.lasts) {
      synth.end.scheduled?.cancel();
      synth.end = undefined;
    }
  }

  #endAt(synth: Synth, time: Seconds): void {
    synth.end?.scheduled?.cancel();
    const scheduled = isPaused(synth)
      ? undefined
      : this.#options.schedule(time, () => this.#remove(synth, true));
    synth.end = { time, scheduled };
  }

  /** Pauses or resumes a node; the time to the end of a paused node stands still. */
  #run(id: NodeId, isRunning: boolean, time: Seconds): void {
    const node = this.#nodes.get(id);
    if (!node || node.paused !== isRunning) return;
    const visit = (each: Node): void => {
      if (each.kind === 'group') {
        if (each === node || !each.paused) for (const child of each.children) visit(child);
      } else if (each.end && (each === node || !each.paused)) {
        each.end.scheduled?.cancel();
        // While it stands, its end is kept as the time that is left.
        const left = isRunning ? each.end.time : each.end.time - time;
        each.end = { time: left, scheduled: undefined };
        if (isRunning && !isPaused(each)) this.#endAt(each, time + left);
      }
    };
    const wasPaused = node.parent !== undefined && isPaused(node.parent);
    node.paused = !isRunning;
    if (!wasPaused) visit(node);
  }

  #definitionOf(def: SynthDef): Definition {
    const known = this.#definitions.get(def);
    if (known) return known;
    const { controls } = def.description;
    const definition: Definition = {
      endings: endingsOf(def.bytes, def.name),
      defaults: Float64Array.from(controls.flatMap(({ defaults }) => defaults)),
      slots: new Map(
        controls.map(({ name, index, defaults }) => [name, { index, count: defaults.length }] as const),
      ),
      gate: controls.find(({ name }) => name === 'gate')?.index,
    };
    this.#definitions.set(def, definition);
    return definition;
  }
}

function isPaused(node: Node): boolean {
  for (let each: Node | undefined = node; each; each = each.parent) if (each.paused) return true;
  return false;
}

/** Puts a control's value where it belongs, NaN for what follows a bus; gives its first slot. */
function put(values: Float64Array, { slots }: Definition, key: unknown, value: unknown): number | undefined {
  const slot = typeof key === 'number' ? { index: key, count: values.length } : slots.get(key as string);
  if (!slot) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (let offset = 0; offset < list.length && offset < slot.count; offset++) {
    const each = list[offset];
    values[slot.index + offset] = typeof each === 'number' ? each : Number.NaN;
  }
  return slot.index;
}

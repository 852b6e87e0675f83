/**
 * What a server does with node commands, as a model: a tree that is changed by the messages of the wire, and
 * complains where scsynth would answer `/fail`.
 */

import type { Argument, Message } from '../../src/osc/message.js';
import type { SynthDef } from '../../src/synthdef/index.js';

export interface ModelSynth {
  readonly id: number;
  readonly def: SynthDef;
  readonly controls: Map<string, number | string>;
  parent: ModelGroup;
  isRunning: boolean;
  isReleasing: boolean;
}

export interface ModelGroup {
  readonly id: number;
  readonly children: ModelNode[];
  parent: ModelGroup | undefined;
  isRunning: boolean;
}

export type ModelNode = ModelSynth | ModelGroup;

export class WireModel {
  readonly root: ModelGroup = { id: 0, children: [], parent: undefined, isRunning: true };
  readonly nodes = new Map<number, ModelNode>([[0, this.root]]);
  /** Nodes that ended by themselves: a command for one that the client thinks is there is no fault of its own. */
  readonly ended = new Set<number>();
  readonly problems: string[] = [];
  #tell: (message: Message) => void = () => {};

  constructor(readonly defs: Readonly<Record<string, SynthDef>>) {}

  /** @param tell - Takes `/n_go`, `/n_end` and `/fail` to the client. */
  connect(tell: (message: Message) => void): void {
    this.#tell = tell;
  }

  carryOut(messages: readonly Message[]): void {
    for (const message of messages) this.#one(message);
  }

  /** The synth ends by itself; `isTold` is false where the notification is lost. */
  end(id: number, isTold: boolean): void {
    const node = this.nodes.get(id);
    if (!node) return;
    this.ended.add(id);
    this.#remove(node, isTold);
  }

  /** All releases come to their ends. */
  finishReleases(): void {
    for (const node of [...this.nodes.values()]) {
      if ('def' in node && node.isReleasing) this.#remove(node, true);
    }
  }

  #one(message: Message): void {
    const [address, ...args] = message;
    switch (address) {
      case '/g_new':
      case '/p_new':
        for (let at = 0; at < args.length; at += 3) {
          const id = args[at] as number;
          const group: ModelGroup = { id, children: [], parent: undefined, isRunning: true };
          if (!this.#place(group, args[at + 1], args[at + 2], message)) return;
        }
        return;
      case '/s_new':
        this.#newSynth(message);
        return;
      case '/n_free':
        this.#with(args[0], message, (node) => this.#remove(node, true));
        return;
      case '/n_run':
        for (let at = 0; at < args.length; at += 2)
          this.#with(args[at], message, (node) => {
            node.isRunning = args[at + 1] === 1;
          });
        return;
      case '/n_order':
        this.#order(message);
        return;
      case '/n_set':
      case '/n_setn':
      case '/n_map':
      case '/n_mapa':
      case '/n_mapn':
      case '/n_mapan':
        this.#with(args[0], message, (node) => this.#set(node, message));
        return;
      case '/c_setn':
        return;
      default:
        this.problems.push(`unknown: ${address}`);
    }
  }

  #newSynth(message: Message): void {
    const [, name, id, action, target, ...pairs] = message;
    const def = this.defs[name as string];
    if (!def) {
      this.#fail(message, 'SynthDef not found');
      return;
    }
    const controls = new Map<string, number | string>();
    for (const control of def.description.controls)
      control.defaults.forEach((value, slot) => {
        controls.set(keyOf(control.name, control.index, slot), value);
      });
    const synth: ModelSynth = {
      id: id as number,
      def,
      controls,
      parent: this.root,
      isRunning: true,
      isReleasing: false,
    };
    if (this.#place(synth, action, target, message)) this.#pairs(synth, pairs, message);
  }

  #place(
    node: ModelNode,
    action: Argument | undefined,
    target: Argument | undefined,
    message: Message,
  ): boolean {
    if (this.nodes.has(node.id)) {
      this.problems.push(`duplicate node ID ${node.id}: ${JSON.stringify(message)}`);
      return false;
    }
    const to = this.nodes.get(target as number);
    if (!to) {
      this.#fail(
        message,
        `${action === 0 || action === 1 ? 'Group' : 'Node'} ${target} not found`,
        target as number,
      );
      return false;
    }
    this.nodes.set(node.id, node);
    if (action === 0 || action === 1) {
      if ('def' in to) this.problems.push(`not a group: ${JSON.stringify(message)}`);
      else insert(node, to, action === 0 ? 0 : to.children.length);
    } else {
      const { parent } = to;
      insert(node, parent!, parent!.children.indexOf(to) + (action === 3 ? 1 : 0));
      // scsynth says nothing of what is replaced.
      if (action === 4) this.#remove(to, false);
    }
    this.#tell(['/n_go', node.id, node.parent!.id, -1, -1, 0]);
    return true;
  }

  #order(message: Message): void {
    const [, action, target, ...ids] = message;
    const to = this.nodes.get(target as number);
    if (!to) {
      this.#fail(message, `Node ${target} not found`, target as number);
      return;
    }
    let previous: ModelNode | undefined;
    for (const id of ids) {
      const node = this.nodes.get(id as number);
      if (!node) {
        if (!this.ended.has(id as number)) this.problems.push(`orders ${id}, which is not there`);
        continue;
      }
      const group = action === 0 || action === 1 ? (to as ModelGroup) : to.parent!;
      take(node);
      if (previous) insert(node, group, group.children.indexOf(previous) + 1);
      else if (action === 0) insert(node, group, 0);
      else if (action === 1) insert(node, group, group.children.length);
      else insert(node, group, group.children.indexOf(to) + (action === 3 ? 1 : 0));
      previous = node;
    }
  }

  #set(node: ModelNode, message: Message): void {
    if (!('def' in node)) {
      for (const child of node.children) this.#set(child, message);
      return;
    }
    const [address, , ...rest] = message;
    if (address === '/n_set') {
      this.#pairs(node, rest, message);
      return;
    }
    for (let at = 0; at < rest.length; ) {
      const control = rest[at] as string;
      if (address === '/n_setn') {
        const count = rest[at + 1] as number;
        for (let slot = 0; slot < count; slot++)
          this.#slot(node, control, slot, rest[at + 2 + slot] as number, message);
        at += 2 + count;
      } else {
        const letter = address === '/n_map' || address === '/n_mapn' ? 'c' : 'a';
        const isMany = address === '/n_mapn' || address === '/n_mapan';
        const count = isMany ? (rest[at + 2] as number) : 1;
        for (let slot = 0; slot < count; slot++)
          this.#slot(node, control, slot, `${letter}${(rest[at + 1] as number) + slot}`, message);
        at += isMany ? 3 : 2;
      }
    }
  }

  #pairs(synth: ModelSynth, pairs: readonly Argument[], message: Message): void {
    for (let at = 0; at < pairs.length; at += 2) {
      const value = pairs[at + 1];
      const values = Array.isArray(value) ? value : [value];
      values.forEach((part, slot) => {
        this.#slot(synth, pairs[at] as string, slot, part, message);
      });
    }
  }

  #slot(synth: ModelSynth, control: string, slot: number, value: number | string, message: Message): void {
    const description = synth.def.description.controls.find(({ name }) => name === control);
    // A group's message reaches synths that have no such control: they ignore it.
    if (!description) {
      if (message[1] === synth.id) this.problems.push(`no control "${control}": ${JSON.stringify(message)}`);
      return;
    }
    if (slot >= description.defaults.length)
      this.problems.push(`too many values: ${JSON.stringify(message)}`);
    synth.controls.set(keyOf(control, description.index, slot), value);
    if (control === 'gate' && value === 0) synth.isReleasing = true;
  }

  #remove(node: ModelNode, isTold: boolean): void {
    if (!('def' in node)) for (const child of [...node.children]) this.#remove(child, isTold);
    take(node);
    this.nodes.delete(node.id);
    if (isTold) this.#tell(['/n_end', node.id, -1, -1, -1, 0]);
  }

  #with(id: Argument | undefined, message: Message, act: (node: ModelNode) => void): void {
    const node = this.nodes.get(id as number);
    if (node) act(node);
    else this.#fail(message, `Node ${id} not found`, id as number);
  }

  #fail(message: Message, reason: string, id?: number): void {
    if (id === undefined || !this.ended.has(id)) this.problems.push(`${reason}: ${JSON.stringify(message)}`);
    else this.#tell(['/fail', message[0], reason]);
  }
}

/** The key of a control's slot, as `/g_queryTree.reply` has it. */
const keyOf = (name: string, index: number, slot: number): string =>
  slot === 0 ? name : String(index + slot);

function insert(node: ModelNode, group: ModelGroup, index: number): void {
  group.children.splice(index, 0, node);
  node.parent = group;
}

function take(node: ModelNode): void {
  const siblings = node.parent!.children;
  siblings.splice(siblings.indexOf(node), 1);
}

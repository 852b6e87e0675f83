/** Scenes without React: trees written as data, and what each change of them sends. */

import { toOsc } from '../../src/commands/index.js';
import type { Message } from '../../src/osc/message.js';
import { ControlTable } from '../../src/scene/controlTable.js';
import type { DiffOptions } from '../../src/scene/diff.js';
import { Placement } from '../../src/scene/placement.js';
import { groupProps, synthProps } from '../../src/scene/props.js';
import { RootNode, SceneNode } from '../../src/scene/sceneNode.js';
import { type SceneContext, snapshotRoot } from '../../src/scene/snapshot.js';
import type { SynthDef } from '../../src/synthdef/index.js';
import type { NodeId } from '../../src/units.js';

class NamedNode extends SceneNode {
  constructor(readonly named: string) {
    super('Wrong', undefined);
  }

  override path(): string {
    return `/${this.named}`;
  }

  override components(): readonly string[] {
    return [];
  }

  override componentStack(): string {
    return '';
  }

  override ownerStack(): undefined {}
}

export interface DefOptions {
  readonly controls?: Readonly<Record<string, number | readonly number[]>>;
  readonly freesItself?: boolean;
}

/** A definition's description, as it would be read from a file; `gate` among the controls makes it releasable. */
export function definition(
  name: string,
  { controls = { freq: 440, amp: 0.1 }, freesItself = false }: DefOptions = {},
): SynthDef {
  let index = 0;
  const descriptions = Object.entries(controls).map(([control, value]) => {
    const defaults = typeof value === 'number' ? [value] : value;
    index += defaults.length;
    return { name: control, index: index - defaults.length, defaults, rate: 'control' as const };
  });
  return {
    name,
    bytes: new TextEncoder().encode(name),
    description: {
      name,
      controls: descriptions,
      hasGate: 'gate' in controls,
      freesItself,
      lengths: [],
      unitGenerators: [],
      inputs: [],
      outputs: [],
      buffers: [],
    },
  };
}

export type Tree =
  | {
      readonly group: string;
      readonly children: readonly Tree[];
      readonly props?: Readonly<Record<string, unknown>>;
    }
  | { readonly synth: string; readonly props?: Readonly<Record<string, unknown>> };

/** A scene that is edited by giving it the next tree; elements of the same name are kept. */
export class TestScene {
  readonly root = new RootNode(() => {});
  readonly placement: Placement;
  readonly context: SceneContext;
  #nodes = new Map<string, SceneNode>();
  #nextId = 1000;
  /** Everything is old enough to be released. */
  moment = { time: 0, unconfirmedAfter: 0 };

  constructor(
    readonly defs: Readonly<Record<string, SynthDef>>,
    options: Partial<DiffOptions> = {},
  ) {
    this.root.id = 1 as NodeId;
    this.placement = new Placement({
      allocate: () => this.#nextId++ as NodeId,
      orderPreservesList: true,
      ...options,
    });
    this.context = {
      findDef: (def) => (typeof def === 'string' ? this.defs[def] : def),
      defNames: () => Object.keys(this.defs),
      controlsOf: (def) => new ControlTable(def),
      isLoaded: () => true,
      loadFailure: () => undefined,
      onMissing: () => {},
      onError: (_element, error) => {
        throw error;
      },
    };
  }

  /** Makes the scene the given tree; returns the messages. */
  show(...trees: readonly Tree[]): Message[] {
    const before = this.#nodes;
    this.#nodes = new Map();
    this.#fill(this.root, trees, before);
    return this.flush();
  }

  flush(): Message[] {
    return this.placement.update(snapshotRoot(this.root, this.context), this.moment).map(toOsc);
  }

  id(name: string): NodeId {
    return this.node(name).id!;
  }

  node(name: string): SceneNode {
    return this.#nodes.get(name)!;
  }

  /** The server's `/n_end`; returns what it makes due. */
  end(id: number): Message[] {
    return this.placement.ended(id as NodeId).commands.map(toOsc);
  }

  #fill(parent: SceneNode, trees: readonly Tree[], before: Map<string, SceneNode>): void {
    const wanted = trees.map((tree) => this.#element(tree, before));
    for (let child = parent.firstChild; child; ) {
      const { next } = child;
      if (!wanted.includes(child)) parent.remove(child);
      child = next;
    }
    for (const child of wanted) parent.append(child);
    for (const [index, tree] of trees.entries()) {
      if ('group' in tree) this.#fill(wanted[index]!, tree.children, before);
    }
  }

  #element(tree: Tree, before: Map<string, SceneNode>): SceneNode {
    const name = 'group' in tree ? tree.group : tree.synth;
    const path = () => `/${name}`;
    const content =
      'group' in tree
        ? ({ type: 'Group', props: groupProps({ ...tree.props }, path) } as const)
        : ({ type: 'Synth', props: synthProps({ def: 'sine', ...tree.props }, path) } as const);
    const node = before.get(name) ?? new NamedNode(name);
    node.become(content);
    this.#nodes.set(name, node);
    return node;
  }
}

export const group = (name: string, ...children: readonly Tree[]): Tree => ({ group: name, children });
export const synth = (name: string, props: Readonly<Record<string, unknown>> = {}): Tree => ({
  synth: name,
  props,
});
export const synths = (names: string, props: Readonly<Record<string, unknown>> = {}): Tree[] =>
  [...names].map((name) => synth(name, props));

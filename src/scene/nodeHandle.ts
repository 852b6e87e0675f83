/**
 * The ref of a `<Group>` or `<Synth>`: the way past React for values that change fast.
 */

import { checkControlsGiven } from '../controlsGiven.js';
import { SuperColliderError } from '../errors.js';
import type { NodeId } from '../units.js';
import { type ControlValue, checkControl } from './props.js';
import { padToSlots, resolve, unknownControl } from './resolve.js';
import { Overrides, type SceneNode } from './sceneNode.js';
import { checkUses } from './uses.js';
import type { WireValue } from './wireValue.js';

/** The ref of a `<Group>` or `<Synth>`, which sets controls past React. */
export class NodeHandle<Controls = Readonly<Record<string, ControlValue>>> {
  readonly #element: SceneNode;

  /** @internal */
  constructor(element: SceneNode) {
    this.#element = element;
  }

  /** The element that a handle is of. @internal */
  static elementOf(handle: NodeHandle<never>): SceneNode {
    return handle.#element;
  }

  /** The node's id; `undefined` before its commit, after its end, and while the server is away. */
  get id(): NodeId | undefined {
    return this.#element.isAlive ? this.#element.id : undefined;
  }

  /** The element's path in the scene, such as `/drums/Synth[2]`. */
  get path(): string {
    return this.#element.path();
  }

  /**
   * Sets controls at once, without a render: for gestures, sensors and animation. Calls within one
   * microtask leave together. Sends `/n_set`, and `/n_setn`, `/n_map…` where the values ask for it.
   *
   * The value holds until the prop of that name changes. On a `<Group>` it reaches every synth below.
   * Setting a node that has ended does nothing.
   *
   * @throws SuperColliderError `unknown-control`, `invalid-control` or `invalid-argument`, before anything is sent.
   */
  set(controls: Controls): void {
    const element = this.#element;
    checkControlsGiven(() => `<${element.type}> at ${element.path()}`, controls);
    const values = controls as Readonly<Record<string, ControlValue>>;
    // Everything is checked before anything is sent.
    const wires: WireValue[] = [];
    for (const name in values) wires.push(this.#wire(name, values[name]));
    const send = element.isAlive ? element.root?.sendControl : undefined;
    let index = 0;
    for (const name in values) {
      const value = wires[index++]!;
      if (element.type === 'Synth') {
        element.overrides ??= new Overrides();
        element.overrides.set(name, value);
      }
      send?.(element, name, value);
    }
  }

  #wire(name: string, value: unknown): WireValue {
    const element = this.#element;
    const { sentSnapshot } = element;
    if (typeof value === 'number' && value - value === 0 && sentSnapshot?.kind === 'synth') {
      const slot = sentSnapshot.table.slotOfProp.get(name);
      if (slot !== undefined && sentSnapshot.table.controls[slot]!.defaults.length === 1) return value;
    }
    const path = () => element.path();
    const checked = checkControl(name, value, path);
    const wire = resolve(checked, name, element, { uses: [] });
    if (wire === undefined) {
      throw new SuperColliderError(
        'invalid-control',
        `<Synth> at ${path()}: control "${name}" was set to a buffer that is not loaded yet. Wait until it is (handle.loaded).`,
        { path: path() },
      );
    }
    if (element.sentSnapshot?.kind !== 'synth') return wire;
    const { table } = element.sentSnapshot;
    const slot = table.slotOf(name);
    if (slot === undefined) throw unknownControl(element, table, name);
    checkUses(checked, name, table, element);
    return padToSlots(wire, table.controls[slot]!, element);
  }
}

/** The ref of a `<Synth>`. */
export type SynthHandle<Controls = Readonly<Record<string, ControlValue>>> = NodeHandle<Controls>;

/** The ref of a `<Group>`. */
export type GroupHandle = NodeHandle;

/**
 * What a ref to a `<Group>` or `<Synth>` holds: the way past React for values that change fast.
 */

import { SuperColliderError } from '../errors.js';
import type { NodeId } from '../units.js';
import { type ControlValue, checkControl } from './props.js';
import type { SceneNode } from './sceneNode.js';
import { controlOf, fitting, resolve } from './snapshot.js';
import type { WireValue } from './wireValue.js';

/** Takes a node's new control to the server, together with all others of the same moment. */
export type ControlSender = (element: SceneNode, control: string, value: WireValue) => void;

export class NodeHandle<Controls = Readonly<Record<string, ControlValue>>> {
  readonly #element: SceneNode;
  readonly #send: ControlSender;

  constructor(element: SceneNode, send: ControlSender) {
    this.#element = element;
    this.#send = send;
  }

  /** The node's id; `undefined` before its commit, after its end, and while the server is away. */
  get id(): NodeId | undefined {
    return this.#element.alive ? this.#element.id : undefined;
  }

  /** Where it stands in the scene, such as `/drums/Synth[2]`. */
  get path(): string {
    return this.#element.origin.path();
  }

  /**
   * Sets controls at once, without a render: for gestures, sensors and animation. Calls within one
   * microtask leave together. Sends `/n_set`, and `/n_setn`, `/n_map…` where the values ask for it.
   *
   * The value holds until the prop of that name changes. On a `<Group>` it reaches every synth below.
   * Setting a node that has ended does nothing.
   *
   * @throws SuperColliderError `unknown-control` or `bad-control`, before anything is sent.
   */
  set(controls: Controls): void {
    const element = this.#element;
    const entries = Object.entries(controls as Record<string, ControlValue>);
    const values = entries.map(([name, value]): [string, WireValue] => [name, this.#wire(name, value)]);
    for (const [name, value] of values) {
      if (element.type === 'Synth') {
        element.overrides ??= new Map();
        element.overrides.set(name, value);
      }
      if (element.alive) this.#send(element, name, value);
    }
  }

  #wire(name: string, value: unknown): WireValue {
    const element = this.#element;
    const path = () => element.origin.path();
    const checked = checkControl(name, value, path);
    const wire = resolve(checked, name, element, []);
    if (wire === undefined) {
      throw new SuperColliderError(
        'bad-control',
        `<Synth> at ${path()}: control "${name}" was set to a buffer that is not loaded yet. Wait until it is (handle.loaded).`,
        { path: path() },
      );
    }
    if (element.placed?.kind !== 'synth') return wire;
    return fitting(wire, controlOf(element.placed.def, name, element), element);
  }
}

/** What a ref to a `<Synth>` holds. */
export type SynthHandle<Controls = Readonly<Record<string, ControlValue>>> = NodeHandle<Controls>;

/** What a ref to a `<Group>` holds. */
export type GroupHandle = NodeHandle;

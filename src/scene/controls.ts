/**
 * A synth's controls as commands: those it starts with, and those that changed.
 */

import type { Command } from '../commands/command.js';
import type { Argument } from '../osc/message.js';
import type { ControlDescription } from '../synthdef/index.js';
import type { NodeId } from '../units.js';
import type { SynthSnapshot } from './snapshot.js';
import { sameWireValue, type WireValue } from './wireValue.js';

/** The synthdef's own value of a control, in the form of a wire value. */
export const defaultOf = (control: ControlDescription): WireValue =>
  control.defaults.length === 1 ? control.defaults[0]! : control.defaults;

/**
 * Controls and values for `/s_new`: what the props and handles give, less what equals the synthdef's
 * default, in the order of the definition.
 */
export function initialControls(synth: SynthSnapshot): readonly Argument[] {
  const { overrides } = synth.element;
  if (synth.controls.size === 0 && !overrides?.size) return [];
  const pairs: Argument[] = [];
  for (const control of synth.def.description.controls) {
    const value = overrides?.get(control.name) ?? synth.controls.get(control.name);
    if (value !== undefined && !sameAsDefault(value, control)) pairs.push(control.name, value);
  }
  return pairs;
}

/** Defaults are float32 in a definition: 0.1 written in JSX equals the 0.1 that was compiled. */
function sameAsDefault(value: WireValue, control: ControlDescription): boolean {
  if (typeof value === 'number') return Math.fround(value) === Math.fround(control.defaults[0]!);
  if (typeof value === 'string') return false;
  return value.every(
    (part, slot) => typeof part === 'number' && Math.fround(part) === Math.fround(control.defaults[slot]!),
  );
}

/** The commands that take a node's controls from one snapshot to the next: at most one of each kind. */
export function changedControls(id: NodeId, previous: SynthSnapshot, next: SynthSnapshot): Command[] {
  if (previous.controls === next.controls) return [];
  const { overrides } = next.element;
  const changes = new ControlChanges();
  for (const control of next.def.description.controls) {
    const before = previous.controls.get(control.name);
    const now = next.controls.get(control.name);
    if (before === now || sameWireValue(before, now)) continue;
    overrides?.delete(control.name);
    changes.add(control.name, now ?? defaultOf(control));
  }
  return changes.commands(id);
}

/** Collects new values of controls and gives the fewest messages for one node. */
export class ControlChanges {
  readonly #set: Argument[] = [];
  readonly #setn: [string, readonly number[]][] = [];
  readonly #maps = { c: [] as [string, number][], a: [] as [string, number][] };
  readonly #mapns = { c: [] as [string, number, number][], a: [] as [string, number, number][] };

  add(name: string, value: WireValue): void {
    if (typeof value === 'number') {
      // Setting a control also takes it off the bus that it was mapped to.
      this.#set.push(name, value);
    } else if (typeof value === 'string') {
      this.#maps[rateOf(value)].push([name, busOf(value)]);
    } else if (value.every((part) => typeof part === 'number')) {
      this.#setn.push([name, value]);
    } else {
      const first = value[0]!;
      if (
        typeof first === 'string' &&
        value.every((part, slot) => part === `${rateOf(first)}${busOf(first) + slot}`)
      ) {
        this.#mapns[rateOf(first)].push([name, busOf(first), value.length]);
      } else {
        this.#set.push(name, value);
      }
    }
  }

  commands(id: NodeId): Command[] {
    const commands: Command[] = [];
    if (this.#set.length > 0) commands.push({ type: '/n_set', id, controls: this.#set });
    if (this.#setn.length > 0) commands.push({ type: '/n_setn', id, controls: this.#setn });
    if (this.#maps.c.length > 0) commands.push({ type: '/n_map', id, controls: this.#maps.c });
    if (this.#maps.a.length > 0) commands.push({ type: '/n_mapa', id, controls: this.#maps.a });
    if (this.#mapns.c.length > 0) commands.push({ type: '/n_mapn', id, controls: this.#mapns.c });
    if (this.#mapns.a.length > 0) commands.push({ type: '/n_mapan', id, controls: this.#mapns.a });
    return commands;
  }
}

const rateOf = (map: string): 'a' | 'c' => (map.startsWith('a') ? 'a' : 'c');
const busOf = (map: string): number => Number(map.slice(1));

/**
 * A synth's controls as commands: those it starts with, and those that changed.
 */

import type { AddAction, Command } from '../commands/command.js';
import { NewPlainSynth, SetPlainControls } from '../commands/plainControls.js';
import type { Argument } from '../osc/message.js';
import type { NodeId } from '../units.js';
import type { SynthSnapshot } from './nodeSnapshot.js';
import { PlainSnapshot } from './plainSnapshot.js';
import { sameWireValue, type WireValue } from './wireValue.js';

/**
 * The command that makes a synth, with what the props and handles give, less what equals the synthdef's default, in
 * the order of the definition.
 */
export function newSynth(snapshot: SynthSnapshot, id: NodeId, action: AddAction, target: NodeId): Command {
  const { element, table, values } = snapshot;
  const { overrides } = element;
  if (snapshot instanceof PlainSnapshot) {
    snapshot.unsent = 0;
    if (!overrides) {
      const chosen = differing(table.defaults, values, snapshot.given);
      return new NewPlainSynth(table.layout!, snapshot.lend(), chosen, id, action, target);
    }
  }
  const controls: Argument[] = [];
  for (let slot = 0; slot < values.length; slot++) {
    const { name } = table.controls[slot]!;
    const value = overrides?.kept.get(name) ?? values[slot]!;
    if (!sameWireValue(value, table.defaults[slot]!)) controls.push(name, value);
  }
  return { type: '/s_new', def: table.serverName, id, action, target, controls };
}

/** Adds the commands that take a node's controls from one snapshot to the next: at most one of each kind. */
export function changeControls(
  id: NodeId,
  previous: SynthSnapshot,
  next: SynthSnapshot,
  commands: Command[],
): void {
  const { values, table, element } = next;
  const unsent = previous instanceof PlainSnapshot ? previous.unsent : 0;
  if (next instanceof PlainSnapshot) next.unsent = 0;
  if (previous instanceof PlainSnapshot && next instanceof PlainSnapshot && !element.overrides) {
    const chosen = differing(previous.values, values, -1) | unsent;
    // Setting a control also takes it off the bus that it was mapped to.
    if (chosen !== 0) commands.push(SetPlainControls.of(table.layout!, values, chosen, id));
    return;
  }
  const pairs: Argument[] = [];
  // What is no single number is rare, and has commands of its own.
  let changes: ControlChanges | undefined;
  for (let slot = 0; slot < values.length; slot++) {
    const before = previous.values[slot]!;
    const now = values[slot]!;
    if (!(unsent & (1 << slot)) && (before === now || sameWireValue(before, now))) continue;
    const { name } = table.controls[slot]!;
    element.overrides?.kept.delete(name);
    if (typeof now === 'number') pairs.push(name, now);
    else {
      changes ??= new ControlChanges();
      changes.add(name, now);
    }
  }
  if (pairs.length > 0) commands.push({ type: '/n_set', id, controls: pairs });
  if (changes) commands.push(...changes.commands(id));
}

/** The slots, among some, whose values are not the same to the server, as bits; arrays count as the same. */
function differing(before: readonly WireValue[], now: readonly WireValue[], among: number): number {
  let chosen = 0;
  for (let slot = 0; slot < now.length; slot++) {
    const a = before[slot];
    const b = now[slot];
    if (a === b || !(among & (1 << slot))) continue;
    if (Math.fround(a as number) !== Math.fround(b as number)) chosen |= 1 << slot;
  }
  return chosen;
}

/** Adds the commands that set controls of a node, names and values in turn. */
export function setControls(id: NodeId, pairs: readonly WireValue[], commands: Command[]): void {
  let single: readonly WireValue[] = pairs;
  let changes: ControlChanges | undefined;
  for (let at = 0; at < pairs.length; at += 2) {
    const value = pairs[at + 1]!;
    if (typeof value === 'number') continue;
    changes ??= new ControlChanges();
    changes.add(pairs[at] as string, value);
  }
  if (changes) {
    single = pairs.filter((_, at) => typeof pairs[at | 1] === 'number');
    commands.push(...changes.commands(id));
  }
  if (single.length > 0) commands.push({ type: '/n_set', id, controls: single });
}

/** Collects new values that are no single numbers, and gives the fewest messages for one node. */
class ControlChanges {
  readonly #set: Argument[] = [];
  #setn: [string, readonly number[]][] | undefined;
  /** By command: single maps, and maps of several channels. */
  #maps: Record<'c' | 'a', [string, number][]> | undefined;
  #mapns: Record<'c' | 'a', [string, number, number][]> | undefined;

  add(name: string, value: Exclude<WireValue, number>): void {
    if (typeof value === 'string') {
      this.#maps ??= { c: [], a: [] };
      this.#maps[rateOf(value)].push([name, busOf(value)]);
    } else if (value.every((part) => typeof part === 'number')) {
      this.#setn ??= [];
      this.#setn.push([name, value]);
    } else if (areInARow(value)) {
      this.#mapns ??= { c: [], a: [] };
      this.#mapns[rateOf(value[0]!)].push([name, busOf(value[0]!), value.length]);
    } else {
      this.#set.push(name, value);
    }
  }

  commands(id: NodeId): Command[] {
    const commands: Command[] = [];
    if (this.#set.length > 0) commands.push({ type: '/n_set', id, controls: this.#set });
    if (this.#setn) commands.push({ type: '/n_setn', id, controls: this.#setn });
    if (this.#maps?.c.length) commands.push({ type: '/n_map', id, controls: this.#maps.c });
    if (this.#maps?.a.length) commands.push({ type: '/n_mapa', id, controls: this.#maps.a });
    if (this.#mapns?.c.length) commands.push({ type: '/n_mapn', id, controls: this.#mapns.c });
    if (this.#mapns?.a.length) commands.push({ type: '/n_mapan', id, controls: this.#mapns.a });
    return commands;
  }
}

/** True for maps to buses that follow each other. */
function areInARow(value: readonly (number | string)[]): value is readonly string[] {
  const [first] = value;
  return (
    typeof first === 'string' &&
    value.every((part, slot) => part === `${rateOf(first)}${busOf(first) + slot}`)
  );
}

const rateOf = (map: string): 'a' | 'c' => (map.startsWith('a') ? 'a' : 'c');
const busOf = (map: string): number => Number(map.slice(1));

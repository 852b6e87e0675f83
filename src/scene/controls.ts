/**
 * A synth's controls as commands: those it starts with, and those that changed.
 */

import type { AddAction, Command } from '../commands/command.js';
import { NewSynth, SetControls } from '../commands/slotControls.js';
import type { SlotSet } from '../commands/slotSet.js';
import type { Argument } from '../osc/message.js';
import type { NodeId } from '../units.js';
import type { Overrides } from './sceneNode.js';
import type { SynthSnapshot } from './synthSnapshot.js';
import { sameWireValue, type WireValue } from './wireValue.js';

/**
 * The command that makes a synth, with what the props and handles give, less what equals the synthdef's default, in
 * the order of the definition.
 */
export function newSynth(snapshot: SynthSnapshot, id: NodeId, action: AddAction, target: NodeId): Command {
  const { element, table } = snapshot;
  snapshot.takeUnsent();
  element.beforeNew?.(snapshot);
  const values = element.overrides ? withOverrides(snapshot, element.overrides) : snapshot.values;
  const slots = differing(table.defaults, values, table.layout.noSlots);
  return new NewSynth(slots, slots.pick(values), areNumbers(values, slots), id, action, target);
}

const withOverrides = ({ table, values }: SynthSnapshot, overrides: Overrides): readonly WireValue[] =>
  values.map((value, slot) => overrides.valueOf(table.controls[slot]!.name) ?? value);

/** Adds the commands that take a node's controls from one snapshot to the next: at most one of each kind. */
export function changeControls(
  id: NodeId,
  previous: SynthSnapshot,
  next: SynthSnapshot,
  commands: Command[],
): void {
  const unsent = previous.takeUnsent();
  next.takeUnsent();
  setSlots(id, next, differing(previous.values, next.values, unsent), commands);
}

/** Adds the command that sets the numbers that a snapshot took in place. */
export function sendUnsent(snapshot: SynthSnapshot, commands: Command[]): void {
  if (snapshot.hasUnsent && snapshot.element.isAlive)
    setSlots(snapshot.element.id!, snapshot, snapshot.takeUnsent(), commands);
}

function setSlots(id: NodeId, { element, values }: SynthSnapshot, slots: SlotSet, commands: Command[]): void {
  if (slots.size === 0) return;
  if (element.overrides) for (const name of slots.names) element.overrides.propChanged(name);
  if (areNumbers(values, slots)) {
    // Setting a control also takes it off the bus that it was mapped to.
    commands.push(new SetControls(slots, slots.pick(values) as number[], id));
    return;
  }
  const { names } = slots;
  setControls(
    id,
    slots.pick(values).flatMap((value, index) => [names[index]!, value]),
    commands,
  );
}

/** Some slots, and those whose values are not the same to the server. */
function differing(before: readonly WireValue[], now: readonly WireValue[], some: SlotSet): SlotSet {
  let slots = some;
  for (let slot = 0; slot < now.length; slot++) {
    const a = before[slot]!;
    const b = now[slot]!;
    if (a !== b && !sameWireValue(a, b)) slots = slots.with(slot);
  }
  return slots;
}

function areNumbers(values: readonly WireValue[], { slots }: SlotSet): boolean {
  for (let index = 0; index < slots.length; index++)
    if (typeof values[slots[index]!] !== 'number') return false;
  return true;
}

/** Adds the commands that set controls of a node, names and values in turn: at most one of each kind. */
export function setControls(id: NodeId, pairs: readonly WireValue[], commands: Command[]): void {
  let single: readonly WireValue[] = pairs;
  let changes: ControlChanges | undefined;
  for (let at = 0; at < pairs.length; at += 2) {
    const value = pairs[at + 1]!;
    if (typeof value === 'number') continue;
    changes ??= new ControlChanges();
    changes.add(pairs[at] as string, value);
  }
  if (changes) single = pairs.filter((_, at) => typeof pairs[at | 1] === 'number');
  if (single.length > 0) commands.push({ type: '/n_set', id, controls: single });
  if (changes) commands.push(...changes.commands(id));
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

/**
 * The way from a synth's props to the slots of its definition.
 *
 * A synth whose controls are all numbers has its snapshot while React renders. Buses and buffers have no numbers before
 * the commit, so any other synth has its snapshot then. Both ways are this one function.
 */

import { isFloat32 } from '../units.js';
import type { ControlTable } from './controlTable.js';
import type { BufferHandle, BusHandle } from './handles.js';
import { OWN_PROP, type Prop, UNKNOWN_CONTROL } from './propShape.js';
import type { ControlValue, Destination, GroupProps, RawProps, SynthProps } from './props.js';
import {
  type ControlPlace,
  type Modulate,
  padToSlots,
  type Resolving,
  resolve,
  unknownControl,
} from './resolve.js';
import type { SceneNode } from './sceneNode.js';
import { SynthSnapshot } from './synthSnapshot.js';
import { checkImpulses, checkUses } from './uses.js';
import type { WireValue } from './wireValue.js';

/** Buses and buffers that were met while the controls of a synth were resolved. */
export interface Resolved {
  /** False when something that the synth plays from is not loaded yet, or could not be had. */
  isReady: boolean;
  readonly uses: (BusHandle | BufferHandle)[];
  /** Gives the bus of a modulator; `undefined` where a control takes none. */
  readonly modulate?: Modulate | undefined;
  readonly follow?: Resolving['follow'];
  rate?: Resolving['rate'];
}

/**
 * Reads props into a snapshot.
 *
 * @param destination - The bus of a group around the synth, for its `out` where the props give none.
 * @param resolved - Takes what comes up while buses, buffers and arrays become values. Without it the props have not
 *   been checked either.
 * @returns `undefined` when there is no `resolved` and the props have to be checked and resolved.
 * @throws SuperColliderError `unknown-control`, or `invalid-control` for a value that does not fit its control.
 */
export function readProps(
  element: SceneNode,
  props: RawProps,
  table: ControlTable,
): SynthSnapshot | undefined;
export function readProps(
  element: SceneNode,
  props: RawProps,
  table: ControlTable,
  resolved: Resolved,
  destination: Destination,
): SynthSnapshot;
export function readProps(
  element: SceneNode,
  props: RawProps,
  table: ControlTable,
  resolved?: Resolved,
  destination?: Destination,
): SynthSnapshot | undefined {
  const values = table.defaults.slice();
  // As a rule the props are the same as those that were read last.
  let shape = table.lastShape;
  let index = 0;
  for (const name in props) {
    const value = props[name];
    if (shape.names[index] !== name) shape = shape.first(index).with(name);
    const slot = shape.scalarSlots[index]!;
    if (slot >= 0 && isFloat32(value)) values[slot] = value;
    else {
      const prop = shape.props[index]!;
      if (resolved) readProp(prop, value, values, element, table, resolved);
      else if (prop.slot !== OWN_PROP || !isPlainOwnProp(prop, value)) return undefined;
    }
    index += 1;
  }
  shape = table.lastShape = shape.first(index);
  const { exit, controls } = props as SynthProps;
  const slot = table.outSlot;
  if (destination !== undefined && slot >= 0 && !('out' in props || (controls && 'out' in controls)))
    readProp({ name: 'out', slot, check: undefined }, destination, values, element, table, resolved!);
  if (resolved && table.hasImpulses)
    checkImpulses((name) => name in props || (controls !== undefined && name in controls), table, element);
  if (shape.isBare) {
    const { isHidden } = element;
    return new SynthSnapshot(element, table, values, isHidden, 'release', resolved?.uses, shape, destination);
  }
  if (resolved && controls) {
    for (const name in controls) {
      const slot = table.slotOf(name) ?? UNKNOWN_CONTROL;
      readProp({ name, slot, check: undefined }, controls[name], values, element, table, resolved);
    }
  }
  const paused = isPaused(element, props as SynthProps);
  return new SynthSnapshot(element, table, values, paused, exit, resolved?.uses, shape, destination);
}

/** The value that an element's props have in a place now. */
export function valueGiven({ element, name, index }: ControlPlace): unknown {
  const props = element.props as SynthProps;
  const { controls } = props;
  const value = controls && name in controls ? controls[name] : props[name];
  return index === undefined ? value : Array.isArray(value) ? value[index] : undefined;
}

/** True for a node that is to be paused: what Suspense and Activity hide is, unless it says otherwise. */
export const isPaused = (element: SceneNode, props: GroupProps | SynthProps): boolean =>
  props.paused === true || (element.isHidden && props.whenHidden !== 'play');

/** True for a right value of one of the element's own props that needs no more than that. */
const isPlainOwnProp = ({ name, check }: Prop, value: unknown): boolean =>
  value === undefined || (name !== 'controls' && name !== 'children' && check!(value) === undefined);

/** A value that is not loaded yet leaves its slot as it is: the snapshot is not used then. */
function readProp(
  { name, slot }: Prop,
  value: unknown,
  values: WireValue[],
  element: SceneNode,
  table: ControlTable,
  resolved: Resolved,
): void {
  if (slot === OWN_PROP) return;
  if (slot === UNKNOWN_CONTROL) throw unknownControl(element, table, name);
  resolved.rate = table.controls[slot]!.rate;
  const wire = resolve(value as ControlValue, name, element, resolved);
  if (wire === undefined) {
    resolved.isReady = false;
    return;
  }
  if (typeof value === 'object') checkUses(value as ControlValue, name, table, element);
  values[slot] = padToSlots(wire, table.controls[slot]!, element);
}

/** True for a right value that the server does not notice. */
const isUnseen = ({ name, check }: Prop, value: unknown): boolean =>
  (name === 'ref' || name === 'onEnd') && check!(value) === undefined;

/** The numbers that differ, until it is known that nothing else does. */
const slots: number[] = [];
const numbers: number[] = [];

/**
 * Takes the next props of a synth where nothing but numbers differs; false when the props have to be checked and read.
 *
 * The snapshot takes the numbers, and the root lists such synths. A commit in which nothing else changed looks at that
 * list only. Any other commit meets them when it compares the trees.
 */
export function updateNumbers(element: SceneNode, props: RawProps): boolean {
  const { snapshot } = element;
  if (snapshot?.kind !== 'synth' || !snapshot.shape || snapshot.shape.hasControls) return false;
  const { values, shape } = snapshot;
  const { names, scalarSlots } = shape;
  const current = element.props as RawProps;
  const isResolved = snapshot.uses.length > 0;
  let index = 0;
  let count = 0;
  for (const name in props) {
    const value = props[name];
    if (names[index] !== name) return false;
    const slot = scalarSlots[index]!;
    index += 1;
    if (slot < 0) {
      if (value !== current[name] && !isUnseen(shape.props[index - 1]!, value)) return false;
      continue;
    }
    // A bus, a buffer or a live value stands as its number among the values.
    if (isResolved || typeof value === 'object' ? value === current[name] : value === values[slot]) continue;
    if (!isFloat32(value) || !isFloat32(current[name])) return false;
    slots[count] = slot;
    numbers[count] = value;
    count += 1;
  }
  // A control that left goes back to its default, which takes a reading of all props.
  if (index !== names.length) return false;
  element.props = props as SynthProps;
  const isSent = element.sentSnapshot === snapshot;
  const { hasUnsent } = snapshot;
  if (count > 0 && snapshot.change(slots, numbers, count, isSent)) {
    // What the server never had is compared with what it has, all of it.
    if (!isSent) element.parent?.touch();
    else if (!hasUnsent) element.root?.addDirtySynth(element);
  }
  return true;
}

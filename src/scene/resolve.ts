/** Values of controls for the server: handles become numbers, and values get the size of their control. */

import { isEnv } from '../envValues.js';
import { nearest, SuperColliderError } from '../errors.js';
import type { ControlDescription } from '../synthdef/index.js';
import type { ControlTable } from './controlTable.js';
import { BufferHandle, BusHandle, BusMap, describeBuffer, describeBus } from './handles.js';
import { LiveSource } from './liveSource.js';
import { Modulator } from './modulator.js';
import type { ControlValue } from './props.js';
import type { SceneNode } from './sceneNode.js';
import type { WireValue } from './wireValue.js';

/** A value's place: the control of an element, and where the value is a part of an array, the part. */
export interface ControlPlace {
  readonly element: SceneNode;
  readonly name: string;
  /** The index in the array of the props; `undefined` for a value that is the whole control. */
  readonly index: number | undefined;
  /** The slot of the control at which the value begins. */
  readonly at: number;
}

/** The place among the controls of its element, such as `freqs[1]`. */
export const placeName = ({ name, index }: ControlPlace): string =>
  index === undefined ? name : `${name}[${index}]`;

/**
 * Gives the map to the bus of a modulator's synth.
 *
 * @returns `undefined` while the server does not have the graph yet.
 * @throws SuperColliderError `out-of-ids` when the server has no bus left.
 */
export type Modulate = (modulator: Modulator, place: ControlPlace) => BusMap | undefined;

/** Buses, buffers and modulators that come up while the controls of a synth become values for the server. */
export interface Resolving {
  /** Takes the buses and buffers. */
  readonly uses: (BusHandle | BufferHandle)[];
  /** Gives the bus of a modulator; `undefined` where a control takes none. */
  readonly modulate?: Modulate | undefined;
  /** The rate of the control that is being resolved. */
  readonly rate?: ControlDescription['rate'] | undefined;
  /** Makes a control follow a live value; `undefined` where the number of now is all. */
  readonly follow?: ((value: LiveSource, place: ControlPlace) => void) | undefined;
}

/** The value for the server; `undefined` while a buffer in it is not loaded, and for what cannot be had. */
export function resolve(
  value: ControlValue,
  name: string,
  element: SceneNode,
  resolving: Resolving,
  index?: number,
  at = 0,
): WireValue | undefined {
  const { uses, modulate, follow } = resolving;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof BusHandle) {
    uses.push(value.whole);
    return value.whole.isRefused ? undefined : indexOf(value, name, element);
  }
  if (value instanceof BufferHandle) {
    uses.push(value);
    if (value.isRefused) return undefined;
    if (value.number === undefined) throw notMounted(describeBuffer(value), name, element);
    return value.isLoaded ? value.number : undefined;
  }
  if (value instanceof BusMap) {
    uses.push(value.bus.whole);
    if (value.bus.whole.isRefused) return undefined;
    const first = indexOf(value.bus, name, element);
    const letter = value.rate === 'audio' ? 'a' : 'c';
    if (value.bus.channels === 1) return `${letter}${first}`;
    return Array.from({ length: value.bus.channels }, (_, channel) => `${letter}${first + channel}`);
  }
  if (value instanceof LiveSource) {
    const place = { element, name, index, at };
    follow?.(value, place);
    const moving = modulate && value.moving(resolving.rate!, element.root!.host!);
    const map = moving && modulate(moving, place);
    return map ? resolve(map, name, element, resolving) : value.get();
  }
  if (value instanceof Modulator) {
    if (!modulate) throw notAsProp(name, element);
    const map = modulate(value, { element, name, index, at });
    return map && resolve(map, name, element, resolving);
  }
  if (isEnv(value)) return value.asArray();
  const parts: (number | string)[] = [];
  for (const [index, part] of value.entries()) {
    const wire = resolve(part, name, element, resolving, index, parts.length);
    if (wire === undefined) return undefined;
    if (typeof wire === 'object') parts.push(...wire);
    else parts.push(wire);
  }
  return parts;
}

/**
 * The value with one entry for each slot of its control, defaults where none was given. An array longer
 * than its control would run over into the next one.
 */
export function padToSlots(wire: WireValue, control: ControlDescription, element: SceneNode): WireValue {
  const room = control.defaults.length;
  if (typeof wire !== 'object') return room === 1 ? wire : [wire, ...control.defaults.slice(1)];
  if (wire.length > room) {
    const path = element.path();
    throw new SuperColliderError(
      'invalid-control',
      `<Synth> at ${path}: control "${control.name}" was given ${wire.length} values and has room for ${room}.`,
      { path },
    );
  }
  return room === 1 ? wire[0]! : [...wire, ...control.defaults.slice(wire.length)];
}

function indexOf(bus: BusHandle, name: string, element: SceneNode): number {
  if (bus.index === undefined) throw notMounted(describeBus(bus), name, element);
  return bus.index;
}

/** scsynth would ignore a name that the definition does not have, without a word. */
export function unknownControl(element: SceneNode, table: ControlTable, name: string): SuperColliderError {
  const names = table.controls.map((control) => control.name).sort();
  const near = nearest(name, names);
  const path = element.path();
  return new SuperColliderError(
    'unknown-control',
    `<Synth> at ${path}: synthdef "${table.def.name}" has no control "${name}"; scsynth would ignore it. ` +
      `${near === undefined ? '' : `Did you mean "${near}"? `}` +
      (names.length === 0 ? 'It has no controls.' : `It has: ${names.join(', ')}.`),
    element.whereabouts(),
  );
}

function notAsProp(name: string, element: SceneNode): SuperColliderError {
  const path = element.path();
  return new SuperColliderError(
    'invalid-control',
    `<${element.type}> at ${path}: control "${name}" was set to a modulator. Pass a modulator as a prop: ${name}={kr(…)}.`,
    element.whereabouts(),
  );
}

function notMounted(what: string, control: string, element: SceneNode): SuperColliderError {
  const path = element.path();
  return new SuperColliderError(
    'invalid-control',
    `<Synth> at ${path}: control "${control}" uses a bus or buffer that is not mounted here. ${what} ` +
      'has no number. The component that called useBus() or useBuffer() must be mounted in the same root.',
    element.whereabouts(),
  );
}

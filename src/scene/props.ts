/**
 * What may be written on `<Group>` and `<Synth>`, and the checks that need nothing but the element.
 *
 * Whatever is no prop of our own on a `<Synth>` is a control. Whether the synthdef has that control is
 * checked when the synthdef is known (`snapshot.ts`).
 */

import { SuperColliderError } from '../errors.js';
import type { SynthDef } from '../synthdef/index.js';
import { BufferHandle, BusHandle, BusMap } from './handles.js';

/**
 * A control's value: a number (booleans are 1 and 0), one number a channel, a bus or buffer (its
 * number), or a bus to follow (`bus.kr()`, `bus.ar()`).
 */
export type ControlValue =
  | number
  | boolean
  | BusHandle
  | BufferHandle
  | BusMap
  | readonly (number | boolean | BusHandle | BufferHandle | BusMap)[];

export type EndReason =
  /** The server freed the synth by itself: a done action, another client, or `/g_freeAll`. */
  'ended';

export interface GroupProps {
  readonly name: string | undefined;
  readonly paused: boolean;
  readonly parallel: boolean;
}

export interface SynthProps {
  readonly def: string | SynthDef;
  readonly name: string | undefined;
  readonly paused: boolean;
  readonly exit: 'release' | 'free';
  readonly controls: ReadonlyMap<string, ControlValue>;
  readonly onEnd: ((reason: EndReason) => void) | undefined;
}

/** Props that are no controls. */
const synthOwnProps = new Set([
  'def',
  'name',
  'paused',
  'exit',
  'controls',
  'onEnd',
  'key',
  'ref',
  'children',
]);
const groupOwnProps = new Set(['name', 'paused', 'parallel', 'key', 'ref', 'children']);

type RawProps = Readonly<Record<string, unknown>>;

/** @throws SuperColliderError `bad-argument` for a prop that a group does not have, or of a wrong type. */
export function groupProps(props: RawProps, path: () => string): GroupProps {
  for (const name in props) {
    if (!groupOwnProps.has(name)) {
      throw new SuperColliderError(
        'bad-argument',
        `<Group> at ${path()}: a group has no prop "${name}". It has: name, paused, parallel, children. ` +
          'Controls belong on the synths in it.',
        { path: path() },
      );
    }
  }
  return {
    name: optional('Group', props, 'name', 'string', path),
    paused: optional('Group', props, 'paused', 'boolean', path) ?? false,
    parallel: optional('Group', props, 'parallel', 'boolean', path) ?? false,
  };
}

/**
 * @throws SuperColliderError `bad-argument` for a wrong prop of our own, `bad-control` for a control
 *   that is not a number, array, bus or buffer: NaN, undefined, a string, an object.
 */
export function synthProps(props: RawProps, path: () => string): SynthProps {
  const { def, exit } = props;
  if (!isDef(def)) {
    throw new SuperColliderError(
      'bad-argument',
      `<Synth> at ${path()}: def is ${show(def)}. It is the name of a synthdef or what synthDef() returned.`,
      { path: path() },
    );
  }
  if (exit !== undefined && exit !== 'release' && exit !== 'free') {
    throw new SuperColliderError(
      'bad-argument',
      `<Synth> at ${path()}: exit is ${show(exit)}. It is "release" (gate 0, where the synthdef has a gate) or "free".`,
      { path: path() },
    );
  }
  if (props.children !== undefined && props.children !== null && props.children !== false) {
    throw new SuperColliderError(
      'bad-nesting',
      `<Synth> at ${path()} has children. Only a <Group> holds other nodes; put them beside it.`,
      { path: path() },
    );
  }
  return {
    def,
    name: optional('Synth', props, 'name', 'string', path),
    paused: optional('Synth', props, 'paused', 'boolean', path) ?? false,
    exit: exit ?? 'release',
    controls: controlsOf(props, path),
    onEnd: optional('Synth', props, 'onEnd', 'function', path) as SynthProps['onEnd'],
  };
}

function controlsOf(props: RawProps, path: () => string): ReadonlyMap<string, ControlValue> {
  const controls = new Map<string, ControlValue>();
  for (const name in props) {
    if (!synthOwnProps.has(name)) controls.set(name, checkControl(name, props[name], path));
  }
  const more = props.controls;
  if (more === undefined) return controls;
  if (typeof more !== 'object' || more === null) {
    throw new SuperColliderError(
      'bad-argument',
      `<Synth> at ${path()}: controls is ${show(more)}, not an object of controls.`,
      { path: path() },
    );
  }
  for (const [name, value] of Object.entries(more)) controls.set(name, checkControl(name, value, path));
  return controls;
}

/** The value, when it is one that a control can have. */
export function checkControl(name: string, value: unknown, path: () => string): ControlValue {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (isControlPart(value)) return value;
  if (Array.isArray(value) && value.length > 0) {
    const wrong = value.findIndex((part) => !isControlPart(part));
    if (wrong < 0) return value;
    throw badControl(name, `${show(value[wrong])} at index ${wrong}`, path);
  }
  throw badControl(name, Array.isArray(value) ? 'an empty array' : show(value), path);
}

function isControlPart(value: unknown): value is Exclude<ControlValue, readonly unknown[]> {
  return (
    (typeof value === 'number' && Number.isFinite(value)) ||
    typeof value === 'boolean' ||
    value instanceof BusHandle ||
    value instanceof BufferHandle ||
    value instanceof BusMap
  );
}

function badControl(name: string, what: string, path: () => string): SuperColliderError {
  return new SuperColliderError(
    'bad-control',
    `<Synth> at ${path()}: control "${name}" is ${what}. A control is a finite number, an array of numbers, ` +
      "a bus or a buffer; leave it out to use the synthdef's default.",
    { path: path() },
  );
}

/** True when the server cannot notice a difference, though a render made new objects. */
export function sameControl(a: ControlValue | undefined, b: ControlValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a instanceof BusMap) return a.equals(b);
  if (a instanceof BusHandle) return b instanceof BusHandle && a.equals(b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((part, index) => sameControl(part, b[index]));
  }
  return typeof a !== 'object' && typeof b !== 'object' && Number(a) === Number(b);
}

const isDef = (def: unknown): def is string | SynthDef =>
  (typeof def === 'string' && def !== '') ||
  (typeof def === 'object' && def !== null && 'bytes' in def && 'description' in def);

interface Typed {
  string: string;
  boolean: boolean;
  function: (...args: never[]) => unknown;
}

function optional<T extends keyof Typed>(
  element: string,
  props: RawProps,
  name: string,
  type: T,
  path: () => string,
): Typed[T] | undefined {
  const value = props[name];
  if (value === undefined || typeof value === type) return value as Typed[T] | undefined;
  throw new SuperColliderError(
    'bad-argument',
    `<${element}> at ${path()}: ${name} is ${show(value)}, not a ${type}.`,
    { path: path() },
  );
}

/** A value as an error message shows it. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).join() === 'current'
      ? 'a ref (pass what useBus() or useBuffer() returns)'
      : 'an object';
  }
  return String(value);
}

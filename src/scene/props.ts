/**
 * Props of `<Group>` and `<Synth>`, and the checks that need only the element.
 *
 * Any other prop of a `<Synth>` is a control. `snapshot.ts` checks that the synthdef has that control, when
 * the synthdef is known.
 */

import { envProblem, isEnv, sameEnv } from '../envValues.js';
import { controlHint, SuperColliderError } from '../errors.js';
import type { Env, SynthDef } from '../synthdef/index.js';
import { isFloat32 } from '../units.js';
import { BufferHandle, BusHandle, BusMap } from './handles.js';
import { LiveSource } from './liveSource.js';
import { Modulator } from './modulator.js';

/**
 * A control's value: a number, an array, an Env, a bus, a buffer, a modulator or a live value.
 *
 * Booleans are 1 and 0. An array has one number a channel. A bus or buffer stands for its number. A bus to
 * follow is `bus.kr()` or `bus.ar()`. A graph to follow is `kr(…)`, `lfo(…)` and the like. An `Env` is for an array control that an `EnvGen` reads.
 */
export type ControlValue =
  | number
  | boolean
  | BusHandle
  | BufferHandle
  | BusMap
  | Modulator
  | LiveSource
  | Env
  | readonly (number | boolean | BusHandle | BufferHandle | BusMap | Modulator | LiveSource)[];

/** The reason why a synth is no longer on the server. */
export type EndReason =
  /** The synth came to its end by itself: a done action. */
  | 'ended'
  /**
   * Another cause freed it: another client, `/g_freeAll`, the end of its group.
   *
   * A synth that could have ended by itself counts as `ended` where the server's reply does not say more.
   * That is so with supernova, and for `/n_free` of another client.
   */
  | 'freed'
  /** The server is gone. When it is back the synth is made again, unless its element has left the tree. */
  | 'lost';

/** The bus that a group sends what is inside to; `undefined` for the outputs. */
export type Destination = BusHandle | number | undefined;

/** The end of a synth whose element is removed. */
export type Exit = 'release' | 'free' | 'stay' | 'close';

/** Props as React passes them. */
export type RawProps = Readonly<Record<string, unknown>>;

export interface GroupProps {
  readonly name?: string;
  readonly paused?: boolean;
  readonly parallel?: boolean;
  readonly whenHidden?: 'pause' | 'play';
  readonly out?: BusHandle | number;
  /** Seconds of the fades of definitions inside that have none; of `<Quantize>`. */
  readonly fade?: number;
}

/** Props of a synth that were checked: those below, and every other one a control. */
export interface SynthProps {
  readonly def: string | SynthDef;
  readonly name?: string;
  readonly paused?: boolean;
  readonly exit?: Exit;
  readonly whenHidden?: 'pause' | 'play';
  readonly controls?: Readonly<Record<string, ControlValue>>;
  readonly onEnd?: (reason: EndReason) => void;
  readonly [control: string]: unknown;
}

/** Says what is wrong with a value; `undefined` for a right one. */
export type PropCheck = (value: unknown) => string | undefined;

const isA =
  (type: 'string' | 'boolean' | 'function'): PropCheck =>
  (value) =>
    value === undefined || typeof value === type ? undefined : `not a ${type}`;
const anything: PropCheck = () => undefined;

const whenHidden: PropCheck = (value) =>
  value === undefined || value === 'pause' || value === 'play' ? undefined : 'neither "pause" nor "play"';

const EXITS: readonly Exit[] = ['release', 'free', 'stay', 'close'];

/** Props that are no controls, each with what is wrong with a value. */
export const synthOwnProps: ReadonlyMap<string, PropCheck> = new Map<string, PropCheck>([
  ['def', (def) => (isDef(def) ? undefined : 'neither the name of a synthdef nor what synthDef() returned')],
  ['name', isA('string')],
  ['paused', isA('boolean')],
  [
    'exit',
    (exit) =>
      exit === undefined || EXITS.includes(exit as Exit)
        ? undefined
        : 'not "release" (gate 0, where the synthdef has a gate), "free", "stay" (to the end of its group), or "close"',
  ],
  ['whenHidden', whenHidden],
  ['controls', (more) => (more === undefined || isObject(more) ? undefined : 'not an object of controls')],
  ['onEnd', isA('function')],
  ['key', anything],
  ['ref', anything],
  ['children', anything],
]);

const groupOwnProps: ReadonlyMap<string, PropCheck> = new Map<string, PropCheck>([
  ['name', isA('string')],
  ['paused', isA('boolean')],
  ['parallel', isA('boolean')],
  ['whenHidden', whenHidden],
  [
    'out',
    (out) =>
      out === undefined || out instanceof BusHandle || (isFloat32(out) && out >= 0 && Number.isInteger(out))
        ? undefined
        : 'neither a bus nor the number of one',
  ],
  ['fade', anything],
  ['key', anything],
  ['ref', anything],
  ['children', anything],
]);

/** True for a prop of `<Synth>` that is no control. */
export const isSynthOwnProp = (name: string): boolean => synthOwnProps.has(name);

/** @throws SuperColliderError `invalid-argument` for a prop that a group does not have, or of a wrong type. */
export function groupProps(props: RawProps, path: () => string): GroupProps {
  for (const name in props) {
    const check = groupOwnProps.get(name);
    if (check) report('Group', name, props[name], check(props[name]), path);
    else {
      throw new SuperColliderError(
        'invalid-argument',
        `<Group> at ${path()}: a group has no prop "${name}". It has: name, out, paused, parallel, whenHidden, children. ` +
          'Controls belong on the synths in it.',
        { path: path() },
      );
    }
  }
  return props;
}

/**
 * @throws SuperColliderError `invalid-argument` for a wrong prop of our own, `invalid-control` for a control
 *   that is not a number, array, bus or buffer: NaN, undefined, a string, an object.
 */
export function synthProps(props: RawProps, path: () => string): SynthProps {
  for (const name in props) {
    const value = props[name];
    const check = synthOwnProps.get(name);
    if (check) report('Synth', name, value, check(value), path);
    else checkProp(name, value, path);
  }
  if (!('def' in props)) report('Synth', 'def', undefined, synthOwnProps.get('def')!(undefined), path);
  if (props.children !== undefined && props.children !== null && props.children !== false) {
    throw new SuperColliderError(
      'invalid-nesting',
      `<Synth> at ${path()} has children. Only a <Group> holds other nodes; put them beside it.`,
      { path: path() },
    );
  }
  const more = props.controls as RawProps | undefined;
  for (const name in more) checkControl(name, more[name], path);
  return props as SynthProps;
}

/** A control, or a prop of our own whose name is written wrong: onend for onEnd. */
function checkProp(name: string, value: unknown, path: () => string): void {
  const own = [...synthOwnProps.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
  if (own !== undefined && typeof value !== 'number') {
    throw new SuperColliderError(
      'invalid-argument',
      `<Synth> at ${path()}: there is no prop "${name}"; it is ${own}.`,
      {
        path: path(),
      },
    );
  }
  checkControl(name, value, path);
}

function report(
  element: string,
  name: string,
  value: unknown,
  problem: string | undefined,
  path: () => string,
): void {
  if (problem === undefined) return;
  throw new SuperColliderError(
    'invalid-argument',
    `<${element}> at ${path()}: ${name} is ${show(value)}, ${problem}.`,
    {
      path: path(),
    },
  );
}

/** The value, when it is one that a control can have. */
export function checkControl(name: string, value: unknown, path: () => string): ControlValue {
  if (isFloat32(value)) return value;
  if (isControlPart(value)) return value;
  if (isEnv(value)) {
    const problem = envProblem(value);
    if (problem === undefined) return value as Env;
    throw invalidControl(name, value, problem, path);
  }
  if (Array.isArray(value) && value.length > 0) {
    const wrong = value.findIndex((part) => !isControlPart(part));
    if (wrong < 0) return value;
    throw invalidControl(name, value[wrong], `${show(value[wrong])} at index ${wrong}`, path);
  }
  throw invalidControl(name, value, Array.isArray(value) ? 'an empty array' : show(value), path);
}

function isControlPart(value: unknown): value is Exclude<ControlValue, readonly unknown[]> {
  return (
    isFloat32(value) ||
    typeof value === 'boolean' ||
    value instanceof BusHandle ||
    value instanceof BufferHandle ||
    value instanceof BusMap ||
    value instanceof Modulator ||
    value instanceof LiveSource
  );
}

function invalidControl(name: string, value: unknown, what: string, path: () => string): SuperColliderError {
  return new SuperColliderError(
    'invalid-control',
    `<Synth> at ${path()}: control "${name}" is ${what}. A control is a number up to 3.4e38, an array of numbers, ` +
      `an Env, a bus, a buffer or a modulator. Leave it out to use the synthdef's default.${controlHint(name, value, true)}`,
    { path: path() },
  );
}

/** True when the server cannot notice a difference, though a render made new objects. */
export function sameControl(a: ControlValue | undefined, b: ControlValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a instanceof BusMap) return a.equals(b);
  if (a instanceof BusHandle) return b instanceof BusHandle && a.equals(b);
  if (isEnv(a)) return isEnv(b) && sameEnv(a, b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((part, index) => sameControl(part, b[index]));
  }
  return isNumeric(a) && isNumeric(b) && Number(a) === Number(b);
}

/** Not a text, even one that says a number: it is refused wherever it stands, also in place of that number. */
const isNumeric = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';

const isDef = (def: unknown): def is string | SynthDef =>
  (typeof def === 'string' && def !== '') ||
  (typeof def === 'object' && def !== null && 'bytes' in def && 'description' in def);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

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

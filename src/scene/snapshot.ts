/**
 * The tree as it is to be on the server now: immutable, in the server's terms, cached.
 *
 * A snapshot holds what has an id on the server and can sound: a synth whose synthdef or buffers are
 * not there yet is left out, or stays as the server has it. A node's snapshot is the same object as
 * long as nothing at or below it changed, so `diff` skips whole subtrees by identity.
 */

import { nearest, SuperColliderError } from '../errors.js';
import type { ControlDescription, SynthDef } from '../synthdef/index.js';
import { BufferHandle, BusHandle, BusMap, describeBuffer, describeBus } from './handles.js';
import type { ControlValue, SynthProps } from './props.js';
import type { SceneNode } from './sceneNode.js';
import type { WireValue } from './wireValue.js';

export interface GroupSnapshot {
  readonly kind: 'group';
  readonly element: SceneNode;
  readonly parallel: boolean;
  readonly paused: boolean;
  readonly children: readonly NodeSnapshot[];
}

export interface SynthSnapshot {
  readonly kind: 'synth';
  readonly element: SceneNode;
  readonly def: SynthDef;
  /** Only what the props give; every other control has the synthdef's default. */
  readonly controls: ReadonlyMap<string, WireValue>;
  readonly paused: boolean;
  readonly exit: 'release' | 'free';
  /** Buses and buffers that must stay while the synth sounds. */
  readonly uses: readonly (BusHandle | BufferHandle)[];
}

export type NodeSnapshot = GroupSnapshot | SynthSnapshot;

/** What a snapshot has to ask about the world outside of the tree. */
export interface SceneContext {
  /** The definition that a `def` prop means; `undefined` when nothing by that name is known. */
  readonly findDef: (def: string | SynthDef) => SynthDef | undefined;
  /** Every synthdef name that could have been written, for the error. */
  readonly defNames: () => readonly string[];
  /** True when the server has the definition. */
  readonly isLoaded: (def: SynthDef) => boolean;
  /** Why the server did not take the definition; `undefined` when it did or may yet. */
  readonly loadFailure: (def: SynthDef) => Error | undefined;
  /** Called with each definition that a synth needs and the server does not have. */
  readonly onMissing: (def: SynthDef) => void;
  /** Called with each synth that could sound and has never sounded. */
  readonly onFresh: (element: SceneNode) => void;
  /** Called instead of throwing, so that one wrong synth leaves the others sounding. */
  readonly onError: (element: SceneNode, error: SuperColliderError) => void;
}

/** The snapshot of a tree's root. */
export function snapshotRoot(root: SceneNode, context: SceneContext): GroupSnapshot {
  return snapshotGroup(root, context, false, false);
}

/** The node's snapshot; `undefined` while it is not to be on the server. */
function snapshotNode(element: SceneNode, context: SceneContext): NodeSnapshot | undefined {
  if (element.stage && !element.stage.done) return undefined;
  if (element.snapshot === undefined) element.snapshot = makeSnapshot(element, context) ?? null;
  return element.snapshot ?? undefined;
}

function makeSnapshot(element: SceneNode, context: SceneContext): NodeSnapshot | undefined {
  const { content } = element;
  switch (content.type) {
    case 'Group': {
      if (!element.placed) context.onFresh(element);
      return snapshotGroup(element, context, content.props.parallel, content.props.paused || element.hidden);
    }
    case 'Synth': {
      try {
        return snapshotSynth(element, content.props, context);
      } catch (error) {
        if (!(error instanceof SuperColliderError)) throw error;
        context.onError(element, error);
        return element.placed;
      }
    }
    default:
      return undefined;
  }
}

function snapshotGroup(
  element: SceneNode,
  context: SceneContext,
  parallel: boolean,
  paused: boolean,
): GroupSnapshot {
  const cached = element.snapshot;
  if (cached?.kind === 'group') return cached;
  const children: NodeSnapshot[] = [];
  for (let child = element.firstChild; child; child = child.next) {
    const snapshot = snapshotNode(child, context);
    if (snapshot) children.push(snapshot);
  }
  const snapshot: GroupSnapshot = { kind: 'group', element, parallel, paused, children };
  element.snapshot = snapshot;
  return snapshot;
}

function snapshotSynth(
  element: SceneNode,
  props: SynthProps,
  context: SceneContext,
): NodeSnapshot | undefined {
  const def = context.findDef(props.def);
  if (!def) throw unknownDef(element, props.def, context.defNames());
  const uses: (BusHandle | BufferHandle)[] = [];
  const controls = new Map<string, WireValue>();
  let ready = context.isLoaded(def);
  if (!ready) {
    const failure = context.loadFailure(def);
    if (failure) throw notLoaded(element, def, failure);
    context.onMissing(def);
  }
  for (const [name, value] of props.controls) {
    const description = controlOf(def, name, element);
    const wire = resolve(value, name, element, uses);
    if (wire === undefined) ready = false;
    else controls.set(name, fitting(wire, description, element));
  }
  if (!element.placed) context.onFresh(element);
  // Until everything is loaded the server keeps what it has: the old definition goes on sounding.
  if (!ready) return element.placed;
  return {
    kind: 'synth',
    element,
    def,
    controls,
    paused: props.paused || element.hidden,
    exit: props.exit,
    uses,
  };
}

/**
 * The description of a control.
 *
 * @throws SuperColliderError `unknown-control`, as scsynth would ignore the name without a word.
 */
export function controlOf(def: SynthDef, name: string, element: SceneNode): ControlDescription {
  const control = def.description.controls.find((candidate) => candidate.name === name);
  if (control) return control;
  const names = def.description.controls.map((candidate) => candidate.name).sort();
  const near = nearest(name, names);
  const path = element.origin.path();
  throw new SuperColliderError(
    'unknown-control',
    `<Synth> at ${path}: synthdef "${def.name}" has no control "${name}"; scsynth would ignore it. ` +
      `${near === undefined ? '' : `Did you mean "${near}"? `}` +
      (names.length === 0 ? 'It has no controls.' : `It has: ${names.join(', ')}.`),
    { path, componentStack: element.origin.componentStack() },
  );
}

/** The value for the server; `undefined` while a buffer in it is not loaded. */
export function resolve(
  value: ControlValue,
  name: string,
  element: SceneNode,
  uses: (BusHandle | BufferHandle)[],
): WireValue | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof BusHandle) {
    uses.push(value.whole);
    return indexOf(value, name, element);
  }
  if (value instanceof BufferHandle) {
    uses.push(value);
    if (value.number === undefined) throw notMounted(describeBuffer(value), name, element);
    return value.loaded ? value.number : undefined;
  }
  if (value instanceof BusMap) {
    uses.push(value.bus.whole);
    const first = indexOf(value.bus, name, element);
    const letter = value.rate === 'audio' ? 'a' : 'c';
    if (value.bus.channels === 1) return `${letter}${first}`;
    return Array.from({ length: value.bus.channels }, (_, channel) => `${letter}${first + channel}`);
  }
  const parts: (number | string)[] = [];
  for (const part of value) {
    const wire = resolve(part, name, element, uses);
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
export function fitting(wire: WireValue, control: ControlDescription, element: SceneNode): WireValue {
  const room = control.defaults.length;
  if (typeof wire !== 'object') return room === 1 ? wire : [wire, ...control.defaults.slice(1)];
  if (wire.length > room) {
    const path = element.origin.path();
    throw new SuperColliderError(
      'bad-control',
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

function notMounted(what: string, control: string, element: SceneNode): SuperColliderError {
  const path = element.origin.path();
  return new SuperColliderError(
    'bad-control',
    `<Synth> at ${path}: control "${control}" uses a bus or buffer that is not mounted here. ${what} ` +
      'has no number: the component that called useBus() or useBuffer() must be mounted in the same root.',
    { path, componentStack: element.origin.componentStack() },
  );
}

function notLoaded(element: SceneNode, def: SynthDef, cause: Error): SuperColliderError {
  const path = element.origin.path();
  const code = cause instanceof SuperColliderError ? cause.code : 'server-failed';
  return new SuperColliderError(
    code,
    `<Synth> at ${path}: synthdef "${def.name}" could not be loaded. ${cause.message}`,
    {
      path,
      componentStack: element.origin.componentStack(),
      cause,
    },
  );
}

function unknownDef(
  element: SceneNode,
  def: string | SynthDef,
  names: readonly string[],
): SuperColliderError {
  const name = typeof def === 'string' ? def : def.name;
  const path = element.origin.path();
  const near = nearest(name, names);
  const shown = [...names].sort();
  const list =
    shown.length > 24 ? `${shown.slice(0, 24).join(', ')} and ${shown.length - 24} more` : shown.join(', ');
  return new SuperColliderError(
    'unknown-synthdef',
    `<Synth> at ${path}: there is no synthdef "${name}". ${near === undefined ? '' : `Did you mean "${near}"? `}` +
      'Render a <SynthDef> with it, pass it in synthDefs to createRoot(), or give the definition itself: def={…}. ' +
      `Known by name: ${list || 'none'}.`,
    { path, componentStack: element.origin.componentStack() },
  );
}

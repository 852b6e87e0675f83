/**
 * Makes the tree that is to be on the server now from the intended tree.
 *
 * A snapshot holds the nodes that have an id on the server and can sound. A synth whose synthdef or buffers
 * are not loaded yet is left out, or stays as the server has it.
 */

import { nearest, SuperColliderError } from '../errors.js';
import type { SynthDef } from '../synthdef/index.js';
import type { ControlTable } from './controlTable.js';
import { follow } from './followLive.js';
import type { GroupSnapshot, NodeSnapshot } from './nodeSnapshot.js';
import type { Destination, GroupProps, SynthProps } from './props.js';
import { isPaused, type Resolved, readProps } from './readProps.js';
import type { Modulate } from './resolve.js';
import type { RootNode, SceneNode } from './sceneNode.js';

/** Queries of a snapshot about the world outside of the tree. */
export interface SceneContext {
  /** The definition that a `def` prop means; `undefined` when nothing by that name is known. */
  readonly findDef: (def: string | SynthDef, element: SceneNode) => SynthDef | undefined;
  /** Every synthdef name that could have been written, the nearest library first, for the error. */
  readonly defNames: () => readonly string[];
  readonly controlsOf: (def: SynthDef) => ControlTable;
  /** True when the server has the definition. */
  readonly isLoaded: (def: SynthDef) => boolean;
  /** Why the server did not take the definition; `undefined` when it did or may yet. */
  readonly loadFailure: (def: SynthDef) => Error | undefined;
  /** Gives the bus of a modulator. */
  readonly modulate?: Modulate | undefined;
  /** Called with each definition that a synth needs and the server does not have. */
  readonly onMissing: (def: SynthDef) => void;
  /** Called instead of throwing, so that one wrong synth leaves the others sounding. */
  readonly onError: (element: SceneNode, error: SuperColliderError) => void;
}

/** The snapshot of a tree's root. */
export function snapshotRoot(root: RootNode, context: SceneContext): GroupSnapshot {
  if (root.snapshot?.kind === 'group') return root.snapshot;
  const snapshot = snapshotGroup(root, context, false, false, undefined, root.firstMounted);
  const { head } = root;
  if (!head) return snapshot;
  // What modulates is known now that the controls of everything else are read. A modulator's own come before it.
  for (let node = head.lastChild; node; node = node.previous) snapshotNode(node, context, undefined);
  const first = snapshotNode(head, context, undefined) as GroupSnapshot;
  // A head whose synths all wait for their definitions has nothing to do yet.
  if (first.children.length === 0) {
    head.snapshot = undefined;
    return snapshot;
  }
  const whole = { ...snapshot, children: [first, ...snapshot.children] };
  root.snapshot = whole;
  return whole;
}

/** The node's snapshot; `undefined` while it is not to be on the server. */
export function snapshotNode(
  element: SceneNode,
  context: SceneContext,
  destination: Destination,
): NodeSnapshot | undefined {
  if (element.stage && !element.stage.isDone) return undefined;
  const { snapshot } = element;
  if (
    snapshot === undefined ||
    !(snapshot === null || element.sentSnapshot || isStillRight(snapshot, context, destination))
  )
    element.snapshot = makeSnapshot(element, context, destination) ?? null;
  return element.snapshot ?? undefined;
}

/**
 * True while the snapshot of a node that is not on the server yet, perhaps made at its render, still holds.
 */
function isStillRight(
  snapshot: NodeSnapshot,
  { isLoaded, findDef }: SceneContext,
  destination: Destination,
): boolean {
  if (snapshot.kind === 'group') return true;
  if (snapshot.destination !== destination) return false;
  const { def } = snapshot;
  const prop = (snapshot.element.props as SynthProps).def;
  return isLoaded(def) && (prop === def || findDef(prop, snapshot.element) === def);
}

/**
 * Elements below an element of the intended tree that have never sounded and wait for nothing.
 *
 * Modulators are not among them: synths that sound may follow them already.
 */
export function unsentBelow(element: SceneNode, fresh: SceneNode[] = []): SceneNode[] {
  const first = 'firstMounted' in element ? (element as RootNode).firstMounted : element.firstChild;
  for (let child = first; child; child = child.next) {
    if (!child.sentSnapshot && (!child.stage || child.stage.isDone)) fresh.push(child);
    unsentBelow(child, fresh);
  }
  return fresh;
}

function makeSnapshot(
  element: SceneNode,
  context: SceneContext,
  destination: Destination,
): NodeSnapshot | undefined {
  switch (element.type) {
    case 'Group': {
      const props = element.props as GroupProps;
      const { parallel = false, out = destination } = props;
      return snapshotGroup(element, context, parallel, isPaused(element, props), out);
    }
    case 'Synth': {
      try {
        return snapshotSynth(element, element.props as SynthProps, context, destination);
      } catch (error) {
        if (!(error instanceof SuperColliderError)) throw error;
        context.onError(element, error);
        return element.sentSnapshot;
      }
    }
    default:
      return undefined;
  }
}

function snapshotGroup(
  element: SceneNode,
  context: SceneContext,
  isParallel: boolean,
  isPaused: boolean,
  destination: Destination,
  first = element.firstChild,
): GroupSnapshot {
  const cached = element.snapshot;
  if (cached?.kind === 'group') return cached;
  const children: NodeSnapshot[] = [];
  let canFreeDirectly = true;
  for (let child = first; child; child = child.next) {
    const snapshot = snapshotNode(child, context, destination);
    if (!snapshot) continue;
    children.push(snapshot);
    canFreeDirectly &&= snapshot.canFreeDirectly;
  }
  const snapshot: GroupSnapshot = {
    kind: 'group',
    element,
    isParallel,
    isPaused,
    children,
    canFreeDirectly,
  };
  element.snapshot = snapshot;
  return snapshot;
}

function snapshotSynth(
  element: SceneNode,
  props: SynthProps,
  context: SceneContext,
  destination: Destination,
): NodeSnapshot | undefined {
  const def = context.findDef(props.def, element);
  if (!def) throw unknownDef(element, props.def, context.defNames());
  const resolved: Resolved = { isReady: context.isLoaded(def), uses: [], modulate: context.modulate, follow };
  if (!resolved.isReady) {
    const failure = context.loadFailure(def);
    if (failure) throw notLoaded(element, def, failure);
    context.onMissing(def);
  }
  const snapshot = readProps(element, props, context.controlsOf(def), resolved, destination);
  // Until everything is loaded the server keeps what it has: the old definition goes on sounding.
  return resolved.isReady ? snapshot : element.sentSnapshot;
}

function notLoaded(element: SceneNode, def: SynthDef, cause: Error): SuperColliderError {
  const path = element.path();
  const code = cause instanceof SuperColliderError ? cause.code : 'command-failed';
  return new SuperColliderError(
    code,
    `<Synth> at ${path}: synthdef "${def.name}" could not be loaded. ${cause.message}`,
    { ...element.whereabouts(), cause },
  );
}

function unknownDef(
  element: SceneNode,
  def: string | SynthDef,
  names: readonly string[],
): SuperColliderError {
  const name = typeof def === 'string' ? def : def.name;
  const path = element.path();
  const near = nearest(name, names);
  const list =
    names.length > 24 ? `${names.slice(0, 24).join(', ')} and ${names.length - 24} more` : names.join(', ');
  return new SuperColliderError(
    'unknown-synthdef',
    `<Synth> at ${path}: there is no synthdef "${name}". ${near === undefined ? '' : `Did you mean "${near}"? `}` +
      'Render a <Definition> with it, pass it in synthDefs to createRoot(), or give the definition itself: def={…}. ' +
      `Known by name: ${list || 'none'}.`,
    element.whereabouts(),
  );
}

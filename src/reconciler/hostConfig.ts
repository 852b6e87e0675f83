/**
 * The host config, which turns React's changes into changes of the scene: each callback is a line into
 * `scene/`.
 *
 * These callbacks send no command and allocate no id. React may throw a render away, so `createInstance` only
 * checks props. The whole difference leaves in `resetAfterCommit`, before refs and layout effects run.
 */

import { createContext } from 'react';
import type ReactReconciler from 'react-reconciler';
import { DefaultEventPriority } from 'react-reconciler/constants.js';
import { SuperColliderError } from '../errors.js';
import { NodeHandle } from '../scene/nodeHandle.js';
import {
  type GroupProps,
  groupProps,
  type RawProps as Props,
  type SynthProps,
  sameControl,
  synthProps,
} from '../scene/props.js';
import { readProps, updateNumbers } from '../scene/readProps.js';
import type { OnWrong, SceneNode, SceneNodeContent } from '../scene/sceneNode.js';
import { version } from '../version.js';
import type { Container } from './container.js';
import { FiberNode } from './fiberNode.js';
import { componentStackOf, type Fiber, isHostFiber, pathOf } from './fibers.js';
import { ownerStackOf } from './ownerStack.js';

type Type = 'Group' | 'Synth' | 'Failed';
/** React asks for an object. */
const noContext = {};

type Config = ReactReconciler.HostConfig<
  Type,
  Props,
  Container,
  FiberNode,
  never,
  never,
  never,
  never,
  never,
  NodeHandle,
  typeof noContext,
  never,
  ReturnType<typeof setTimeout>,
  -1,
  null,
  null,
  null,
  never,
  never,
  never
>;

/** @throws SuperColliderError for wrong props, with where they stand. */
function toContent(type: Type, props: Props, source: Fiber): SceneNodeContent {
  try {
    return validateProps(type, props, () => pathOf(source));
  } catch (error) {
    if (!(error instanceof SuperColliderError)) throw error;
    throw error.locate({
      componentStack: componentStackOf(source),
      ownerStack: ownerStackOf(source),
      props,
    });
  }
}

function validateProps(type: Type, props: Props, path: () => string): SceneNodeContent {
  switch (type) {
    case 'Group':
      return { type, props: groupProps(props, path) };
    case 'Synth':
      return { type, props: synthProps(props, path) };
    case 'Failed':
      return { type };
    default:
      throw new SuperColliderError(
        'invalid-nesting',
        `<${String(type)}> at ${path()} is no element of react-collider. They are Group, Synth, Bus, Buffer and ` +
          'Definition, imported from "react-collider". DOM elements belong into react-dom.',
        { path: path() },
      );
  }
}

/** A synth with nothing but numbers for controls of a known definition; `undefined` for any other. */
function synthOfNumbers(props: Props, container: Container, fiber: Fiber): FiberNode | undefined {
  const table = container.controlsOf(props.def);
  if (!table) return undefined;
  const node = new FiberNode('Synth', props as SynthProps, fiber);
  const snapshot = readProps(node, props, table);
  if (!snapshot) return undefined;
  node.snapshot = snapshot;
  return node;
}

/** The result of `make`; `undefined` when it throws and a listener takes the error. */
function tryOrReport(
  onInvalid: OnWrong | undefined,
  make: () => SceneNodeContent,
): SceneNodeContent | undefined {
  if (!onInvalid) return make();
  try {
    return make();
  } catch (error) {
    onInvalid(error);
    return undefined;
  }
}

/** The rendering from outside in which each element was found wrong that is wrong still. */
const invalidSince = new WeakMap<SceneNode, number>();
let isAnyInvalid = false;

function noteInvalid(node: SceneNode, content: SceneNodeContent | undefined, root = node.root): void {
  if (content) {
    if (isAnyInvalid) invalidSince.delete(node);
    return;
  }
  isAnyInvalid = true;
  invalidSince.set(node, root?.generation ?? 0);
}

function strayText(text: string, fiber: Fiber): SuperColliderError {
  let around = fiber.return;
  while (around && !isHostFiber(around)) around = around.return;
  const where = around ? `<${String(around.type)}> at ${pathOf(around)}` : 'the root';
  return new SuperColliderError(
    'invalid-nesting',
    `Text ${JSON.stringify(text)} stands inside ${where}: ` +
      'a scene holds only <Group> and <Synth>. A stray {count && …} that gives 0 looks like this too.',
    {
      path: pathOf(fiber.return ?? fiber),
      // A text has no JSX of its own.
      ...(fiber.return && { ownerStack: ownerStackOf(around ?? fiber.return) }),
    },
  );
}

/** True when no prop differs in a way that the server or a handler could notice. */
function sameProps(previous: Props, next: Props): boolean {
  let surplus = 0;
  for (const name in next) {
    surplus -= 1;
    const [before, now] = [previous[name], next[name]];
    if (before !== now && name !== 'children' && !sameControl(before as never, now as never)) return false;
  }
  for (const _ in previous) surplus += 1;
  return surplus === 0;
}

/** @param priority - The place where React keeps the priority of the update that is being scheduled. */
export function hostConfig(priority: { current: number }): Config {
  return {
    rendererVersion: version,
    rendererPackageName: 'react-collider',
    extraDevToolsConfig: null,
    supportsMutation: true,
    supportsPersistence: false,
    supportsHydration: false,
    supportsMicrotasks: true,
    isPrimaryRenderer: false,
    noTimeout: -1,
    scheduleTimeout: setTimeout as Config['scheduleTimeout'],
    cancelTimeout: clearTimeout,
    scheduleMicrotask: queueMicrotask,

    // What an element is in, React's fibers say; keeping it in a context would cost a push and a pop for each element.
    getRootHostContext: () => noContext,
    getChildHostContext: () => noContext,
    getPublicInstance: (node) => {
      node.handle ??= new NodeHandle(node);
      return node.handle;
    },
    shouldSetTextContent: () => false,

    createInstance(type, props, container, _context, fiber) {
      const synth = type === 'Synth' ? synthOfNumbers(props, container, fiber) : undefined;
      if (synth) return synth;
      const content = tryOrReport(container.group.root?.onInvalid, () => toContent(type, props, fiber));
      const node = new FiberNode(content?.type ?? 'Wrong', content?.props, fiber);
      if (!content) noteInvalid(node, content, container.group.root);
      return node;
    },
    createTextInstance(text, container, _context, fiber) {
      tryOrReport(container.group.root?.onInvalid, () => {
        throw strayText(text, fiber);
      });
      // Nothing is ever told to a text, so that an element which is silent can stand for it.
      return new FiberNode('Wrong', undefined, fiber) as never;
    },

    appendInitialChild: (parent, child) => parent.append(child),
    finalizeInitialChildren: () => false,
    prepareForCommit: () => null,
    resetAfterCommit: (container) => container.onCommit(),
    preparePortalMount: () => {},
    clearContainer: (container) => container.group.clear(),

    appendChild: (parent, child) => parent.append(child),
    appendChildToContainer: (container, child) => container.group.append(child),
    insertBefore: (parent, child, sibling) => parent.insertBefore(child, sibling),
    insertInContainerBefore: (container, child, sibling) => container.group.insertBefore(child, sibling),
    removeChild: (parent, child) => parent.remove(child),
    removeChildFromContainer: (container, child) => container.group.remove(child),
    commitUpdate(node, type, previous, next) {
      const isToldAgain =
        isAnyInvalid && (invalidSince.get(node) ?? node.root?.generation) !== node.root?.generation;
      if (!isToldAgain && (updateNumbers(node, next) || sameProps(previous, next))) return;
      const content = tryOrReport(node.root?.onInvalid, () => toContent(type, next, node.fiber));
      if (content) {
        const { out } = (node.props ?? {}) as GroupProps;
        node.become(content);
        // The destination of all that is inside.
        if (type === 'Group' && out !== (content.props as GroupProps | undefined)?.out) node.touchAll();
      }
      noteInvalid(node, content);
    },
    commitTextUpdate: () => {},
    resetTextContent: () => {},
    hideInstance: (node) => hide(node, true),
    unhideInstance: (node) => hide(node, false),
    hideTextInstance: () => {},
    unhideTextInstance: () => {},
    detachDeletedInstance: () => {},

    setCurrentUpdatePriority: (next) => {
      priority.current = next;
    },
    getCurrentUpdatePriority: () => priority.current,
    resolveUpdatePriority: () => priority.current || DefaultEventPriority,
    resolveEventType: () => null,
    resolveEventTimeStamp: () => -1.1,
    trackSchedulerEvent: () => {},
    shouldAttemptEagerTransition: () => false,
    requestPostPaintCallback: () => {},

    maySuspendCommit: () => false,
    maySuspendCommitOnUpdate: () => false,
    maySuspendCommitInSyncRender: () => false,
    preloadInstance: () => true,
    startSuspendingCommit: () => null,
    suspendInstance: () => {},
    suspendOnActiveViewTransition: () => {},
    waitForCommitToBeReady: () => null,
    getSuspendedCommitReason: () => null,

    NotPendingTransition: null,
    HostTransitionContext: createContext(null) as never,
    resetFormInstance: () => {},
    bindToConsole: (method, args) => () => {
      (console as unknown as Record<string, (...args: unknown[]) => void>)[method]?.(...args);
    },
    getInstanceFromNode: () => null,
    getInstanceFromScope: () => null,
    beforeActiveInstanceBlur: () => {},
    afterActiveInstanceBlur: () => {},
    prepareScopeUpdate: () => {},
  } as Config;
}

function hide(node: SceneNode, hidden: boolean): void {
  if (node.isHidden === hidden) return;
  node.isHidden = hidden;
  node.touch();
}

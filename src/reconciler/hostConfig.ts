/**
 * How React's changes become changes of the scene: each callback is a line into `scene/`.
 *
 * Nothing is sent and no id is given here. React may throw a render away, so `createInstance` only
 * checks props; the whole difference leaves in `resetAfterCommit`, before refs and layout effects run.
 */

import { createContext } from 'react';
import type ReactReconciler from 'react-reconciler';
import { DefaultEventPriority } from 'react-reconciler/constants.js';
import { SuperColliderError } from '../errors.js';
import { type ControlSender, NodeHandle } from '../scene/nodeHandle.js';
import { groupProps, sameControl, synthProps } from '../scene/props.js';
import { SceneNode, type SceneNodeContent } from '../scene/sceneNode.js';
import { type Fiber, FiberOrigin } from './origin.js';

/** What React renders into: the scene's root, and whom to tell that a commit is complete. */
export interface Container {
  readonly root: SceneNode;
  readonly onCommit: () => void;
  readonly sendControl: ControlSender;
}

type Type = 'Group' | 'Synth' | 'Failed';
type Props = Readonly<Record<string, unknown>>;
type HostContext = { readonly inside: 'Root' | Type };
/** The handle is the element's public face; the container is what its `set` goes through. */
export interface Instance {
  readonly node: SceneNode;
  readonly handle: NodeHandle;
}

type Config = ReactReconciler.HostConfig<
  Type,
  Props,
  Container,
  Instance,
  never,
  never,
  never,
  never,
  never,
  NodeHandle,
  HostContext,
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

function contentOf(type: Type, props: Props, path: () => string): SceneNodeContent {
  switch (type) {
    case 'Group':
      return { type, props: groupProps(props, path) };
    case 'Synth':
      return { type, props: synthProps(props, path) };
    case 'Failed':
      return { type };
    default:
      throw new SuperColliderError(
        'bad-nesting',
        `<${String(type)}> at ${path()} is no element of react-collider. They are Group, Synth, Bus, Buffer and ` +
          'SynthDef, imported from "react-collider". DOM elements belong into react-dom.',
        { path: path() },
      );
  }
}

/** True when no prop differs in a way that the server or a handler could notice. */
function sameProps(previous: Props, next: Props): boolean {
  for (const name in next) {
    const [before, now] = [previous[name], next[name]];
    if (before !== now && !sameControl(before as never, now as never)) return false;
  }
  for (const name in previous) if (!(name in next)) return false;
  return true;
}

/** @param priority - Where React keeps the priority of the update that is being scheduled. */
export function hostConfig(priority: { current: number }): Config {
  return {
    rendererVersion: '0.1.0',
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

    getRootHostContext: () => ({ inside: 'Root' }),
    getChildHostContext: (_parent, type) => ({ inside: type }),
    getPublicInstance: (instance) => instance.handle,
    shouldSetTextContent: () => false,

    createInstance(type, props, container, _context, fiber) {
      const origin = new FiberOrigin(fiber as Fiber);
      const node = new SceneNode(
        contentOf(type, props, () => origin.path()),
        origin,
      );
      return { node, handle: new NodeHandle(node, container.sendControl) };
    },
    createTextInstance(text, _container, context, fiber) {
      const path = new FiberOrigin((fiber as Fiber).return ?? (fiber as Fiber)).path();
      throw new SuperColliderError(
        'bad-nesting',
        `Text ${JSON.stringify(text)} stands inside ${context.inside === 'Root' ? 'the root' : `<${context.inside}> at ${path}`}: ` +
          'a scene holds only <Group> and <Synth>. A stray {count && …} that gives 0 looks like this too.',
        { path },
      );
    },

    appendInitialChild: (parent, child) => parent.node.append(child.node),
    finalizeInitialChildren: () => false,
    prepareForCommit: () => null,
    resetAfterCommit: (container) => container.onCommit(),
    preparePortalMount: () => {},
    clearContainer: (container) => container.root.clear(),

    appendChild: (parent, child) => parent.node.append(child.node),
    appendChildToContainer: (container, child) => container.root.append(child.node),
    insertBefore: (parent, child, sibling) => parent.node.insertBefore(child.node, sibling.node),
    insertInContainerBefore: (container, child, sibling) =>
      container.root.insertBefore(child.node, sibling.node),
    removeChild: (parent, child) => parent.node.remove(child.node),
    removeChildFromContainer: (container, child) => container.root.remove(child.node),
    commitUpdate({ node }, type, previous, next) {
      if (sameProps(previous, next)) return;
      node.content = contentOf(type, next, () => node.origin.path());
      node.touch();
    },
    commitTextUpdate: () => {},
    resetTextContent: () => {},
    hideInstance: ({ node }) => hide(node, true),
    unhideInstance: ({ node }) => hide(node, false),
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
  if (node.hidden === hidden) return;
  node.hidden = hidden;
  node.touch();
}

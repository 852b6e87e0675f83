/**
 * React with a host that does what every host has to, and nothing else: it keeps the tree. What no renderer can be
 * faster than.
 */

import createReconciler from 'react-reconciler';
import { ConcurrentRoot, DefaultEventPriority } from 'react-reconciler/constants.js';

const nothing = () => {};

/** Children as a linked list: of all ways to keep them, the one that costs least. */
function append(parent, child) {
  if (child.parent) remove(child.parent, child);
  child.parent = parent;
  child.previous = parent.last;
  if (parent.last) parent.last.next = child;
  else parent.first = child;
  parent.last = child;
}

function insertBefore(parent, child, sibling) {
  if (child.parent) remove(child.parent, child);
  child.parent = parent;
  child.previous = sibling.previous;
  child.next = sibling;
  if (sibling.previous) sibling.previous.next = child;
  else parent.first = child;
  sibling.previous = child;
}

function remove(parent, child) {
  if (child.previous) child.previous.next = child.next;
  else parent.first = child.next;
  if (child.next) child.next.previous = child.previous;
  else parent.last = child.previous;
  child.parent = child.previous = child.next = null;
}

class Instance {
  parent = null;
  previous = null;
  next = null;
  first = null;
  last = null;

  constructor(type, props) {
    this.type = type;
    this.props = props;
  }
}

/** @param onCommit - Called when a commit is done. */
function idleReconciler(onCommit) {
  let priority = 0;
  return createReconciler({
    supportsMutation: true,
    supportsMicrotasks: true,
    noTimeout: -1,
    scheduleTimeout: setTimeout,
    cancelTimeout: clearTimeout,
    scheduleMicrotask: queueMicrotask,
    getRootHostContext: () => ({}),
    getChildHostContext: (context) => context,
    getPublicInstance: (instance) => instance,
    shouldSetTextContent: () => false,
    createInstance: (type, props) => new Instance(type, props),
    appendInitialChild: append,
    finalizeInitialChildren: () => false,
    prepareForCommit: () => null,
    resetAfterCommit: onCommit,
    clearContainer: (container) => {
      container.first = container.last = null;
    },
    appendChild: append,
    appendChildToContainer: append,
    insertBefore,
    insertInContainerBefore: insertBefore,
    removeChild: remove,
    removeChildFromContainer: remove,
    commitUpdate: (instance, _, __, props) => {
      instance.props = props;
    },
    detachDeletedInstance: nothing,
    setCurrentUpdatePriority: (next) => {
      priority = next;
    },
    getCurrentUpdatePriority: () => priority,
    resolveUpdatePriority: () => priority || DefaultEventPriority,
    resolveEventType: () => null,
    resolveEventTimeStamp: () => -1.1,
    trackSchedulerEvent: nothing,
    shouldAttemptEagerTransition: () => false,
    maySuspendCommit: () => false,
    startSuspendingCommit: nothing,
    waitForCommitToBeReady: () => null,
  });
}

/** A way to render that ends where the commit ends, or with `onCommit`. */
export function openFloor(onCommit = nothing) {
  const reconciler = idleReconciler(onCommit);
  return {
    flushSync: (fn) => reconciler.flushSyncFromReconciler(fn),
    createRoot() {
      const args = [
        new Instance('Root', null),
        ConcurrentRoot,
        null,
        false,
        null,
        '',
        nothing,
        nothing,
        nothing,
        nothing,
        null,
      ];
      const root = reconciler.createContainer(...args);
      return {
        render(element) {
          reconciler.updateContainerSync(element, root, null, null);
          reconciler.flushSyncWork();
          reconciler.flushPassiveEffects();
        },
      };
    },
  };
}

/** React with a host that does nothing: what no renderer can be faster than. */

import createReconciler from 'react-reconciler';
import { ConcurrentRoot, DefaultEventPriority } from 'react-reconciler/constants.js';

const nothing = () => {};

function idleReconciler() {
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
    createInstance: (_, props) => ({ props }),
    appendInitialChild: nothing,
    finalizeInitialChildren: () => false,
    prepareForCommit: () => null,
    resetAfterCommit: nothing,
    clearContainer: nothing,
    appendChild: nothing,
    appendChildToContainer: nothing,
    insertBefore: nothing,
    insertInContainerBefore: nothing,
    removeChild: nothing,
    removeChildFromContainer: nothing,
    commitUpdate: nothing,
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

/** A way to render that ends where the commit ends. */
export function openFloor() {
  const reconciler = idleReconciler();
  return {
    flushSync: (fn) => reconciler.flushSyncFromReconciler(fn),
    createRoot() {
      const args = [{}, ConcurrentRoot, null, false, null, '', nothing, nothing, nothing, nothing, null];
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

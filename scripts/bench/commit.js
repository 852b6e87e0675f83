/** A commit of React's with diff, encoding and sending, against React with a host that does nothing. */

import { createElement } from 'react';
import createReconciler from 'react-reconciler';
import { ConcurrentRoot, DefaultEventPriority } from 'react-reconciler/constants.js';
import { batch } from '../../dist/commands/index.js';
import { Group, Synth } from '../../dist/index.js';
import { OscWriter } from '../../dist/osc/encode.js';
import { createRoot } from '../../dist/reconciler/root.js';
import { pair } from './timing.js';

export const name = 'commit, against React with a host that does nothing (ms)';

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

function idleRoot() {
  const reconciler = idleReconciler();
  const root = reconciler.createContainer(
    {},
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
  );
  return (element) => {
    reconciler.updateContainerSync(element, root, null, null);
    reconciler.flushSyncWork();
    reconciler.flushPassiveEffects();
  };
}

const controls = ['freq', 'amp', 'pan', 'out'];
const def = {
  name: 'sine',
  bytes: new Uint8Array(4),
  description: {
    name: 'sine',
    hasGate: false,
    freesItself: false,
    controls: controls.map((control, index) => ({ name: control, index, defaults: [0], rate: 'control' })),
  },
};

/** A server that is as far away as the socket: everything is encoded, and dropped where it would be sent. */
function sink() {
  const writer = new OscWriter();
  let id = 1000;
  let bytes = 0;
  const answer = async () => ({ address: '', args: [] });
  return {
    abilities: { orderAnywhere: true },
    defaultGroup: { id: 1 },
    nodeIds: { allocate: () => id++ },
    synthDefs: { ensure: answer },
    state: 'online',
    send(commands) {
      for (const bundle of batch(commands)) bytes += writer.write(bundle).length;
    },
    request: answer,
    sync: answer,
    on: () => nothing,
    onState: () => nothing,
    get bytes() {
      return bytes;
    },
  };
}

const GROUPS = 100;
const SYNTHS = 10;

const tree = (value, changed) =>
  createElement(
    Group,
    null,
    Array.from({ length: GROUPS }, (_, group) =>
      createElement(
        Group,
        { key: group },
        Array.from({ length: SYNTHS }, (_, synth) =>
          createElement(Synth, {
            key: synth,
            def,
            freq: group * SYNTHS + synth < changed ? value : 1,
            amp: 0.2,
            pan: 0.5,
            out: 2,
          }),
        ),
      ),
    ),
  );

export async function run() {
  const results = {};
  const idle = idleRoot();
  const ours = createRoot(sink());
  await ours.render(tree(1, 0));
  for (const changed of [1, 100, 1000]) {
    let elements;
    const prepare = async (step) => {
      elements = [tree(step + 2, changed), tree(step + 2, changed)];
      await null;
    };
    results[`${changed} of 1,000 synths changed`] = await pair(
      300,
      () => idle(elements[0]),
      () => void ours.render(elements[1]),
      prepare,
    );
  }
  let mounts;
  results['1,000 synths in 100 groups mounted'] = await pair(
    100,
    () => idle(mounts[0]),
    () => void ours.render(mounts[1]),
    async () => {
      idle(null);
      await ours.render(null);
      mounts = [tree(1, 0), tree(1, 0)];
    },
  );
  return results;
}

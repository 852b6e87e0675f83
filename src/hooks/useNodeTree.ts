import { type RefObject, useCallback, useSyncExternalStore } from 'react';
import type { NodeHandle } from '../scene/nodeHandle.js';
import type { NodeState, NodesById } from '../server/index.js';
import { useServer } from './useServer.js';

const NO_NODES: NodesById = Object.freeze({});
const nothingToEnd = (): void => {};

/**
 * All nodes of the server by id, whoever made them: an object that is another one after each change. Where a piece is
 * rendered to a file there are none.
 */
export function useNodeTree(): NodesById {
  const tree = useServer().client?.tree;
  const subscribe = useCallback((onChange: () => void) => tree?.subscribe(onChange) ?? nothingToEnd, [tree]);
  const read = useCallback(() => tree?.snapshot() ?? NO_NODES, [tree]);
  return useSyncExternalStore(subscribe, read, read);
}

/**
 * The last state of a node that the server reported, or `undefined` while it has none.
 *
 * The state lags behind the JSX by the latency and a round trip. It starts with the server's `/n_go`, not
 * with the mount. It ends with `/n_end`, which may come before the unmount when a done action frees the
 * synth.
 *
 * @param ref - The ref of a `<Group>` or `<Synth>`.
 */
export function useNode(ref: RefObject<NodeHandle | null>): NodeState | undefined {
  const tree = useServer().client?.tree;
  const subscribe = useCallback((onChange: () => void) => tree?.subscribe(onChange) ?? nothingToEnd, [tree]);
  const read = useCallback(() => {
    const id = ref.current?.id;
    return id === undefined ? undefined : tree?.get(id);
  }, [tree, ref]);
  return useSyncExternalStore(subscribe, read, read);
}

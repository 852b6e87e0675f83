/**
 * `<Portal>`: children that stand elsewhere on a server than in the tree of components.
 */

import {
  createElement,
  type ReactNode,
  type RefObject,
  useContext,
  useInsertionEffect,
  useLayoutEffect,
  useMemo,
  useReducer,
} from 'react';
import { SuperColliderError } from '../errors.js';
import type { LiveScene } from '../live/liveScene.js';
import { type GroupHandle, NodeHandle } from '../scene/nodeHandle.js';
import type { SceneNode } from '../scene/sceneNode.js';
import type { Container } from './container.js';
import { internal } from './internals.js';
import { portalTo, sceneOf } from './root.js';
import { RootContext } from './rootContext.js';
import type { Root } from './rootOptions.js';

/** The props of `<Portal>`. */
export interface PortalProps {
  /** A group of the same root, by its ref or handle, or another root, also on another server. */
  readonly into: RefObject<GroupHandle | null> | GroupHandle | Root;
  /** The elements to render there. */
  readonly children?: ReactNode;
}

/**
 * Renders its children into another group, or into another root.
 *
 * State, context and error boundaries are those of the portal's own place. The nodes are in `into`, after the
 * nodes that are there. Buses and buffers that its children make belong to the root of `into`.
 *
 * A group given by its ref is entered when it is mounted; until then the portal renders no child.
 *
 * @throws SuperColliderError `invalid-argument` when `into` is neither a group nor a root, and for a group of
 *   another root.
 */
export function Portal({ into, children }: PortalProps): ReactNode {
  const scene = useContext(RootContext);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const handle = 'current' in into ? into.current : into instanceof NodeHandle ? into : undefined;
  const isWaiting = 'current' in into && handle === null;
  useLayoutEffect(() => {
    if (isWaiting) render();
  }, [isWaiting]);
  if (isWaiting) return null;
  if (!scene) return null;
  const target = handle ? scene : sceneOf(into as Root);
  const group = handle ? NodeHandle.elementOf(handle) : target?.root;
  if (!target || !group || group.type === 'Synth' || group.top !== target.root) {
    throw new SuperColliderError(
      'invalid-argument',
      '<Portal> needs into: the ref of a <Group> in the same root, or a root that createRoot() returned.',
    );
  }
  return createElement(Inside, { scene, target, group, children });
}

interface InsideProps {
  readonly scene: LiveScene;
  readonly target: LiveScene;
  readonly group: SceneNode;
  readonly children: ReactNode;
}

function Inside({ scene, target, group, children }: InsideProps): ReactNode {
  // React mounts everything again when the container is another object.
  const container = useMemo(
    (): Container => ({
      group,
      controlsOf: (def) => target.definitions.controlsOfProp(def),
      onCommit: () => {},
    }),
    [target, group],
  );
  useInsertionEffect(() => {
    if (target !== scene) scene.linked.add(target);
  }, [scene, target]);
  return portalTo(createElement(RootContext, { value: target }, children), container);
}

internal(Inside);

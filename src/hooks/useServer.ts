import { useContext } from 'react';
import { SuperColliderError } from '../errors.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { SceneServer } from '../live/sceneServer.js';
import { RootContext } from '../reconciler/rootContext.js';

/** The scene that the component is rendered into, for the other hooks. */
export function useScene(hook: string): SceneContext {
  const scene = useContext(RootContext);
  if (scene) return scene;
  throw new SuperColliderError(
    'no-server',
    `${hook}() found no server above this component. Render it with createRoot(server).render(…).`,
  );
}

/**
 * The server that the component's root renders onto, for requests, replies and state that no element covers. It stays
 * the same object over a reboot.
 *
 * `useServer().client` is the whole client. It is `undefined` where a piece is rendered to a file or a score.
 *
 * @example
 * ```tsx
 * const { client } = useServer();
 * const stop = () => void client?.freeAll();
 * ```
 *
 * @throws SuperColliderError `no-server` outside of a root.
 */
export const useServer = (): SceneServer => useScene('useServer').server;

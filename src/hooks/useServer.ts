import { useContext } from 'react';
import { SuperColliderError } from '../errors.js';
import type { LiveScene } from '../live/liveScene.js';
import type { SceneServer } from '../live/sceneServer.js';
import { RootContext } from '../reconciler/rootContext.js';

/** The scene that the component is rendered into, for the other hooks. */
export function useScene(hook: string): LiveScene {
  const scene = useContext(RootContext);
  if (scene) return scene;
  throw new SuperColliderError(
    'no-server',
    `${hook}() found no server above this component. Render it with createRoot(server).render(…).`,
  );
}

/**
 * The server that the component's root renders onto, for requests, replies and state that no element
 * covers. It stays the same object over a reboot.
 *
 * @throws SuperColliderError `no-server` outside of a root.
 */
export function useServer<Server extends SceneServer = SceneServer>(): Server {
  return useScene('useServer').server as Server;
}

import { createContext, useContext } from 'react';
import { RootContext } from '../reconciler/rootContext.js';
import type { SceneServer } from '../reconciler/sceneServer.js';

/** The server of a part of a page, for hooks in components of the DOM; `undefined` until it is started. */
export const ServerContext = createContext<SceneServer | undefined>(undefined);

/** The server that is nearest: that of the root, or that of the page; `undefined` when there is none, or not yet. */
export function useOptionalServer(): SceneServer | undefined {
  const scene = useContext(RootContext);
  const near = useContext(ServerContext);
  return scene?.server ?? near;
}

import { type Key, type ReactNode, Suspense, use } from 'react';
import { ContextBridge, ROOT_CONTEXTS } from '../hooks/contextBridge.js';
import { internal } from '../hooks/internal.js';
import { type Opening, type OwnedServer, useOpenedServer, useServerRoot } from '../hooks/useServerRoot.js';
import type { SceneServer } from '../live/sceneServer.js';
import type { Root, RootOptions } from '../reconciler/rootOptions.js';

export interface ServerProps {
  /**
   * Boots or connects: `() => boot({ engine: 'scsynth' })`, `() => connect({ port: 57110 })`. Called once, when it is
   * mounted; another key is another server.
   */
  readonly open: () => Promise<OwnedServer>;
  /** What is rendered here until the server is there. @default nothing */
  readonly fallback?: ReactNode;
  /** How the server's root is made; `createRoot` of `react-collider/node` reads files, too. @default `createRoot` */
  readonly createRoot?: ((server: SceneServer, options: RootOptions) => Root) | undefined;
  readonly key?: Key | null | undefined;
  readonly children?: ReactNode;
}

/**
 * A server of its own for what is in it. It is booted or connected to when it is mounted; what is in it waits for it,
 * and is in a root of its own, with its own order of execution. Several may stand in one tree, also in that of a page.
 * When it is unmounted a server of ours is quit, and another one left, after at most two seconds of releases.
 *
 * Contexts and StrictMode reach in from outside, but for what a server has of its own: a `<Transport>` outside is not
 * heard inside. What cannot be opened is thrown to the nearest error boundary, and so are the errors of what is in it.
 */
export function Server({ open, fallback = null, createRoot, children }: ServerProps): ReactNode {
  const opening = useOpenedServer(open);
  return (
    <Suspense fallback={fallback}>
      <ContextBridge except={ROOT_CONTEXTS}>
        {(carry) => (
          <OnServer opening={opening} createRoot={createRoot}>
            {carry(children)}
          </OnServer>
        )}
      </ContextBridge>
    </Suspense>
  );
}

function OnServer({
  opening,
  createRoot,
  children,
}: {
  readonly opening: Opening<OwnedServer>;
  readonly createRoot: ServerProps['createRoot'];
  readonly children?: ReactNode;
}): ReactNode {
  useServerRoot(use(opening.promise), children, opening.hold, createRoot);
  return null;
}

internal(OnServer);

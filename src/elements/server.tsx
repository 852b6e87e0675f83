import { type Key, type ReactNode, Suspense, use } from 'react';
import { ContextBridge, ROOT_CONTEXTS } from '../hooks/contextBridge.js';
import { internal } from '../hooks/internal.js';
import { type Opening, type OwnedServer, useOpenedServer, useServerRoot } from '../hooks/useServerRoot.js';
import type { SceneServer } from '../live/sceneServer.js';
import type { Root, RootOptions } from '../reconciler/rootOptions.js';

/** Props of `<AudioServer>`. */
export interface AudioServerProps {
  /**
   * Boots or connects: `() => boot({ engine: 'scsynth' })`, `() => connect({ port: 57110 })`. Called once, when it is
   * mounted; another key is another server.
   */
  readonly open: () => Promise<OwnedServer>;
  /** Content here until the server is online. @default nothing */
  readonly fallback?: ReactNode;
  /**
   * Makes the server's root; `createRoot` of `react-collider/node` also reads files. @default `createRoot`
   */
  readonly createRoot?: ((server: SceneServer, options: RootOptions) => Root) | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that sound on the server. */
  readonly children?: ReactNode;
}

/**
 * A server of its own for its children.
 *
 * Mounting boots it or connects to it. Its children wait for it, in a root of their own with its own order of
 * execution. Several may stand in one tree, also in that of a page.
 *
 * Unmounting quits a server of ours and leaves another one, after at most two seconds of releases.
 *
 * Contexts and StrictMode reach in from outside, except those that belong to a server. A `<Transport>`
 * outside has no effect inside. The nearest error boundary gets errors of opening the server, and those of
 * the children.
 */
export function AudioServer({ open, fallback = null, createRoot, children }: AudioServerProps): ReactNode {
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
  readonly createRoot: AudioServerProps['createRoot'];
  readonly children?: ReactNode;
}): ReactNode {
  useServerRoot(use(opening.promise), children, opening.hold, createRoot);
  return null;
}

internal(OnServer);

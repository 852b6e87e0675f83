/** Servers in a page: `<ServerProvider>` and `<Sound>`. Neither renders anything into the DOM. */

import {
  createContext,
  type Key,
  type ReactNode,
  use,
  useContext,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { ContextBridge } from '../hooks/contextBridge.js';
import { internal } from '../hooks/internal.js';
import { ServerContext } from '../hooks/serverContext.js';
import { createPageServer, type PageServer, type PageServerOptions } from './pageServer.js';
import type { SoundEntry } from './soundList.js';

export const PageServerContext = createContext<PageServer | null>(null);

/** Props of `<ServerProvider>`. */
export interface ServerProviderProps extends PageServerOptions {
  /** One that was made with `createPageServer`; then options count for nothing here. @default one of its own */
  readonly server?: PageServer | undefined;
  /** React's key: another key is another server. */
  readonly key?: Key | null | undefined;
  /** Part of the page that uses the server. */
  readonly children?: ReactNode;
}

/**
 * A server for the part of a page that is in it: `<Sound>` renders onto it, `useServerState` says how it is.
 *
 * Its own one is closed when it is unmounted. Options are those of the first render; another key is another server.
 */
export function ServerProvider({ server, children, ...options }: ServerProviderProps): ReactNode {
  const [own] = useState(() => createPageServer(options));
  const page = server ?? own;
  useEffect(() => page.startOnGesture(), [page]);
  const users = useState({ count: 0 })[0];
  useEffect(() => {
    users.count += 1;
    return () => {
      users.count -= 1;
      // StrictMode unmounts and mounts again at once: that is no end.
      setTimeout(() => {
        if (users.count === 0) void own.close();
      });
    };
  }, [own, users]);
  const { server: client } = useSyncExternalStore(
    page.subscribe,
    () => page.state,
    () => page.state,
  );
  return (
    <PageServerContext value={page}>
      <ServerContext value={client}>{children}</ServerContext>
    </PageServerContext>
  );
}

/** Props of `<Sound>`: options of a page server give the `<Sound>` a server of its own. */
export interface SoundProps extends PageServerOptions {
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements of sound. */
  readonly children?: ReactNode;
}

/**
 * Renders elements of sound onto the server of the page. A component may return a button and, beside it, a `<Sound>` of
 * the button.
 *
 * With options it has a server of its own. `<Sound engine="embedded"><Piece /></Sound>` starts at the first gesture.
 * `<Sound url="ws://localhost:57180/?token=…">` plays on a native server behind a bridge. For a start button, and for
 * several `<Sound>`s on one server, put `<ServerProvider>` around them.
 *
 * Contexts from outside reach in, StrictMode too. Errors go to the page's nearest error boundary, and a suspension to its
 * nearest `<Suspense>`; other `<Sound>`s sound on. Without an error boundary the page stays as it is, and the error goes
 * to `root.onError`. All `<Sound>`s of a server are in one root. Their order of execution is the order in which they
 * mounted.
 *
 * @throws SuperColliderError `no-server` outside of `<ServerProvider>` and without options; what the server could not be
 *   started for.
 */
export function Sound({ children, ...options }: SoundProps): ReactNode {
  if (Object.keys(options).length === 0) return <SoundOnPage>{children}</SoundOnPage>;
  return (
    <ServerProvider {...options}>
      <SoundOnPage>{children}</SoundOnPage>
    </ServerProvider>
  );
}

function SoundOnPage({ children }: { readonly children?: ReactNode }): ReactNode {
  const page = useContext(PageServerContext);
  if (!page) {
    throw new SuperColliderError(
      'no-server',
      '<Sound> found no server above it in the page. Put <ServerProvider> around it, or give it options of its own ' +
        'server: <Sound engine="embedded">.',
    );
  }
  return (
    <ContextBridge>
      {(carry, hasBoundary) => <Placed page={page} element={carry(children)} hasBoundary={hasBoundary} />}
    </ContextBridge>
  );
}

interface PlacedProps {
  readonly page: PageServer;
  readonly element: ReactNode;
  /** False where an error that is thrown would take the whole page away. */
  readonly hasBoundary: boolean;
}

function Placed({ page, element, hasBoundary }: PlacedProps): ReactNode {
  const [failure, setFailure] = useState<Error>();
  const [waiting, setWaiting] = useState<Promise<void>>();
  const [entry] = useState<SoundEntry>(() => {
    let end: (() => void) | undefined;
    return {
      element,
      onError: setFailure,
      onWait: (isWaiting) => {
        if (isWaiting) {
          setWaiting(
            new Promise((resolve) => {
              end = resolve;
            }),
          );
        } else {
          end?.();
          setWaiting(undefined);
        }
      },
    };
  });
  useLayoutEffect(() => {
    entry.element = element;
    page.sounds.put(entry);
  });
  // A layout effect would end while a <Suspense> of the page hides it, and with it what is waited for.
  useEffect(() => () => page.sounds.remove(entry), [page, entry]);
  const { status, error } = useSyncExternalStore(
    page.subscribe,
    () => page.state,
    () => page.state,
  );
  // A server that is looked for may come back.
  const thrown = status === 'failed' && error ? error : failure;
  useEffect(() => {
    if (thrown && !hasBoundary) page.report(thrown);
  }, [page, thrown, hasBoundary]);
  if (thrown && hasBoundary) throw thrown;
  if (waiting) use(waiting);
  return null;
}

internal(SoundOnPage);
internal(Placed);

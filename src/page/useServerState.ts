import { useCallback, useContext, useSyncExternalStore } from 'react';
import { SuperColliderError } from '../errors.js';
import type { PageServer, PageServerState } from './pageServer.js';
import { PageServerContext } from './sound.js';

/** State of the page's server, and the functions that start, suspend and resume it. */
export interface ServerStateControls extends PageServerState, Pick<PageServer, 'suspend' | 'resume'> {
  /** Boots the engine, or goes on after `suspend`. It never rejects: why it could not is in `error`. */
  readonly start: () => Promise<void>;
}

/**
 * State of the page's server, and the functions that start and suspend the server: for a start button.
 *
 * ```tsx
 * const { status, start } = useServerState();
 * return status === 'running' ? null : <button onClick={start}>Start</button>;
 * ```
 *
 * While a page is rendered on a server, and when it is hydrated, it is `idle`.
 *
 * @param server - @default that of the nearest `<ServerProvider>`
 * @throws SuperColliderError `no-server` when there is none.
 */
export function useServerState(server?: PageServer): ServerStateControls {
  const nearest = useContext(PageServerContext);
  const page = server ?? nearest;
  if (!page) {
    throw new SuperColliderError(
      'no-server',
      'useServerState() found no server above this component. Put <ServerProvider> around it, or hand it one of createPageServer().',
    );
  }
  const state = useSyncExternalStore(
    page.subscribe,
    () => page.state,
    () => page.state,
  );
  const { suspend, resume } = page;
  const start = useCallback(() => page.start().catch(() => {}), [page]);
  return { ...state, start, suspend, resume };
}

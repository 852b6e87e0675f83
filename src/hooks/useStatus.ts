import { useCallback, useSyncExternalStore } from 'react';
import type { Server, ServerStatus } from '../server/index.js';
import { useServer } from './useServer.js';

/**
 * What the server last said of itself: synths, groups, CPU. It is asked with each heartbeat, once a second; `undefined`
 * before its first answer, while it is offline, and where a piece is rendered to a file.
 */
export function useStatus(): ServerStatus | undefined {
  const server = useServer<Partial<Server> & ReturnType<typeof useServer>>();
  const subscribe = useCallback(
    (onChange: () => void) => {
      const ends = [server.on('/status.reply', onChange), server.onState(onChange)];
      return () => {
        for (const end of ends) end();
      };
    },
    [server],
  );
  const read = useCallback(() => server.lastStatus, [server]);
  return useSyncExternalStore(subscribe, read, read);
}

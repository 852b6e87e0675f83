import { useCallback, useSyncExternalStore } from 'react';
import type { ServerStatus } from '../server/index.js';
import { useServer } from './useServer.js';

/**
 * The last status that the server reported: synths, groups, CPU.
 *
 * Each heartbeat queries it, once a second. It is `undefined` before the first reply, while the server is
 * offline, and where a piece is rendered to a file.
 */
export function useStatus(): ServerStatus | undefined {
  const server = useServer();
  const subscribe = useCallback(
    (onChange: () => void) => {
      const ends = [server.on('/status.reply', onChange), server.onState(onChange)];
      return () => {
        for (const end of ends) end();
      };
    },
    [server],
  );
  const read = useCallback(() => server.client?.lastStatus, [server]);
  return useSyncExternalStore(subscribe, read, read);
}

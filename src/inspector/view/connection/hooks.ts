import { createContext, use, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Heard, HeardMessage, ListenQuestion, Snapshot } from '../../protocol.js';
import type { Connection, ConnectionState } from './connection.js';

export const ConnectionContext = createContext<Connection | undefined>(undefined);

/** The connection of the inspector above. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error('A view of the inspector stands outside of <Inspector>.');
  return connection;
}

export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.state, connection.state);
}

/**
 * A part of the picture; the component renders again when it is another one.
 *
 * @param select - Gives a part as it is in the snapshot, not one made for the occasion.
 */
export function usePicture<Part>(select: (snapshot: Snapshot) => Part): Part {
  const connection = useConnection();
  const read = () => select(connection.state().snapshot!);
  return useSyncExternalStore(connection.subscribe, read, read);
}

export function useHeard(): readonly HeardMessage[] {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.heard, connection.heard);
}

/** Repeated readings of a bus; returns the reason where the bus cannot be heard. */
export function useReadings(
  { kind, bus, channels, frames }: ListenQuestion,
  interval: number,
  onReading: (heard: Heard) => void,
): string | undefined {
  const connection = useConnection();
  const latest = useRef(onReading);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    latest.current = onReading;
  });
  useEffect(() => {
    let isMounted = true;
    const listen = async (): Promise<void> => {
      while (isMounted) {
        try {
          const heard = await connection.ask('listen', { kind, bus, channels, frames });
          if (isMounted) {
            latest.current(heard);
            setProblem(undefined);
          }
        } catch (error) {
          if (isMounted) setProblem((error as Error).message);
          await pause(500);
        }
        await pause(interval);
      }
    };
    void listen();
    return () => {
      isMounted = false;
    };
  }, [connection, kind, bus, channels, frames, interval]);
  return problem;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Readings of a bus, for components that show it. */

import { useEffect, useRef, useState } from 'react';
import { useOptionalServer } from '../hooks/serverContext.js';
import type { BusHandle } from '../scene/handles.js';
import type { Seconds } from '../units.js';
import { Listening, type Probe } from './listening.js';

/** A bus: a handle, or the index of its first channel, 0 for what is heard. */
export type BusRef = BusHandle | number;

/** Seconds after which a bus that is not there yet, or a server that is away, is looked for again. */
const PATIENCE: Seconds = 0.1;

/**
 * Repeated readings of a probe on a bus. The component renders again with each reading.
 *
 * The result is `undefined` until the first reply, and where a piece is rendered to a file.
 *
 * @param key - A new key starts a new probe.
 */
export function useProbe<Reading>(
  bus: BusRef,
  probe: () => Probe<Reading>,
  key: string,
  interval: Seconds,
): Reading | undefined {
  const server = useOptionalServer()?.client;
  const [reading, setReading] = useState<Reading>();
  const latest = useRef({ probe, interval });
  useEffect(() => {
    latest.current = { probe, interval };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the probe.
  useEffect(() => {
    if (!server) return;
    let isMounted = true;
    const wanted = latest.current.probe();
    const listen = async (): Promise<void> => {
      let listening: Listening<Reading> | undefined;
      while (isMounted) {
        const index = typeof bus === 'number' ? bus : bus.index;
        try {
          if (listening && !(listening.isAlive && listening.bus === index)) {
            listening.stop();
            listening = undefined;
          }
          if (index !== undefined && server.state === 'online') {
            listening ??= await Listening.start(server, wanted, index);
            const found = await listening.read();
            if (isMounted) setReading(() => found);
          }
        } catch {
          // The server is away: what was read last holds until it is back.
        }
        await pause(listening ? latest.current.interval : PATIENCE);
      }
      listening?.stop();
    };
    void listen();
    return () => {
      isMounted = false;
    };
  }, [server, bus, key]);
  return reading;
}

const pause = (seconds: Seconds): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

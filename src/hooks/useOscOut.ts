import { useCallback, useState } from 'react';
import type { Argument, Message } from '../osc/message.js';
import type { Seconds, UnixTime } from '../units.js';
import { useScene } from './useServer.js';

/** A place that OSC messages go to: what `openOscOutput` gave, or your own. */
export interface OscTarget {
  /** Sends messages as one bundle; the time is in seconds since 1970 by the system's clock. */
  send(messages: readonly Message[], time?: UnixTime): void;
}

/** Options of `useOscOut`. */
export interface OscOutOptions {
  /** Seconds that are added to the timestamps, for what arrives later than sound. @default 0 */
  readonly latency?: Seconds | undefined;
}

/**
 * A function that sends OSC messages, for effects and for callbacks of beats.
 *
 * Messages of one moment leave as one bundle, whose timestamp is that of the sound of the same commit. Offline nothing is sent.
 *
 * @param to - What `openOscOutput` gave; `undefined` for none yet.
 * @example
 * const send = useOscOut(lights);
 * useBeat(1, ({ beat }) => send('/lights/flash', beat));
 */
export function useOscOut(
  to: OscTarget | undefined,
  { latency = 0 }: OscOutOptions = {},
): (address: string, ...args: readonly Argument[]) => void {
  const scene = useScene('useOscOut');
  const [waiting] = useState(() => new Map<UnixTime, Message[]>());
  return useCallback(
    (address, ...args) => {
      if (!to || scene.server.takeMidi) return;
      const time = scene.clock.toSystem(scene.time + latency);
      const messages = waiting.get(time);
      if (messages) messages.push([address, ...args]);
      else {
        waiting.set(time, [[address, ...args]]);
        queueMicrotask(() => {
          const all = waiting.get(time)!;
          waiting.delete(time);
          to.send(all, time);
        });
      }
    },
    [scene, to, latency, waiting],
  );
}

import { useEffect, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import type { SceneServer } from '../live/sceneServer.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { BusHandle } from '../scene/handles.js';
import type { Seconds } from '../units.js';
import { useServer } from './useServer.js';

/** Interval of the queries for a bus's value. */
export interface BusValueOptions {
  /** Seconds between two questions; an answer that is late is waited for. @default 0.05 */
  readonly interval?: Seconds | undefined;
}

const same = (a: readonly number[] | undefined, b: readonly number[]): boolean =>
  a !== undefined && a.length === b.length && a.every((value, index) => value === b[index]);

/** In pieces where an engine does not answer more, all asked at once. */
async function readBus(server: SceneServer, index: number, channels: number): Promise<readonly number[]> {
  const { maxBusesPerQuery = channels } = server.abilities;
  const parts: Promise<ReceivedMessage>[] = [];
  for (let done = 0; done < channels; done += maxBusesPerQuery) {
    const count = Math.min(maxBusesPerQuery, channels - done);
    parts.push(server.request({ type: '/c_getn', ranges: [[index + done, count]] }));
  }
  return (await Promise.all(parts)).flatMap(({ args }) => args.slice(2) as number[]);
}

/**
 * The values of a control bus, a number for each channel, asked for again and again: for meters, and for what synths
 * tell. `undefined` before the first answer. The component renders again when one has changed. Sends `/c_getn`, several times
 * for many channels.
 *
 * @throws SuperColliderError `invalid-argument` for an audio bus.
 */
export function useBusValue(
  bus: BusHandle,
  { interval = 0.05 }: BusValueOptions = {},
): readonly number[] | undefined {
  if (bus.rate !== 'control') {
    throw new SuperColliderError(
      'invalid-argument',
      'useBusValue: that is an audio bus, which only synths read. Write its level to a control bus.',
    );
  }
  const server = useServer();
  const [values, setValues] = useState<readonly number[]>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isMounted = true;
    const ask = async (): Promise<void> => {
      const { index, channels } = bus;
      if (index !== undefined && server.state === 'online') {
        try {
          const now = await readBus(server, index, channels);
          if (isMounted) setValues((before) => (same(before, now) ? before : now));
        } catch {
          // The server is away: its last value holds until it is back.
        }
      }
      if (isMounted) timer = setTimeout(ask, interval * 1000);
    };
    void ask();
    return () => {
      isMounted = false;
      clearTimeout(timer);
    };
  }, [server, bus, interval]);
  return values;
}

import { useContext, useSyncExternalStore } from 'react';
import type { MusicalTime, Transport } from '../time/transport.js';
import { TransportContext } from './timeContext.js';
import { useTimeline } from './useTimeline.js';

/**
 * The `<Transport>` above, to play, pause and seek; without one, the root's own of a beat a second.
 *
 * The component renders again when it starts, stops, is sought or changes its tempo, not at each beat.
 */
export function useTransport(): Transport {
  const { scene } = useTimeline('useTransport');
  const transport = useContext(TransportContext) ?? scene.transport;
  useSyncExternalStore(transport.clock.subscribe, transport.clock.version, transport.clock.version);
  return transport;
}

/**
 * The present musical time, as a function for effects and callbacks. Inside of them it is the timestamp of
 * their commit, not the time at which they run.
 *
 * ```tsx
 * const musicalTime = useMusicalTime();
 * useEffect(() => console.log(musicalTime().bar), [chord]);
 * ```
 */
export function useMusicalTime(): () => MusicalTime {
  const { scene } = useTimeline('useMusicalTime');
  const transport = useContext(TransportContext) ?? scene.transport;
  return () => transport.at(scene.time);
}

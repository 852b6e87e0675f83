import {
  type Key,
  type ReactNode,
  type Ref,
  useContext,
  useImperativeHandle,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { TimelineContext, TransportContext } from '../hooks/timeContext.js';
import { useScene } from '../hooks/useServer.js';
import type { TransportLeader } from '../midi/midiClock.js';
import type { Meter } from '../time/meter.js';
import type { LoopRegion } from '../time/tempoClock.js';
import { type Tempo, TempoMap } from '../time/tempoMap.js';
import { Transport as RunningTransport } from '../time/transport.js';
import type { Beats } from '../units.js';
import { Group } from './nodes.js';
import { timed } from './timed.js';

/** Props of `<Transport>`. */
export interface TransportProps {
  /** Beats a minute, or a map of tempos and ramps that `tempo()` makes. @default 120 */
  readonly bpm?: Tempo | undefined;
  /** The meter by which bars are counted. @default '4/4' */
  readonly meter?: Meter | undefined;
  /** True while it plays; `false` pauses everything in it. @default true */
  readonly playing?: boolean | undefined;
  /** The beat that it starts at. @default 0 */
  readonly start?: Beats | undefined;
  /**
   * Another machine that the transport follows, such as `midiClock(input)`: tempo, position, start and stop are then
   * those of that machine. @default none
   */
  readonly follow?: TransportLeader | undefined;
  /** A part that is played again and again, in beats. @default none */
  readonly loop?: LoopRegion | undefined;
  /** Name of the group around what it drives. */
  readonly name?: string | undefined;
  /** The transport, to play, pause and seek from outside. */
  readonly ref?: Ref<RunningTransport> | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that use the transport's beats. */
  readonly children?: ReactNode;
}

/**
 * Beats for its children: `<Transport bpm={120}>` starts at beat 0 when it is mounted.
 *
 * Its children are in a group that is paused while the transport does not play. Sends `/g_new`, and `/n_run`
 * when it pauses and goes on.
 *
 * Changes of its props take effect at the scheduler's horizon, by default 0.1 s after the commit. Inside of
 * `root.at` and beat callbacks they take effect at those timestamps. A new tempo holds from the beat at which
 * it comes.
 *
 * @throws SuperColliderError `invalid-time` for a tempo that is not over 0 and for an invalid meter,
 *   `invalid-nesting` inside of another transport.
 */
export function Transport({
  bpm = 120,
  meter = '4/4',
  playing = true,
  start,
  follow,
  loop,
  name,
  ref,
  children,
  ...others
}: TransportProps): ReactNode {
  rejectUnknownProps('<Transport>', others, [
    ...['bpm', 'meter', 'playing', 'start', 'follow', 'loop', 'name', 'children'],
  ]);
  const scene = useScene('<Transport>');
  const { scheduler } = scene;
  if (useContext(TransportContext)) {
    throw new SuperColliderError(
      'invalid-nesting',
      '<Transport> stands inside of another <Transport>: what is in it would follow two tempos. Put them side by ' +
        'side, or use <Loop>, <Tuplet> and <Swing> for other meters and speeds.',
    );
  }
  const tempo = TempoMap.from(bpm);
  const [transport] = useState(() => new RunningTransport(scheduler, { tempo, meter, beat: start }));
  const { clock } = transport;
  useImperativeHandle(ref, () => transport, [transport]);
  useLayoutEffect(() => transport.open(), [transport]);
  useLayoutEffect(() => {
    scene.transports.add(transport);
    return () => void scene.transports.delete(transport);
  }, [scene, transport]);
  useLayoutEffect(() => transport.setMeter(meter), [transport, meter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a map that says the same is the same.
  useLayoutEffect(() => transport.setTempo(tempo), [transport, bpm]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an object literal is new at each render.
  useLayoutEffect(() => transport.setLoop(loop), [transport, loop?.from, loop?.to]);
  const isPlaying = playing && !follow;
  useLayoutEffect(() => (isPlaying ? transport.play() : transport.pause()), [transport, isPlaying]);
  useLayoutEffect(() => follow?.lead(transport, scene), [follow, transport, scene]);
  const isRunning = useSyncExternalStore(clock.subscribe, () => clock.isRunning);
  return (
    <TransportContext value={transport}>
      <TimelineContext value={clock}>
        <Group name={name} paused={!isRunning && !(isPlaying && !clock.hasBegun)}>
          {timed(children)}
        </Group>
      </TimelineContext>
    </TransportContext>
  );
}

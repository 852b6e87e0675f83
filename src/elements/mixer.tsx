import {
  type Key,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useBus } from '../hooks/useBus.js';
import type { GroupHandle } from '../scene/nodeHandle.js';
import { master } from '../synthdef/library/routing.js';
import { checkGain, checkWidth, levelOf, type Setting, shownOf } from './mixerChecks.js';
import { MixerContext } from './mixerContext.js';
import { MixerStore } from './mixerStore.js';
import { Group, Synth } from './nodes.js';

/** Props of `<Mixer>`. */
export interface MixerProps {
  /** Gain of everything in decibels, where no `<Master>` gives one. @default 0 */
  readonly gain?: Setting | undefined;
  /** Keeps the sum below full scale, with 20 ms of delay, where no `<Master>` says otherwise. @default true */
  readonly limiter?: boolean | undefined;
  /** Channels of the mixer, 1 to 8. @default 2 */
  readonly channels?: number | undefined;
  /** State that is shared with components outside, from `createMixer()`. @default one of its own */
  readonly mixer?: MixerStore | undefined;
  /** For paths in error messages and for the tree. @default 'mixer' */
  readonly name?: string | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Tracks, returns, and any elements, which are heard as they are. */
  readonly children?: ReactNode;
}

/**
 * A mixer: `<Track>`s with gain, pan, mute, solo and sends, `<Return>`s, and a limiter at the end, the `<Master>`.
 *
 * The server computes tracks before returns, and returns before the end, whatever their order in JSX. Changes glide in
 * 20 ms. What leaves is heard until it is silent. The mixer plays to the destination around it.
 *
 * @example
 * ```tsx
 * <Mixer>
 *   <Track name="bass" gain={-6}><Bass /></Track>
 *   <Track name="lead" pan={0.3} sends={{ hall: -12 }}><Lead /></Track>
 *   <Return name="hall" def={reverb} room={0.9} />
 * </Mixer>
 * ```
 */
export function Mixer({
  gain = 0,
  limiter = true,
  channels = 2,
  mixer,
  name = 'mixer',
  children,
  ...others
}: MixerProps): ReactNode {
  rejectUnknownProps('<Mixer>', others, ['gain', 'limiter', 'channels', 'mixer', 'name', 'children']);
  checkGain('<Mixer>', gain);
  checkWidth('<Mixer>', channels);
  const [own] = useState(() => new MixerStore());
  const store = mixer ?? own;
  const returns = useRef<GroupHandle>(null);
  const inserts = useRef<GroupHandle>(null);
  const sum = useBus({ channels, name: `${name} sum` });
  const bus = useBus({ channels, name: `${name} behind` });
  const end = useSyncExternalStore(store.subscribe, store.masterProps, store.masterProps);
  const changed = useSyncExternalStore(store.subscribe, store.masterChanges, store.masterChanges);
  const setting = end?.gain ?? changed?.gain ?? end?.defaultGain ?? gain;
  const muted = end?.muted ?? changed?.muted ?? end?.defaultMuted ?? false;
  const level = useMemo(() => levelOf(setting), [setting]);
  const shown = shownOf(setting);
  // Children's layout effects come before this one: their returns are known.
  useLayoutEffect(
    () => store.ready({ input: sum, bus, gain: shown, muted }),
    [store, sum, bus, shown, muted],
  );
  useLayoutEffect(() => () => store.end(), [store]);
  const def = useMemo(() => master(channels), [channels]);
  const context = useMemo(
    () => ({ store, returns, inserts, sum, channels, parent: undefined, isResting: false }),
    [store, sum, channels],
  );
  return (
    <MixerContext value={context}>
      {/* Strips of another size would be heard beside these until there is silence: all of it is made again. */}
      <Group key={channels} name={name}>
        <Group name="tracks" out={sum}>
          {children}
        </Group>
        <Group name="returns" out={sum} ref={returns} />
        <Group name="inserts" out={sum} ref={inserts} />
        <Synth
          name="master"
          def={def}
          bus={sum}
          post={bus}
          gain={muted ? 0 : level}
          limit={(end?.limiter ?? limiter) ? 1 : 0}
        />
      </Group>
    </MixerContext>
  );
}

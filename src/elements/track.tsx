import {
  type Key,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useBus } from '../hooks/useBus.js';
import { useScene } from '../hooks/useServer.js';
import type { BusHandle } from '../scene/handles.js';
import { channelsBehind, send, strip } from '../synthdef/library/routing.js';
import { amplitudeOf, type Seconds } from '../units.js';
import { Inserts, isEmpty } from './inserts.js';
import { checkGain, checkPan, checkWidth, levelOf, type Setting, shownOf } from './mixerChecks.js';
import { MixerContext, useMixerContext } from './mixerContext.js';
import { ownHearing, type TrackSettings } from './mixerStore.js';
import { Group, Synth } from './nodes.js';

/** A send of a track to a return: the level in decibels, or the level and the place. */
export type Send =
  | number
  | {
      /** Level in decibels. */
      readonly level: number;
      /** Takes the sound before the fader. @default false */
      readonly pre?: boolean | undefined;
    };

/** Props of `<Track>`. Settings are those of the props, else those that `useTrack` changed, else the defaults. */
export interface TrackProps extends Partial<Omit<TrackSettings, 'gain' | 'pan'>> {
  /** Gain in decibels; -Infinity for silence. A modulator or a live value gives decibels, too. @default 0 */
  readonly gain?: Setting | undefined;
  /**
   * Position from -1, left, to 1, right. It balances pairs of channels, of which the first is the left one.
   *
   * A track of one channel is placed between two, with equal power. @default 0
   */
  readonly pan?: Setting | undefined;
  /** Name of the track, for `useTrack`, errors and the tree. */
  readonly name: string;
  /** Gain to begin with, in decibels. @default 0 */
  readonly defaultGain?: number | undefined;
  /** Position to begin with. @default 0 */
  readonly defaultPan?: number | undefined;
  /** True to begin in silence. @default false */
  readonly defaultMuted?: boolean | undefined;
  /** True to begin with all other tracks silenced. @default false */
  readonly defaultSoloed?: boolean | undefined;
  /** Levels of the track in returns, by their names: `{ hall: -12, echo: { level: -6, pre: true } }`. */
  readonly sends?: Readonly<Record<string, Send>> | undefined;
  /**
   * Effects that process the track before its fader, in their order: `<Effect>`s that have nothing inside.
   *
   * One that is added or removed while the track plays fades within 50 ms.
   */
  readonly inserts?: ReactNode;
  /** Channels of the track, 1 to 8. @default 2 */
  readonly channels?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that play in the track; other tracks, too. */
  readonly children?: ReactNode;
}

const PROPS: readonly string[] = [
  'name',
  'gain',
  'pan',
  'muted',
  'soloed',
  'defaultGain',
  'defaultPan',
  'defaultMuted',
  'defaultSoloed',
  'sends',
  'inserts',
  'channels',
  'children',
];

/**
 * A track of a `<Mixer>`: what is inside gets its inserts, gain, pan, mute, solo and sends.
 *
 * A track may hold tracks. When it leaves, it is heard until it is silent. A track that is not heard, as it is muted or
 * another one is soloed, is paused 100 ms later. It stays awake for a send before the fader, also one of a track inside.
 *
 * @throws SuperColliderError `invalid-argument` outside of a mixer, and for a name that another track has.
 * @throws SuperColliderError `invalid-argument` for a send to an unknown return, and for an invalid setting.
 */
export function Track(props: TrackProps): ReactNode {
  const { name, sends = {}, inserts, channels = 2, children } = props;
  rejectUnknownProps('<Track>', props, PROPS);
  const what = `<Track name="${name}">`;
  if (typeof name !== 'string' || name === '')
    throw new SuperColliderError('invalid-argument', '<Track> needs a name, which is a text.');
  checkWidth(what, channels);
  const context = useMixerContext('<Track>');
  const { store, parent, channels: outputs } = context;
  const [, update] = useReducer((count: number) => count + 1, 0);
  const changed = store.changesOf(name);
  const gain = props.gain ?? changed?.gain ?? props.defaultGain ?? 0;
  const pan = props.pan ?? changed?.pan ?? props.defaultPan ?? 0;
  const muted = props.muted ?? changed?.muted ?? props.defaultMuted ?? false;
  const soloed = props.soloed ?? changed?.soloed ?? props.defaultSoloed ?? false;
  checkGain(what, gain);
  checkPan(what, pan, channels, outputs);
  const input = useBus({ channels, name: `track ${name}` });
  const bus = useBus({ channels: channelsBehind(channels, outputs), name: `track ${name} behind` });
  const [shownGain, shownPan] = [shownOf(gain), shownOf(pan)];
  const all = Object.entries(sends).map(([to, given]) => checkSend(what, to, given));
  const isTapped = all.some(({ pre }) => pre);
  const isRunning = useRef(false);
  useLayoutEffect(() => {
    isRunning.current = true;
    const settings = { gain: shownGain, pan: shownPan, muted, soloed, isTapped };
    store.put({ name, parent, input, bus, ...settings, update });
  }, [store, name, parent, input, bus, shownGain, shownPan, muted, soloed, isTapped]);
  useLayoutEffect(() => () => store.remove(name, bus), [store, name, bus]);
  const level = useMemo(() => levelOf(gain), [gain]);
  const hearing = store.hearingOf(name, bus) ?? ownHearing({ muted, isTapped });
  const isIdle = hearing === 'idle';
  const [isSilent, setSilent] = useState(isIdle);
  if (isSilent && !isIdle) setSilent(false);
  const isResting = isIdle && isSilent;
  const def = useMemo(() => strip(channels, outputs), [channels, outputs]);
  const inside = useMemo(
    () => ({ ...context, parent: name, channels, isResting }),
    [context, name, channels, isResting],
  );
  const sendsOf = (from: BusHandle, isPre: boolean) =>
    all
      .filter(({ pre }) => pre === isPre)
      .map(({ to, level }) => <SendSynth key={to} of={what} to={to} from={from} level={level} />);
  return (
    <MixerContext value={inside}>
      {isIdle && !isSilent && <UntilSilent onSilent={setSilent} />}
      <Group key={`${channels}-${outputs}`} name={name} paused={isResting}>
        <Group out={input}>
          {children}
          {!isEmpty(inserts) && (
            <Inserts bus={input} isRunning={isRunning}>
              {inserts}
            </Inserts>
          )}
        </Group>
        {sendsOf(input, true)}
        <Synth
          name="strip"
          def={def}
          bus={input}
          post={bus}
          gain={hearing === 'audible' ? level : 0}
          pan={pan}
        />
        {sendsOf(bus, false)}
      </Group>
    </MixerContext>
  );
}

/** Seconds after which nothing is heard of a track that is silenced: longer than the glide of its fader. */
const UNTIL_SILENT: Seconds = 0.1;

/** Calls when what is silenced is silent. */
function UntilSilent({ onSilent }: { readonly onSilent: (isSilent: boolean) => void }): ReactNode {
  const scene = useScene('<Track>');
  useLayoutEffect(() => {
    const next = scene.scheduler.schedule(scene.time + UNTIL_SILENT, () => onSilent(true));
    return () => next.cancel();
  }, [scene, onSilent]);
  return null;
}

interface SendSynthProps {
  /** The track, for errors. */
  readonly of: string;
  readonly to: string;
  readonly from: BusHandle;
  readonly level: number;
}

function SendSynth({ of, to, from, level }: SendSynthProps): ReactNode {
  const { store } = useMixerContext('<Track sends>');
  const returns = useSyncExternalStore(store.subscribe, store.returns, store.returns);
  const target = returns?.get(to)?.input;
  const outputs = target?.channels ?? 2;
  const def = useMemo(() => send(from.channels, outputs), [from.channels, outputs]);
  if (target) {
    const amplitude = amplitudeOf(level);
    return <Synth name={`to ${to}`} def={def} exit="stay" bus={from} out={target} level={amplitude} />;
  }
  if (!returns) return null;
  throw new SuperColliderError(
    'invalid-argument',
    `${of} sends to "${to}", which is no return of the mixer. ` +
      (returns.size === 0
        ? `Put <Return name="${to}" def={…} /> into the <Mixer>.`
        : `There are: ${[...returns.keys()].join(', ')}.`),
  );
}

function checkSend(what: string, to: string, given: Send) {
  const { level, pre = false } = typeof given === 'number' ? { level: given } : given;
  checkGain(`${what}: the send to "${to}"`, level);
  return { to, level, pre };
}

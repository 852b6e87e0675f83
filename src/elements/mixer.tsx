import {
  type Key,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { Portal } from '../hooks/internal.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useBus } from '../hooks/useBus.js';
import { derive } from '../hooks/useLiveValue.js';
import type { BusHandle } from '../scene/handles.js';
import { LiveSource } from '../scene/liveSource.js';
import { Modulator } from '../scene/modulator.js';
import type { GroupHandle } from '../scene/nodeHandle.js';
import type { ControlValue } from '../scene/props.js';
import type { SynthDef } from '../synthdef/index.js';
import { master, send, strip } from '../synthdef/library/routing.js';
import { amplitudeOf } from '../units.js';
import { Effect, type EffectProps } from './effect.js';
import { MixerContext, useMixerContext } from './mixerContext.js';
import { type MixerState, MixerStore, type TrackSettings } from './mixerStore.js';
import { kr } from './modulators.js';
import { Group, Synth } from './nodes.js';

/** Props of `<Mixer>`. */
export interface MixerProps {
  /** Gain of everything in decibels. @default 0 */
  readonly gain?: number | undefined;
  /** Keeps the sum below full scale, with 10 ms of delay. @default true */
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
 * A mixer: `<Track>`s with gain, pan, mute, solo and sends, `<Return>`s, and a limiter at the end.
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
  checkChannels('<Mixer>', channels);
  const [own] = useState(() => new MixerStore());
  const store = mixer ?? own;
  const returns = useRef<GroupHandle>(null);
  const bus = useBus({ channels, name: `${name} sum` });
  // Children's layout effects come before this one: their returns are known.
  useLayoutEffect(() => store.ready(), [store]);
  const def = useMemo(() => master(channels), [channels]);
  const context = useMemo(() => ({ store, returns, channels, parent: undefined }), [store, channels]);
  return (
    <MixerContext value={context}>
      {/* Strips of another size would be heard beside these until there is silence: all of it is made again. */}
      <Group key={channels} name={name}>
        <Group name="tracks" out={bus}>
          {children}
        </Group>
        <Group name="returns" out={bus} ref={returns} />
        <Synth name="master" def={def} bus={bus} gain={amplitudeOf(gain)} limit={limiter ? 1 : 0} />
      </Group>
    </MixerContext>
  );
}

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
  readonly gain?: number | Modulator | LiveSource | undefined;
  /** Balance from -1, left, to 1, right. @default 0 */
  readonly pan?: number | Modulator | LiveSource | undefined;
  /** Name of the track, for `useTrack`, errors and the tree. */
  readonly name: string;
  /** Gain to begin with, in decibels. @default 0 */
  readonly defaultGain?: number | undefined;
  /** Balance to begin with. @default 0 */
  readonly defaultPan?: number | undefined;
  /** @default false */
  readonly defaultMuted?: boolean | undefined;
  /** @default false */
  readonly defaultSoloed?: boolean | undefined;
  /** Levels of the track in returns, by their names: `{ hall: -12, echo: { level: -6, pre: true } }`. */
  readonly sends?: Readonly<Record<string, Send>> | undefined;
  /** Channels of the track, 1 to 8. @default 2 */
  readonly channels?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that play in the track; other tracks, too. */
  readonly children?: ReactNode;
}

/**
 * A track of a `<Mixer>`: what is inside gets its gain, balance, mute, solo and sends.
 *
 * Inserts are effects around what is inside. A track may hold tracks. When it leaves, it is heard until it is silent.
 *
 * @throws SuperColliderError `invalid-argument` outside of a mixer, and for a name that another track has.
 * @throws SuperColliderError `invalid-argument` for a send to an unknown return, and for an invalid setting.
 */
export function Track(props: TrackProps): ReactNode {
  const { name, sends = {}, channels = 2, children } = props;
  const {
    gain: g,
    pan: p,
    muted: m,
    soloed: s,
    defaultGain,
    defaultPan,
    defaultMuted,
    defaultSoloed,
    ...rest
  } = props;
  rejectUnknownProps('<Track>', rest, ['name', 'sends', 'channels', 'children', ...SETTINGS]);
  const what = `<Track name="${name}">`;
  if (typeof name !== 'string' || name === '')
    throw new SuperColliderError('invalid-argument', '<Track> needs a name, which is a text.');
  checkChannels(what, channels);
  const context = useMixerContext('<Track>');
  const { store, parent, channels: outputs } = context;
  const state = useSyncExternalStore(store.subscribe, store.read, store.read);
  const changed = store.changesOf(name);
  const gain = g ?? changed?.gain ?? defaultGain ?? 0;
  const pan = p ?? changed?.pan ?? defaultPan ?? 0;
  const muted = m ?? changed?.muted ?? defaultMuted ?? false;
  const soloed = s ?? changed?.soloed ?? defaultSoloed ?? false;
  checkGain(what, gain);
  checkPan(what, pan, channels);
  const bus = useBus({ channels, name: `track ${name}` });
  // Faders show the middle of what moves by itself.
  const [shownGain, shownPan] = [gain, pan].map((value) => (typeof value === 'number' ? value : 0)) as [
    number,
    number,
  ];
  useLayoutEffect(
    () => store.put({ name, parent, bus, gain: shownGain, pan: shownPan, muted, soloed }),
    [store, name, parent, bus, shownGain, shownPan, muted, soloed],
  );
  const level = useMemo(() => levelOf(gain), [gain]);
  const known = state.tracks.get(name);
  const isAudible = known?.bus === bus ? known.isAudible : !muted;
  const def = useMemo(() => strip(channels, outputs), [channels, outputs]);
  const inside = useMemo(() => ({ ...context, parent: name, channels }), [context, name, channels]);
  const all = Object.entries(sends).map(([to, given]) => sendOf(what, to, given, state));
  const sendsOf = (pre: boolean) =>
    all
      .filter((each) => each.pre === pre)
      .map(({ to, target, level }) => (
        <SendSynth key={to} to={to} from={bus} target={target} level={level} />
      ));
  return (
    <MixerContext value={inside}>
      <Group key={`${channels}-${outputs}`} name={name}>
        <Group out={bus}>{children}</Group>
        {sendsOf(true)}
        <Synth name="strip" def={def} bus={bus} gain={isAudible ? level : 0} pan={pan} />
        {sendsOf(false)}
      </Group>
    </MixerContext>
  );
}

/** Decibels as an amplitude. */
function levelOf(gain: number | Modulator | LiveSource): ControlValue {
  if (typeof gain === 'number') return amplitudeOf(gain);
  return gain instanceof LiveSource
    ? derive(gain, (decibels) => amplitudeOf(decibels!))
    : kr((c) => c.gain.dbamp(), { gain });
}

const SETTINGS = [
  'gain',
  'pan',
  'muted',
  'soloed',
  'defaultGain',
  'defaultPan',
  'defaultMuted',
  'defaultSoloed',
];

interface SendSynthProps {
  readonly to: string;
  readonly from: BusHandle;
  readonly target: BusHandle | undefined;
  readonly level: number;
}

function SendSynth({ to, from, target, level }: SendSynthProps): ReactNode {
  const def = useMemo(() => send(from.channels, target?.channels ?? 2), [from.channels, target?.channels]);
  if (!target) return null;
  return <Synth name={`to ${to}`} def={def} exit="stay" bus={from} out={target} level={amplitudeOf(level)} />;
}

function sendOf(what: string, to: string, given: Send, { returns, isReady }: MixerState) {
  const { level, pre = false } = typeof given === 'number' ? { level: given } : given;
  checkGain(`${what}: the send to "${to}"`, level);
  const target = returns.get(to);
  if (!target && isReady) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what} sends to "${to}", which is no return of the mixer. ` +
        (returns.size === 0
          ? `Put <Return name="${to}" def={…} /> into the <Mixer>.`
          : `There are: ${[...returns.keys()].join(', ')}.`),
    );
  }
  return { to, target, level, pre };
}

/** Props of `<Return>` that are no controls of its effect. */
export interface ReturnOwnProps {
  /** Name that sends use. */
  readonly name: string;
  /** Gain in decibels. @default 0 */
  readonly gain?: number | undefined;
  /** Balance from -1 to 1. @default 0 */
  readonly pan?: number | undefined;
  /** @default false */
  readonly muted?: boolean | undefined;
}

/** Props of `<Return>`: its own props, its effect, and the effect's controls. */
export type ReturnProps<Def extends string | SynthDef> = ReturnOwnProps &
  Omit<EffectProps<Def>, 'children' | 'paused' | 'gain' | 'pan' | 'muted' | 'name'>;

/**
 * A return of a `<Mixer>`: the sends of tracks are added up, go through an effect, and come back.
 *
 * Its effect is wet alone: `mix` is 1 unless the props say otherwise.
 */
export const Return = function Return({
  name,
  gain = 0,
  pan = 0,
  muted = false,
  ...effect
}: ReturnOwnProps & Readonly<Record<string, unknown>>): ReactNode {
  const what = `<Return name="${name}">`;
  checkGain(what, gain);
  checkPan(what, pan, 2);
  const { store, returns, channels } = useMixerContext('<Return>');
  const sum = useBus({ channels: 2, name: `return ${name}` });
  const wet = useBus({ channels: 2, name: `return ${name} behind` });
  useLayoutEffect(() => store.putReturn(name, sum), [store, name, sum]);
  const feed = useMemo(() => send(2, 2), []);
  const def = useMemo(() => strip(2, channels), [channels]);
  const props = { mix: 1, ...effect } as unknown as EffectProps<SynthDef>;
  return (
    <Portal into={returns}>
      <Group name={name}>
        <Group out={wet}>
          <Effect {...props}>
            <Synth def={feed} exit="stay" bus={sum} />
          </Effect>
        </Group>
        <Synth name="strip" def={def} bus={wet} gain={muted ? 0 : amplitudeOf(gain)} pan={pan} />
      </Group>
    </Portal>
  );
} as <const Def extends string | SynthDef>(props: ReturnProps<Def>) => ReactNode;

/** Channels of a strip, as in a hall with eight speakers. */
const MAX_CHANNELS = 8;

function checkGain(what: string, gain: unknown): void {
  if (gain instanceof Modulator || gain instanceof LiveSource) return;
  if (typeof gain === 'number' && gain <= 60) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: the gain is ${String(gain)}. It is a number of decibels up to 60; -Infinity is silence.`,
  );
}

function checkPan(what: string, pan: unknown, channels: number): void {
  if (pan !== 0 && channels !== 2) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what} has ${channels} channel${channels === 1 ? '' : 's'}, and pan balances two. Leave pan out, or channels.`,
    );
  }
  if (pan instanceof Modulator || pan instanceof LiveSource) return;
  if (typeof pan === 'number' && pan >= -1 && pan <= 1) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: pan is ${String(pan)}. It is a number from -1 to 1.`,
  );
}

function checkChannels(what: string, channels: number): void {
  if (Number.isInteger(channels) && channels >= 1 && channels <= MAX_CHANNELS) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: channels is ${channels}. It is a whole number from 1 to ${MAX_CHANNELS}.`,
  );
}

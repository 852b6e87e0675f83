/** The mixer around an element, and hooks for faders and meters. */

import { createContext, type RefObject, useContext, useMemo, useSyncExternalStore } from 'react';
import { SuperColliderError } from '../errors.js';
import type { BusHandle } from '../scene/handles.js';
import type { GroupHandle } from '../scene/nodeHandle.js';
import type {
  MasterSettings,
  MasterState,
  MixerState,
  MixerStore,
  TrackSettings,
  TrackState,
} from './mixerStore.js';

export interface MixerContextValue {
  readonly store: MixerStore;
  /** The group that returns are computed in, behind all tracks. */
  readonly returns: RefObject<GroupHandle | null>;
  /** The group that the inserts of the end are computed in, behind all returns, and the bus that they process. */
  readonly inserts: RefObject<GroupHandle | null>;
  readonly sum: BusHandle;
  /** Channels of the bus that the nearest strip plays to. */
  readonly channels: number;
  /** The track around. */
  readonly parent: string | undefined;
  /** True in a track that is paused, as nobody hears it. */
  readonly isResting: boolean;
}

export const MixerContext = createContext<MixerContextValue | undefined>(undefined);

/**
 * The tracks and returns of a mixer, for faders, meters and buttons.
 *
 * @param mixer - State from `createMixer()`. @default that of the `<Mixer>` around
 */
export function useMixer(mixer?: MixerStore): MixerState {
  const store = useStore('useMixer', mixer);
  return useSyncExternalStore(store.subscribe, store.read, store.read);
}

/** A track with functions that change its settings. */
export interface TrackControls extends TrackState {
  /** Changes settings that the track's props leave open. */
  readonly change: (settings: Partial<TrackSettings>) => void;
}

/**
 * A track of a mixer by its name; `undefined` while there is none.
 *
 * @param mixer - State from `createMixer()`. @default that of the `<Mixer>` around
 */
export function useTrack(name: string, mixer?: MixerStore): TrackControls | undefined {
  const store = useStore('useTrack', mixer);
  const track = useSyncExternalStore(store.subscribe, store.read, store.read).tracks.get(name);
  return useMemo(
    () => track && { ...track, change: (settings: Partial<TrackSettings>) => store.change(name, settings) },
    [track, store, name],
  );
}

/** The end of a mixer with a function that changes its settings. */
export interface MasterControls extends MasterState {
  /** Changes settings that the props of `<Master>` leave open. */
  readonly change: (settings: Partial<MasterSettings>) => void;
}

/**
 * The end of a mixer, for its fader and meters; `undefined` while the mixer is not mounted.
 *
 * @param mixer - State from `createMixer()`. @default that of the `<Mixer>` around
 */
export function useMaster(mixer?: MixerStore): MasterControls | undefined {
  const store = useStore('useMaster', mixer);
  const { master } = useSyncExternalStore(store.subscribe, store.read, store.read);
  return useMemo(
    () =>
      master && { ...master, change: (settings: Partial<MasterSettings>) => store.changeMaster(settings) },
    [master, store],
  );
}

function useStore(hook: string, given: MixerStore | undefined): MixerStore {
  const context = useContext(MixerContext);
  const store = given ?? context?.store;
  if (store) return store;
  throw new SuperColliderError(
    'invalid-argument',
    `${hook}() found no <Mixer> above this component. Make the state with createMixer(), and give it to both: <Mixer mixer={mixer}> and ${hook}(…, mixer).`,
  );
}

export function useMixerContext(what: string): MixerContextValue {
  const context = useContext(MixerContext);
  if (context) return context;
  throw new SuperColliderError('invalid-argument', `${what} stands in no <Mixer>. Put a <Mixer> around it.`);
}

/**
 * The bus of a track of the mixer around, behind its fader; `undefined` while the track is not mounted.
 *
 * @throws SuperColliderError `invalid-argument` without a mixer, and for a name that no track has.
 */
export function useTrackBus(what: string, name: string | undefined): BusHandle | undefined {
  const context = useContext(MixerContext);
  // Without a name nothing is read, and a fader that moves renders nothing here.
  const store = name === undefined ? undefined : context?.store;
  const read = store?.read ?? noMixer;
  const state = useSyncExternalStore(store?.subscribe ?? noSubscription, read, read);
  if (name === undefined) return undefined;
  if (!state) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what} names the track "${name}", and stands in no <Mixer>. Put a <Mixer> around it, or pass a bus.`,
    );
  }
  const track = state.tracks.get(name);
  if (!track && state.isReady) {
    throw new SuperColliderError(
      'invalid-argument',
      `${what} names the track "${name}", which the mixer does not have. There are: ${[...state.tracks.keys()].join(', ')}.`,
    );
  }
  return track?.bus;
}

const noSubscription = () => () => {};
const noMixer = () => undefined;

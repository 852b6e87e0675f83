/** The state of a mixer, which components inside and outside of the scene read and change. */

import { SuperColliderError } from '../errors.js';
import type { BusHandle } from '../scene/handles.js';
import type { Setting } from './mixerChecks.js';

/** Settings of a track that a fader, a knob or a button changes. */
export interface TrackSettings {
  /** Gain in decibels; -Infinity for silence. */
  readonly gain: number;
  /** Balance from -1, left, to 1, right. */
  readonly pan: number;
  /** True when the track is silenced. */
  readonly muted: boolean;
  /** True when only this track and other soloed tracks are heard. */
  readonly soloed: boolean;
}

/** A track of a mixer. */
export interface TrackState extends TrackSettings {
  /** The name of the track. */
  readonly name: string;
  /** The bus before the fader, for `useLevel` and `useScope`: the sound of what is inside, behind the inserts. */
  readonly input: BusHandle;
  /** The bus behind the fader, with gain and pan. */
  readonly bus: BusHandle;
  /** The name of the track around it. */
  readonly parent: string | undefined;
  /** False when the track is silenced, by `muted`, by that of a track around, or by the solo of another one. */
  readonly isAudible: boolean;
}

/** A return of a mixer. */
export interface ReturnState {
  /** The name of the return. */
  readonly name: string;
  /** The bus that sends play to. */
  readonly input: BusHandle;
  /** The bus behind the fader, for `useLevel` and `useScope`. */
  readonly bus: BusHandle;
}

/** Settings of the end of a mixer. */
export type MasterSettings = Pick<TrackSettings, 'gain' | 'muted'>;

/** The end of a mixer. */
export interface MasterState extends MasterSettings {
  /** The bus before the fader, behind the inserts. */
  readonly input: BusHandle;
  /** The bus behind the fader and the limiter, for `useLevel` and `useScope`. */
  readonly bus: BusHandle;
}

/** The tracks and returns of a mixer. */
export interface MixerState {
  /** The tracks by name, in the order in which they were mounted. */
  readonly tracks: ReadonlyMap<string, TrackState>;
  /** The returns by name. */
  readonly returns: ReadonlyMap<string, ReturnState>;
  /** The end; `undefined` while the mixer is not mounted. */
  readonly master: MasterState | undefined;
  /** True when the returns that stand in the mixer are known. @internal */
  readonly isReady: boolean;
}

/** `idle` for a track that nobody hears, also not through a send before a fader. @internal */
type Hearing = 'audible' | 'silenced' | 'idle';

type Track = Omit<TrackState, 'isAudible'> & {
  /** True when a send takes the sound before the fader. */
  readonly isTapped: boolean;
  /** Renders the track again. */
  readonly update: () => void;
};

/** The props of a `<Master>` that the end needs. @internal */
interface MasterProps {
  /** Tells the `<Master>` apart from others. */
  readonly element: object;
  readonly gain: Setting | undefined;
  readonly muted: boolean | undefined;
  readonly defaultGain: number | undefined;
  readonly defaultMuted: boolean | undefined;
  readonly limiter: boolean | undefined;
}

const NO_RETURNS: ReadonlyMap<string, ReturnState> = new Map();

/** The state of a mixer. Give it to `<Mixer mixer>` to change the mixer from anywhere, as from a page. */
export class MixerStore {
  readonly #tracks = new Map<string, Track>();
  readonly #changes = new Map<string, Partial<TrackSettings>>();
  readonly #listeners = new Set<() => void>();
  #returns = NO_RETURNS;
  #hearings: ReadonlyMap<string, Hearing> = new Map();
  #master: MasterState | undefined;
  #masterProps: MasterProps | undefined;
  #masterChanges: Partial<MasterSettings> | undefined;
  #isReady = false;
  #state: MixerState | undefined;

  /** The present state; another object after each change. */
  readonly read = (): MixerState => {
    // Made when somebody reads, as a mixer of a hundred tracks is mounted track by track.
    this.#state ??= {
      tracks: new Map(
        [...this.#tracks].map(([name, { isTapped: _, update: __, ...track }]) => [
          name,
          { ...track, isAudible: this.#hearings.get(name) === 'audible' },
        ]),
      ),
      returns: this.#returns,
      master: this.#master,
      isReady: this.#isReady,
    };
    return this.#state;
  };

  /** Calls after each change. Returns the function that ends this. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Changes settings of a track, where its props leave them open: `mixer.change('bass', { muted: true })`.
   *
   * @throws SuperColliderError `invalid-argument` for a name that no track has.
   */
  change(name: string, settings: Partial<TrackSettings>): void {
    if (!this.#tracks.has(name)) {
      throw new SuperColliderError(
        'invalid-argument',
        `There is no track "${name}" in the mixer. There are: ${[...this.#tracks.keys()].join(', ') || 'none'}.`,
      );
    }
    this.#changes.set(name, { ...this.#changes.get(name), ...settings });
    this.#update();
    this.#tracks.get(name)!.update();
  }

  /** Changes settings of the end, where the props of `<Master>` leave them open: `mixer.changeMaster({ gain: -6 })`. */
  changeMaster(settings: Partial<MasterSettings>): void {
    this.#masterChanges = { ...this.#masterChanges, ...settings };
    this.#update();
  }

  /** The settings that were changed past the props of a track. @internal */
  changesOf(name: string): Partial<TrackSettings> | undefined {
    return this.#changes.get(name);
  }

  /** Says how a track is heard; `undefined` for a name that another track has, or none. @internal */
  hearingOf(name: string, bus: BusHandle): Hearing | undefined {
    return this.#tracks.get(name)?.bus === bus ? this.#hearings.get(name) : undefined;
  }

  /** The returns, and `undefined` before all that the mixer was mounted with are known. @internal */
  readonly returns = (): ReadonlyMap<string, ReturnState> | undefined =>
    this.#isReady ? this.#returns : undefined;

  /** The props of the `<Master>`, if there is one. @internal */
  readonly masterProps = (): MasterProps | undefined => this.#masterProps;

  /** The settings of the end that were changed past its props. @internal */
  readonly masterChanges = (): Partial<MasterSettings> | undefined => this.#masterChanges;

  /** Adds a track or changes it. @internal */
  put(track: Track): void {
    const { name, bus } = track;
    const other = this.#tracks.get(name);
    if (other && other.bus !== bus) throw doubled('tracks', name);
    this.#tracks.set(name, track);
    this.#update();
  }

  /** Removes a track. @internal */
  remove(name: string, bus: BusHandle): void {
    if (this.#tracks.get(name)?.bus !== bus) return;
    this.#tracks.delete(name);
    this.#update();
  }

  /** Adds a return; returns the function that removes the return. @internal */
  putReturn(added: ReturnState): () => void {
    const { name } = added;
    if (this.#returns.has(name)) throw doubled('returns', name);
    this.#returns = new Map([...this.#returns, [name, added]]);
    this.#update();
    return () => {
      this.#returns = new Map([...this.#returns].filter(([other]) => other !== name));
      this.#update();
    };
  }

  /** Takes the props of a `<Master>`. @internal */
  putMaster(props: MasterProps): void {
    if (this.#masterProps && this.#masterProps.element !== props.element) {
      throw new SuperColliderError(
        'invalid-argument',
        '<Mixer>: there are two <Master>s in it. A mixer has one end: leave one out.',
      );
    }
    this.#masterProps = props;
    this.#update();
  }

  /** Forgets the props of a `<Master>` that leaves. @internal */
  removeMaster(element: object): void {
    if (this.#masterProps?.element !== element) return;
    this.#masterProps = undefined;
    this.#update();
  }

  /** Takes the state of the end; all returns that the mixer was mounted with are known from now on. @internal */
  ready(master: MasterState): void {
    this.#isReady = true;
    this.#master = master;
    this.#update();
  }

  /** The mixer has left. @internal */
  end(): void {
    this.#master = undefined;
    this.#update();
  }

  #update(): void {
    this.#state = undefined;
    // The last of the first commit tells everybody.
    if (!this.#isReady) return;
    const soloed = this.#soloed();
    const before = this.#hearings;
    const hearings = new Map<string, Hearing>();
    for (const track of this.#tracks.values()) hearings.set(track.name, hear(track, soloed, this.#tracks));
    for (const track of this.#tracks.values()) if (track.isTapped) wake(track, hearings, this.#tracks);
    this.#hearings = hearings;
    for (const track of this.#tracks.values())
      if (hearings.get(track.name) !== (before.get(track.name) ?? ownHearing(track))) track.update();
    for (const listener of [...this.#listeners]) listener();
  }

  /** The tracks that a solo leaves: the soloed ones, all in them, and all around them. `undefined` without a solo. */
  #soloed(): ReadonlySet<string> | undefined {
    const soloed = [...this.#tracks.values()].filter((track) => track.soloed);
    if (soloed.length === 0) return undefined;
    const heard = new Set<string>();
    for (const track of soloed) for (const { name } of upFrom(track, this.#tracks)) heard.add(name);
    for (const track of this.#tracks.values())
      for (const each of upFrom(track, this.#tracks)) if (each.soloed) heard.add(track.name);
    return heard;
  }
}

/** The way in which a track is heard by its own settings alone. @internal */
export const ownHearing = ({ muted, isTapped }: Pick<Track, 'muted' | 'isTapped'>): Hearing =>
  muted ? (isTapped ? 'silenced' : 'idle') : 'audible';

type Tracks = ReadonlyMap<string, Track>;

function hear(track: Track, soloed: ReadonlySet<string> | undefined, tracks: Tracks): Hearing {
  if (soloed && !soloed.has(track.name)) return 'idle';
  for (const { muted } of upFrom(track, tracks)) if (muted) return 'idle';
  return 'audible';
}

/** A track with a send before its fader is computed, with all around it. */
function wake(track: Track, hearings: Map<string, Hearing>, tracks: Tracks): void {
  for (const { name } of upFrom(track, tracks))
    if (hearings.get(name) === 'idle') hearings.set(name, 'silenced');
}

function* upFrom(track: Track, tracks: Tracks): Generator<Track> {
  for (let each: Track | undefined = track; each; each = tracks.get(each.parent ?? '')) yield each;
}

/** Makes the state of a mixer, for `<Mixer mixer>` and for components anywhere. */
export const createMixer = (): MixerStore => new MixerStore();

const doubled = (what: string, name: string): SuperColliderError =>
  new SuperColliderError(
    'invalid-argument',
    `<Mixer>: there are two ${what} with the name "${name}". Names tell ${what} apart: choose another one.`,
  );

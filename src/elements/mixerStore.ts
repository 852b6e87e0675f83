/** The state of a mixer, which components inside and outside of the scene read and change. */

import { SuperColliderError } from '../errors.js';
import type { BusHandle } from '../scene/handles.js';

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
  /** The bus of the track: the sound behind the fader, for `useLevel` and `useScope`. */
  readonly bus: BusHandle;
  /** The name of the track around it. */
  readonly parent: string | undefined;
  /** True when neither `muted` nor the solo of another track silences the track. */
  readonly isAudible: boolean;
}

/** The tracks and returns of a mixer. */
export interface MixerState {
  /** The tracks by name, in the order in which they were mounted. */
  readonly tracks: ReadonlyMap<string, TrackState>;
  /** The buses of the returns, by name. */
  readonly returns: ReadonlyMap<string, BusHandle>;
  /** True when the returns that stand in the mixer are known. @internal */
  readonly isReady: boolean;
}

type Track = Omit<TrackState, 'isAudible'>;

/** The state of a mixer. Give it to `<Mixer mixer>` to change the mixer from anywhere, as from a page. */
export class MixerStore {
  readonly #tracks = new Map<string, Track>();
  readonly #returns = new Map<string, BusHandle>();
  readonly #changes = new Map<string, Partial<TrackSettings>>();
  readonly #listeners = new Set<() => void>();
  #isReady = false;
  #state: MixerState = { tracks: new Map(), returns: new Map(), isReady: false };

  /** The present state; another object after each change. */
  readonly read = (): MixerState => this.#state;

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
  }

  /** The settings that were changed past the props of a track. @internal */
  changesOf(name: string): Partial<TrackSettings> | undefined {
    return this.#changes.get(name);
  }

  /** Adds a track or changes it; returns the function that removes the track. @internal */
  put(track: Track): () => void {
    const { name, bus } = track;
    const other = this.#tracks.get(name);
    if (other && other.bus !== bus) throw doubled('tracks', name);
    this.#tracks.set(name, track);
    this.#update();
    return () => {
      if (this.#tracks.get(name)?.bus !== bus) return;
      this.#tracks.delete(name);
      this.#update();
    };
  }

  /** Adds a return; returns the function that removes the return. @internal */
  putReturn(name: string, bus: BusHandle): () => void {
    if (this.#returns.has(name)) throw doubled('returns', name);
    this.#returns.set(name, bus);
    this.#update();
    return () => {
      this.#returns.delete(name);
      this.#update();
    };
  }

  /** All returns that the mixer was mounted with are known from now on. @internal */
  ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#update();
  }

  #update(): void {
    const tracks = new Map<string, TrackState>();
    const heard = this.#soloed();
    for (const [name, track] of this.#tracks) {
      const isAudible = !track.muted && (heard === undefined || heard.has(name));
      tracks.set(name, { ...track, isAudible });
    }
    this.#state = { tracks, returns: new Map(this.#returns), isReady: this.#isReady };
    for (const listener of [...this.#listeners]) listener();
  }

  /** The tracks that a solo leaves: the soloed ones, all in them, and all around them. `undefined` without a solo. */
  #soloed(): ReadonlySet<string> | undefined {
    const soloed = [...this.#tracks.values()].filter((track) => track.soloed);
    if (soloed.length === 0) return undefined;
    const heard = new Set<string>();
    for (const track of soloed) for (const name of this.#upFrom(track)) heard.add(name);
    for (const track of this.#tracks.values())
      if ([...this.#upFrom(track)].some((name) => this.#tracks.get(name)?.soloed)) heard.add(track.name);
    return heard;
  }

  *#upFrom(track: Track): Generator<string> {
    for (let each: Track | undefined = track; each; each = this.#tracks.get(each.parent ?? ''))
      yield each.name;
  }
}

/** Makes the state of a mixer, for `<Mixer mixer>` and for components anywhere. */
export const createMixer = (): MixerStore => new MixerStore();

const doubled = (what: string, name: string): SuperColliderError =>
  new SuperColliderError(
    'invalid-argument',
    `<Mixer>: there are two ${what} with the name "${name}". Names tell ${what} apart: choose another one.`,
  );

/** The controls and listeners of a live value. */

import type { LiveHost } from '../scene/liveHost.js';
import { LiveSource, type LiveUse } from '../scene/liveSource.js';
import type { ControlDescription } from '../synthdef/index.js';
import type { Rate, UnixTime } from '../units.js';
import type { Motion } from './motion.js';
import { MAX_SEGMENTS, Ramp } from './ramp.js';

/** Uses before those that are over are looked for: a value that is never set would keep all notes of a piece. */
const FIRST_LOOK = 32;

/** Hertz, of a server that has not said. */
const DEFAULT_SAMPLE_RATE = 48_000;

/** A value that is computed from others, as those others see it. */
export interface Dependent {
  /** One of the sources has another number, or moves in another way. */
  sourceChanged(): void;
  /** The sources are in controls of that scene. */
  readonly host: LiveHost | undefined;
}

/** A number that changes without a render, with the controls that it is in. */
export abstract class ValueSource extends LiveSource {
  readonly #uses = new Map<object, Map<string, LiveUse>>();
  readonly #listeners = new Set<(value: number) => void>();
  readonly #dependents = new Set<Dependent>();
  #look = FIRST_LOOK;
  #host: LiveHost | undefined;
  /** The modulators of now, by scene and rate. */
  readonly #ramps = new Map<LiveHost, Map<Rate, Ramp>>();
  #runs = 0;
  /** The time of the last change from a number to a movement, or back. */
  #movedFor: UnixTime = 0;
  /** The end of an envelope that does not hold the whole movement. */
  #nextPart: { cancel(): void } | undefined;

  /** The movement of now; `undefined` while the number stands. @internal */
  abstract get motion(): Motion | undefined;

  /** True while the value moves by itself. */
  get isMoving(): boolean {
    return this.motion !== undefined;
  }

  /** The scene whose time counts: one that has the value in a control. @internal */
  get host(): LiveHost | undefined {
    if (this.#host && !this.#host.isClosed) return this.#host;
    for (const dependent of this.#dependents) if (dependent.host) return dependent.host;
    return undefined;
  }

  /** The time of what is done now: of the scene, or of this machine where no scene has the value. @internal */
  get time(): UnixTime {
    return this.host?.time ?? Date.now() / 1000;
  }

  /** Gives the scene, before a control has the value. @internal */
  standIn(host: LiveHost | undefined): void {
    if (!this.host) this.#host = host;
  }

  subscribe(listener: (value: number) => void): () => void {
    this.#listeners.add(listener);
    this.awake();
    return () => {
      this.#listeners.delete(listener);
      this.#rest();
    };
  }

  /** Makes a computed value follow. @internal */
  addDependent(dependent: Dependent): () => void {
    this.#dependents.add(dependent);
    this.awake();
    return () => {
      this.#dependents.delete(dependent);
      this.#rest();
    };
  }

  /** @internal */
  addUse(element: object, place: string, use: LiveUse, host: LiveHost | undefined): void {
    if (!this.#host || this.#host.isClosed) this.#host = host;
    if (this.#uses.size >= this.#look) {
      this.#dropOver();
      this.#look = FIRST_LOOK + 2 * this.#uses.size;
    }
    const uses = this.#uses.get(element);
    if (uses) uses.set(place, use);
    else this.#uses.set(element, new Map([[place, use]]));
    this.awake();
  }

  /** @internal */
  moving(rate: ControlDescription['rate'], host: LiveHost): Ramp | undefined {
    const { motion } = this;
    // A control that is read once, or for a moment, cannot be moved.
    if (!motion || (rate !== 'control' && rate !== 'audio')) return undefined;
    let ramps = this.#ramps.get(host);
    if (!ramps) {
      ramps = new Map();
      this.#ramps.set(host, ramps);
    }
    let ramp = ramps.get(rate);
    if (!ramp) {
      const { time } = host;
      const sampleRate = sampleRateOf(host);
      ramp = new Ramp({ rate, motion, time, sampleRate, run: this.#runs, host });
      ramps.set(rate, ramp);
      const end = motion.endOf(time, sampleRate, MAX_SEGMENTS);
      if (end < motion.end) this.#nextPart ??= host.scheduler.schedule(end, () => this.moved());
    }
    return ramp;
  }

  /** Tells all controls and listeners of another number. */
  protected changed(): void {
    // A number of now must not overtake a movement whose bundle is for a time to come.
    if (this.host && this.#movedFor > this.host.clock.now()) {
      this.moved();
      return;
    }
    const value = this.get();
    for (const [element, uses] of this.#uses) {
      for (const [place, use] of uses) {
        if (!use.update(value)) uses.delete(place);
      }
      if (uses.size === 0) this.#uses.delete(element);
    }
    this.#tell(value);
  }

  /** Has all controls read again: the value moves now, or in another way, or stands again. */
  protected moved(): void {
    this.#runs += 1;
    this.#movedFor = this.time;
    this.#ramps.clear();
    this.#nextPart?.cancel();
    this.#nextPart = undefined;
    this.#dropOver();
    for (const uses of this.#uses.values()) for (const use of uses.values()) use.readAgain();
    this.#tell(this.get());
  }

  /** Called when somebody wants to hear of changes. */
  protected awake(): void {}

  /** Called when nobody does any more. */
  protected asleep(): void {}

  #tell(value: number): void {
    if (this.#dependents.size > 0) for (const dependent of [...this.#dependents]) dependent.sourceChanged();
    if (this.#listeners.size > 0) for (const listener of [...this.#listeners]) listener(value);
    this.#rest();
  }

  #dropOver(): void {
    for (const [element, uses] of this.#uses) {
      for (const [place, use] of uses) if (use.isOver) uses.delete(place);
      if (uses.size === 0) this.#uses.delete(element);
    }
  }

  #rest(): void {
    if (this.#uses.size === 0 && this.#listeners.size === 0 && this.#dependents.size === 0) this.asleep();
  }
}

const sampleRateOf = ({ server }: LiveHost): number =>
  server.sampleRate || server.engine?.sampleRate || DEFAULT_SAMPLE_RATE;

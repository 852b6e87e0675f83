/**
 * A timeline that runs: it starts, stops, changes its tempo and is wound to another beat.
 */

import { SuperColliderError } from '../errors.js';
import type { Beats, UnixTime } from '../units.js';
import { type Tempo, TempoMap } from './tempoMap.js';
import type { Timeline } from './timeline.js';

/** Options of a clock in beats. */
export interface TempoClockOptions {
  /** The tempo: a number of beats a minute, or a tempo map. */
  readonly tempo: Tempo;
  /** For errors. @default '<Transport>' */
  readonly name?: string | undefined;
  /** The beat that it starts with. @default 0 */
  readonly beat?: Beats | undefined;
}

/** Part of a piece that is played again and again, in beats. */
export interface LoopRegion {
  /** The first beat of the loop. */
  readonly from: Beats;
  /** The beat at which the loop turns back to `from`. */
  readonly to: Beats;
}

/**
 * Beats and times of a transport.
 *
 * The clock has no timer: each change carries the time at which it happens. Later queries answer only for
 * times after that change. Changes come in the order of their times.
 */
export class TempoClock implements Timeline {
  /** The name for errors. */
  readonly name: string;
  /** A transport has no end. */
  readonly length = Number.POSITIVE_INFINITY;
  /** A transport is no part of another timeline. */
  readonly isPart = false;
  readonly #listeners = new Set<() => void>();
  #tempo: TempoMap;
  /** A beat and its moment: all others are counted from there. */
  #beat: Beats;
  #time: UnixTime | undefined;
  #isRunning = false;
  #generation = 0;
  #version = 0;
  #loop: LoopRegion | undefined;

  constructor({ tempo, name = '<Transport>', beat = 0 }: TempoClockOptions) {
    this.#tempo = TempoMap.from(tempo);
    this.name = name;
    this.#beat = checkBeat(beat, 'start');
  }

  /** Counts changes of tempo, position and state. */
  get generation(): number {
    return this.#generation;
  }

  /** The tempo over the beats. */
  get tempo(): TempoMap {
    return this.#tempo;
  }

  /** True between `start` and `stop`. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** True once it was started, though it may stand now. */
  get hasBegun(): boolean {
    return this.#time !== undefined;
  }

  /** The part that repeats, if any. */
  get loop(): LoopRegion | undefined {
    return this.#loop;
  }

  /** The beat at a time. */
  beatAt(time: UnixTime): Beats {
    if (this.#time === undefined) return Number.NEGATIVE_INFINITY;
    if (!this.#isRunning) return this.#beat;
    return this.#tempo.beatAt(this.#tempo.secondsAt(this.#beat) + (time - this.#time));
  }

  /** The next time of a beat; `undefined` when none is known. */
  timeOf(beat: Beats): UnixTime | undefined {
    if (!this.#isRunning || this.#time === undefined) return undefined;
    if (this.#loop && this.#beat < this.#loop.to && beat >= this.#loop.to) return undefined;
    return this.#timeOf(beat);
  }

  /** The time at which the loop turns back to its beginning; `undefined` without a loop, or behind it. */
  get timeOfTurn(): UnixTime | undefined {
    if (!this.#isRunning || !this.#loop || this.#beat >= this.#loop.to) return undefined;
    return this.#timeOf(this.#loop.to);
  }

  /** Beats a minute at a moment. */
  bpmAt(time: UnixTime): number {
    return this.#tempo.bpmAt(Math.max(0, this.beatAt(time)));
  }

  /** Starts to count at a time. */
  start(time: UnixTime): void {
    if (this.#isRunning) return;
    this.#time = time;
    this.#isRunning = true;
    this.#tell();
  }

  /** Stands still; the beat stays. */
  stop(time: UnixTime): void {
    if (this.#time === undefined) {
      this.#time = time;
      this.#tell();
    }
    if (!this.#isRunning) return;
    this.#anchor(time);
    this.#isRunning = false;
    this.#tell();
  }

  /**
   * Goes to a beat: everything that sounds there begins again.
   *
   * @throws SuperColliderError `invalid-time` for a beat that is negative or not a number.
   */
  seek(beat: Beats, time: UnixTime): void {
    this.#beat = checkBeat(beat, 'seek');
    if (this.#time !== undefined) this.#time = time;
    this.#generation += 1;
    this.#tell();
  }

  /** Another tempo from `time` on, at the beat that it stands at then. */
  setTempo(tempo: Tempo, time: UnixTime): void {
    const next = TempoMap.from(tempo);
    if (next.equals(this.#tempo)) return;
    if (this.#isRunning) this.#anchor(time);
    this.#tempo = next;
    this.#tell();
  }

  /** @throws SuperColliderError `invalid-time` when the region does not go from a beat to a later one. */
  setLoop(loop: LoopRegion | undefined): void {
    if (loop && !(checkBeat(loop.from, 'loop') < checkBeat(loop.to, 'loop'))) {
      throw new SuperColliderError(
        'invalid-time',
        `${this.name}: a loop goes from a beat to a later one, not from ${loop.from} to ${loop.to}.`,
      );
    }
    if (loop?.from === this.#loop?.from && loop?.to === this.#loop?.to) return;
    this.#loop = loop;
    this.#tell();
  }

  /** Calls back after each change; returns what ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The number of changes so far. */
  readonly version = (): number => this.#version;

  #timeOf(beat: Beats): UnixTime {
    return this.#time! + (this.#tempo.secondsAt(beat) - this.#tempo.secondsAt(this.#beat));
  }

  #anchor(time: UnixTime): void {
    this.#beat = this.beatAt(time);
    this.#time = time;
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}

function checkBeat(beat: Beats, what: string): Beats {
  if (beat >= 0 && beat < Number.POSITIVE_INFINITY) return beat;
  throw new SuperColliderError(
    'invalid-time',
    `${what}: a beat is a number from 0 up, not ${beat}. Beat 0 is where the transport starts.`,
  );
}

/**
 * A player: a tempo clock with play, pause, seek and loop, which take effect at times that can be kept.
 */

import type { Beats, UnixTime } from '../units.js';
import { type BarPosition, barPosition, beatsPerBar, type Meter } from './meter.js';
import type { Scheduled, Scheduler } from './scheduler.js';
import { type LoopRegion, TempoClock } from './tempoClock.js';
import type { Tempo } from './tempoMap.js';

/** Points in time: the bars of a transport, or the multiples of a number of beats. */
export type Grid = 'bar' | Beats;

/** Beats that are closer to a point of the grid are on it. */
const ON_GRID: Beats = 1e-5;

/** Options of a transport. */
export interface TransportOptions {
  /** The tempo: beats a minute, or a tempo map. */
  readonly tempo: Tempo;
  /** The beats of a bar. */
  readonly meter: Meter;
  /** The name for errors. */
  readonly name?: string | undefined;
  /** Beat to start at. @default 0 */
  readonly beat?: Beats | undefined;
}

/** The position of a transport at a time. */
export interface MusicalTime extends BarPosition {
  /** The moment, in seconds since 1970; offline, seconds since the beginning. */
  readonly time: UnixTime;
  /** Counted from the transport's beginning; -Infinity before it. */
  readonly beat: Beats;
  /** Beats a minute. */
  readonly bpm: number;
}

/**
 * A transport that can be operated.
 *
 * Inside of a scheduled moment a change happens at that moment. Outside it happens at the scheduler's
 * horizon, by default 0.1 s from now: what is before that has left already, and cannot be called back.
 */
export class Transport {
  /** The clock that converts between the transport's beats and times. */
  readonly clock: TempoClock;
  readonly #scheduler: Scheduler;
  #meter: Meter;
  #turn: Scheduled | undefined;
  #wantsToPlay = false;
  #end: (() => void) | undefined;

  constructor(scheduler: Scheduler, { tempo, meter, name, beat }: TransportOptions) {
    this.#scheduler = scheduler;
    this.clock = new TempoClock({ tempo, name, beat });
    this.#meter = meter;
    barPosition(meter, 0);
  }

  /** The meter by which beats are counted in bars. */
  get meter(): Meter {
    return this.#meter;
  }

  /** True while beats go on; lags behind `play` and `pause` by the lookahead. */
  get isPlaying(): boolean {
    return this.clock.isRunning;
  }

  /** Follows the loop until `close`; the component that has it calls this. */
  open(): () => void {
    const end = this.clock.subscribe(() => this.#watchTurn());
    this.#watchTurn();
    this.#end = () => {
      end();
      this.#turn?.cancel();
      this.#turn = undefined;
    };
    return () => this.#end?.();
  }

  /** @param at - The moment, from the horizon on. @default the horizon */
  play(at?: UnixTime): void {
    this.#wantsToPlay = true;
    this.#change((time) => {
      if (this.#wantsToPlay) this.clock.start(time);
    }, at);
  }

  /** Stops the beats where they are; the next `play` goes on from there. */
  pause(): void {
    this.#wantsToPlay = false;
    this.#change((time) => {
      if (!this.#wantsToPlay) this.clock.stop(time);
    });
  }

  /** Goes to a beat. Sounds of that beat begin again; other sounds are released. */
  seek(beat: Beats): void {
    this.#change((time) => this.clock.seek(beat, time));
  }

  /** Another tempo, from the beat at which the change happens. */
  setTempo(tempo: Tempo): void {
    this.#change((time) => this.clock.setTempo(tempo, time));
  }

  /**
   * Sets another meter at once; beats stay as they are.
   *
   * @throws SuperColliderError `invalid-time` for an invalid meter.
   */
  setMeter(meter: Meter): void {
    barPosition(meter, 0);
    this.#meter = meter;
  }

  /** Plays a part again and again, once it has come there; `undefined` ends that. */
  setLoop(loop: LoopRegion | undefined): void {
    this.clock.setLoop(loop);
  }

  /** The transport's position at a time. */
  at(time: UnixTime): MusicalTime {
    const beat = this.clock.beatAt(time);
    const position = Number.isFinite(beat) ? barPosition(this.#meter, beat) : { bar: 0, beatInBar: 0 };
    return { time, beat, bpm: this.clock.bpmAt(time), ...position };
  }

  /** The first time on a grid from a moment on; `undefined` while the transport stands. */
  nextOn(grid: Grid, from: UnixTime): UnixTime | undefined {
    const step = grid === 'bar' ? beatsPerBar(this.#meter) : grid;
    const beat = this.clock.beatAt(from);
    if (!(this.clock.isRunning && Number.isFinite(beat))) return undefined;
    return this.clock.timeOf(Math.ceil(beat / step - ON_GRID) * step) ?? this.clock.timeOfTurn;
  }

  #change(change: (time: UnixTime) => void, at = this.#scheduler.horizon): void {
    const { running } = this.#scheduler;
    if (running !== undefined) change(running);
    else this.#scheduler.schedule(at, () => change(this.#scheduler.running ?? at));
  }

  #watchTurn(): void {
    this.#turn?.cancel();
    const time = this.clock.timeOfTurn;
    if (time === undefined) return;
    this.#turn = this.#scheduler.schedule(time, () => {
      const { loop } = this.clock;
      if (loop) this.clock.seek(loop.from, time);
    });
  }
}

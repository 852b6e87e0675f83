/**
 * Beats from the ticks of a MIDI clock, which come a little early or late each.
 */

import type { Beats, Seconds, UnixTime } from '../units.js';
import { TICKS_PER_BEAT } from './port.js';

/** Ticks whose line is the tempo: two beats. The line's end is then six times as exact as a tick. */
const WINDOW = 2 * TICKS_PER_BEAT;
/** Ticks that say a tempo at all. */
const ENOUGH = 6;
/** A tick that is further from the line than this is of another tempo. */
const JUMP: Seconds = 0.008;
/** Ticks in a row that are off the line before the line begins again. */
const JUMPS = 3;
/** A pause after which a clock begins again. */
const LONGEST_TICK: Seconds = 0.5;

/** Follows a clock: a straight line through the times of the last ticks. */
export class ClockFollower {
  #ticks: { readonly beat: Beats; readonly time: UnixTime }[] = [];
  #count = 0;
  #jumps = 0;

  /** The beat of the next tick. */
  get nextBeat(): Beats {
    return this.#count / TICKS_PER_BEAT;
  }

  /** Goes to a beat; the tempo stays. */
  goTo(beat: Beats): void {
    const by = beat - this.nextBeat;
    this.#count = Math.round(beat * TICKS_PER_BEAT);
    this.#ticks = this.#ticks.map((tick) => ({ ...tick, beat: tick.beat + by }));
  }

  /** Takes a tick. */
  tick(time: UnixTime): void {
    const last = this.#ticks.at(-1);
    if (last && time - last.time > LONGEST_TICK) this.#ticks = [];
    const beat = this.nextBeat;
    const line = this.#line();
    const isOff = line !== undefined && Math.abs(line.time + (beat - line.beat) * line.pace - time) > JUMP;
    this.#jumps = isOff ? this.#jumps + 1 : 0;
    this.#ticks.push({ beat, time });
    this.#count += 1;
    if (this.#jumps >= JUMPS) {
      this.#ticks = this.#ticks.slice(-JUMPS);
      this.#jumps = 0;
    }
    if (this.#ticks.length > WINDOW) this.#ticks.shift();
  }

  /** Beats a minute; `undefined` until there are ticks enough. */
  get bpm(): number | undefined {
    const line = this.#line();
    return line && 60 / line.pace;
  }

  /** The beat at a time; `undefined` until there are ticks enough. */
  beatAt(time: UnixTime): Beats | undefined {
    const line = this.#line();
    return line && line.beat + (time - line.time) / line.pace;
  }

  /** The mean tick, and seconds a beat: the line of least squares. */
  #line(): { readonly beat: Beats; readonly time: UnixTime; readonly pace: Seconds } | undefined {
    const ticks = this.#ticks;
    if (ticks.length < ENOUGH) return undefined;
    const beat = ticks.reduce((sum, each) => sum + each.beat, 0) / ticks.length;
    const first = ticks[0]!.time;
    const time = first + ticks.reduce((sum, each) => sum + (each.time - first), 0) / ticks.length;
    let [over, under] = [0, 0];
    for (const each of ticks) {
      over += (each.beat - beat) * (each.time - time);
      under += (each.beat - beat) ** 2;
    }
    const pace = over / under;
    return pace > 0 ? { beat, time, pace } : undefined;
  }
}

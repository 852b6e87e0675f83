/** The way of a damped spring to where it is pulled, by its formula. */

import { SuperColliderError } from '../errors.js';
import type { Seconds, UnixTime } from '../units.js';
import { linesOf, Motion } from './motion.js';

/** The force of a spring, and what slows it. */
export interface SpringOptions {
  /** Force for each unit of distance, for a mass of 1: higher is faster. @default 100 */
  readonly stiffness?: number | undefined;
  /** Force for each unit of speed. Below 2 · √stiffness the spring swings past its goal. @default 10 */
  readonly damping?: number | undefined;
}

/** The part of the first distance at which a spring counts as standing. */
const REST = 0.001;
/** Lines in place of the way. */
const LINES = 96;

/** The movement of a spring from a place and a speed to its goal. */
export class SpringWay {
  readonly #goal: number;
  readonly #start: UnixTime;
  readonly #distanceAt: (seconds: Seconds) => number;
  readonly #length: Seconds;

  constructor(
    { stiffness = 100, damping = 10 }: SpringOptions,
    start: UnixTime,
    from: number,
    speed: number,
    goal: number,
  ) {
    this.#goal = goal;
    this.#start = start;
    const distance = from - goal;
    const decay = damping / 2;
    const difference = stiffness - decay * decay;
    const sum = speed + decay * distance;
    // Both formulas have the critical one as their limit, which no number reaches but by chance.
    const root = Math.sqrt(Math.abs(difference)) || 1e-6;
    const isSwinging = difference > 0;
    this.#distanceAt = (seconds) => {
      const wave = isSwinging
        ? distance * Math.cos(root * seconds) + (sum / root) * Math.sin(root * seconds)
        : distance * Math.cosh(root * seconds) + (sum / root) * Math.sinh(root * seconds);
      return Math.exp(-decay * seconds) * wave;
    };
    this.#length = -Math.log(REST) / (isSwinging ? decay : decay - root);
  }

  /** Change a second at a time. */
  speedAt(time: UnixTime): number {
    const seconds = time - this.#start;
    if (seconds >= this.#length) return 0;
    const step = 1e-6;
    return (this.#distanceAt(seconds + step) - this.#distanceAt(seconds)) / step;
  }

  /** The way as lines, to the goal itself. */
  get motion(): Motion {
    const start = this.#start;
    const end = start + this.#length;
    const at = (time: UnixTime): number =>
      time >= end ? this.#goal : this.#goal + this.#distanceAt(time - start);
    return new Motion(linesOf(at, start, end, LINES));
  }
}

/** @throws SuperColliderError `invalid-argument` unless both are numbers over 0. */
export function checkSpring({ stiffness = 100, damping = 10 }: SpringOptions): void {
  for (const [name, value] of Object.entries({ stiffness, damping })) {
    if (value > 0 && value < Number.POSITIVE_INFINITY) continue;
    throw new SuperColliderError(
      'invalid-argument',
      `useSpring: ${name} is ${String(value)}. It is a number over 0: without it the spring never stands.`,
    );
  }
}

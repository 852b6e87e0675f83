/** The points of a fleet, as their beacons report them. */

import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import type { Beacon, FleetPoint } from './messages.js';

/** With more, the one that was silent longest is forgotten. */
const MAX_POINTS = 1000;

export class Points {
  readonly #maxSilence: Seconds;
  readonly #now: () => Seconds;
  /** In the order of their last beacons, the one that was silent longest first. */
  readonly #points = new Map<string, FleetPoint>();

  constructor(maxSilence: Seconds, now: () => Seconds) {
    this.#maxSilence = maxSilence;
    this.#now = now;
  }

  /** All of them; the one that was heard last comes first. */
  get all(): readonly FleetPoint[] {
    return [...this.#points.values()].sort((a, b) => b.lastLive - a.lastLive);
  }

  /** Those that were heard within the longest silence. */
  get live(): readonly FleetPoint[] {
    return this.all.filter((point) => this.#isLive(point));
  }

  /** Takes a beacon; returns the point when it is a new one. */
  hear(beacon: Beacon, host: string): FleetPoint | undefined {
    const key = `${host}:${beacon.langPort}`;
    const isNew = !this.#points.has(key);
    if (isNew && this.#points.size === MAX_POINTS) this.#makeRoom();
    const point: FleetPoint = { ...beacon, host, lastLive: this.#now() };
    this.#points.delete(key);
    this.#points.set(key, point);
    return isNew ? point : undefined;
  }

  #isLive({ lastLive }: FleetPoint): boolean {
    return lastLive > this.#now() - this.#maxSilence;
  }

  /** Anybody may send beacons: they do not fill the memory, nor push out who is there. */
  #makeRoom(): void {
    const [[key, silent]] = this.#points as Iterable<[string, FleetPoint]> as [[string, FleetPoint]];
    if (this.#isLive(silent))
      throw new SuperColliderError(
        'not-allowed',
        `${MAX_POINTS} points are live: there is no room for another.`,
      );
    this.#points.delete(key);
  }
}

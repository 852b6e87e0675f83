import type { UnixTime } from '../units.js';

/** The time of a change, as far as the server's blocks matter. */
export interface Moment {
  readonly time: UnixTime;
  /** A node that was made after this, and was not announced, may not have been computed yet at `time`. */
  readonly unconfirmedAfter: UnixTime;
}

/** From when a node sounds. */
export interface Start {
  readonly time: UnixTime;
  /** True when it goes on then, after a pause. */
  readonly isResumed: boolean;
}

export const NEVER: Start = { time: 0, isResumed: false };

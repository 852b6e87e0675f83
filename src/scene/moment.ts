import type { UnixTime } from '../units.js';

/** When a change happens, as far as the server's blocks matter. */
export interface Moment {
  readonly time: UnixTime;
  /** A node that was made after this, and was not announced, may not have been computed yet at `time`. */
  readonly youngSince: UnixTime;
}

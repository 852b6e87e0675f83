/**
 * OSC timetags: when the server is to carry out a bundle.
 *
 * A timetag is an NTP timestamp: 32 bits of seconds since 1900 and 32 bits of
 * fraction. Only this file knows about 1900; everything else counts seconds
 * since 1970.
 *
 * @see https://opensoundcontrol.stanford.edu/spec-1_0.html (OSC time tags)
 */

import { SuperColliderError } from '../errors.js';
import type { Seconds, UnixTime } from '../units.js';

/** An OSC timetag: seconds since 1900 and the fraction of a second in units of 2^-32. */
export type Timetag = readonly [seconds: number, fraction: number];

/** The timetag of "as soon as it arrives". */
export const IMMEDIATELY: Timetag = [0, 1];

const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/**
 * The timetag of a moment.
 *
 * @param time - The moment, in seconds since 1970. Near today a double resolves
 *   0.24 µs, about a ninetieth of a sample at 48 kHz.
 * @throws SuperColliderError `invalid-time` when it is no moment from 1970 to February 2036, when
 *   the count of seconds outgrows 32 bits. Milliseconds instead of seconds end here too.
 */
export function timetagAt(time: UnixTime): Timetag {
  const whole = Math.floor(time);
  const seconds = whole + SECONDS_FROM_1900_TO_1970;
  if (!(time >= 0 && seconds < 2 ** 32)) {
    throw new SuperColliderError(
      'invalid-time',
      `A timetag needs seconds since 1970, got ${time}. ` +
        'If the time came from Date.now(), divide it by 1000.',
    );
  }
  return [seconds, Math.floor((time - whole) * 2 ** 32)];
}

/**
 * The timetag of a moment in a score, where time starts at 0 and not in 1900.
 *
 * @throws SuperColliderError `invalid-time` when `time` is negative, not a number, or over 136 years.
 */
export function scoreTimetag(time: Seconds): Timetag {
  const whole = Math.floor(time);
  if (!(time >= 0 && whole < 2 ** 32)) {
    throw new SuperColliderError('invalid-time', `A score counts seconds from 0 up, got ${time}.`);
  }
  return [whole, Math.floor((time - whole) * 2 ** 32)];
}

/** The end of a piece that is rendered until it is silent. */

import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';

/** Time that a piece goes on after its last sound, so that no player cuts it short. */
export const AFTER_LAST_SOUND: Seconds = 0.05;

/** The longest that a piece may sound on when nothing happens any more. */
export const MAX_TAIL: Seconds = 60;

/** A piece that sounds on for ever cannot be rendered until it is silent. */
export const neverSilent = (): SuperColliderError =>
  new SuperColliderError(
    'invalid-time',
    `The piece still sounds ${MAX_TAIL} s after the last thing that happens in it, so it cannot be rendered until it is silent. ` +
      'Release what sounds, such as with a length, or give a duration.',
  );

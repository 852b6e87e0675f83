/** Checks of the settings of a mixer, and decibels as the levels that its synths take. */

import { SuperColliderError } from '../errors.js';
import { derive } from '../hooks/useLiveValue.js';
import { LiveSource } from '../scene/liveSource.js';
import { Modulator } from '../scene/modulator.js';
import type { ControlValue } from '../scene/props.js';
import { amplitudeOf } from '../units.js';
import { kr } from './modulators.js';

/** A setting that a number, a modulator or a live value gives. */
export type Setting = number | Modulator | LiveSource;

/** Channels of a strip, as in a hall with eight speakers. */
const MAX_CHANNELS = 8;
const LOUDEST = 60;

const isMoving = (value: unknown): boolean => value instanceof Modulator || value instanceof LiveSource;

/** Decibels as an amplitude. */
export function levelOf(gain: Setting): ControlValue {
  if (typeof gain === 'number') return amplitudeOf(gain);
  return gain instanceof LiveSource
    ? derive(gain, (decibels) => amplitudeOf(decibels!))
    : kr((c) => c.gain.dbamp(), { gain });
}

/** The number that a fader shows: the middle of what moves by itself. */
export const shownOf = (setting: Setting): number => (typeof setting === 'number' ? setting : 0);

/** @throws SuperColliderError `invalid-argument` unless the gain is a number of decibels, or moves by itself. */
export function checkGain(what: string, gain: unknown): void {
  if (isMoving(gain) || (typeof gain === 'number' && gain <= LOUDEST)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: the gain is ${String(gain)}. It is a number of decibels up to ${LOUDEST}; -Infinity is silence.`,
  );
}

/** @throws SuperColliderError `invalid-argument` for an invalid pan, and for one of channels that have no sides. */
export function checkPan(what: string, pan: unknown, channels: number, outputs: number): void {
  if (pan !== 0 && !hasSides(channels, outputs)) {
    throw new SuperColliderError(
      'invalid-argument',
      channels === 1
        ? `${what} has 1 channel and plays to ${outputs}. Pan places one channel between two. Leave pan out, or channels.`
        : `${what} has ${channels} channels. Pan balances pairs, or places one channel. Leave pan out, or channels.`,
    );
  }
  if (isMoving(pan) || (typeof pan === 'number' && pan >= -1 && pan <= 1)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: pan is ${String(pan)}. It is a number from -1 to 1.`,
  );
}

/** True for pairs of a left and a right channel, and for one channel that is placed between two. */
const hasSides = (channels: number, outputs: number): boolean =>
  channels === 1 ? outputs === 2 : channels % 2 === 0;

/** @throws SuperColliderError `invalid-argument` unless it is a number of channels that a strip may have. */
export function checkWidth(what: string, channels: number): void {
  if (Number.isInteger(channels) && channels >= 1 && channels <= MAX_CHANNELS) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what}: channels is ${channels}. It is a whole number from 1 to ${MAX_CHANNELS}.`,
  );
}

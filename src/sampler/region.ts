/** Regions: which sample sounds for which notes, and how. */

import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';

/** A range of whole numbers, with both ends in it. */
export type Range = readonly [low: number, high: number];

/** The source of a region's samples. */
export type RegionSample =
  | { readonly path: string }
  | {
      /** Samples, the channels of each frame side by side. */
      readonly data: Float32Array;
      readonly channels: number;
      /** Hertz; `undefined` for the server's. */
      readonly sampleRate: number | undefined;
    };

/** The way in which a sample goes on or ends. */
export type Repetition =
  /** The sound ends, or is released before. */
  | 'none'
  /** The sound ends, and nothing releases it before. */
  | 'once'
  /** A part goes on, also while it is released. */
  | 'forever'
  /** A part goes on until the release, and then what is behind it. */
  | 'sustain';

/** A sample with the notes that it is for. */
export interface Region {
  /** Place for errors, such as `piano.sfz:12, region 3`. */
  readonly where: string;
  readonly sample: RegionSample;
  /** MIDI note numbers. */
  readonly keys: Range;
  /** Velocities, 0 to 127. */
  readonly velocities: Range;
  /** MIDI note number that is played as it was recorded. */
  readonly root: number;
  /** Semitones by key: 1 as usual, 0 for the same pitch on all keys. */
  readonly keyTrack: number;
  /** Semitones. */
  readonly tune: number;
  /** Decibels. */
  readonly volume: number;
  /** -1 left … 1 right. */
  readonly pan: number;
  /** Part of the velocity in the level, -1 to 1. */
  readonly velocityTrack: number;
  /** Exponent of the velocity: 1 for a level in proportion, 2 as MIDI instruments have it. */
  readonly velocityPower: number;
  /** First frame of the file. */
  readonly start: number;
  /** Frame behind the last one; `undefined` for the end of the file. */
  readonly end: number | undefined;
  readonly repetition: Repetition;
  /** First frame of the part that goes on, and the frame behind its last one; `undefined` for the whole. */
  readonly loop: readonly [from: number, to: number | undefined] | undefined;
  readonly isReversed: boolean;
  readonly attack: Seconds;
  readonly hold: Seconds;
  readonly decay: Seconds;
  /** Level after the decay, 0 to 1. */
  readonly sustain: number;
  readonly release: Seconds;
  /** Hertz of a low-pass filter. */
  readonly cutoff: number | undefined;
  /** Decibels of its resonance. */
  readonly resonance: number;
  /** Place in turns of so many notes, from 1. */
  readonly turn: readonly [position: number, length: number];
  /** Part of chance, 0 to 1, with its low end. */
  readonly chance: readonly [low: number, high: number];
}

/** A region that says nothing but its sample and its place. */
export const plainRegion = (where: string, sample: RegionSample): Region => ({
  where,
  sample,
  keys: [0, 127],
  velocities: [0, 127],
  root: 60,
  keyTrack: 1,
  tune: 0,
  volume: 0,
  pan: 0,
  velocityTrack: 1,
  velocityPower: 1,
  start: 0,
  end: undefined,
  repetition: 'none',
  loop: undefined,
  isReversed: false,
  attack: 0.001,
  hold: 0,
  decay: 0,
  sustain: 1,
  release: 0.05,
  cutoff: undefined,
  resonance: 0,
  turn: [1, 1],
  chance: [0, 1],
});

const isWithin = (value: number, [low, high]: Range): boolean => value >= low && value <= high;

/** The regions of a key and a velocity, before turns and chance. */
export const regionsFor = (regions: readonly Region[], key: number, velocity: number): readonly Region[] =>
  regions.filter(({ keys, velocities }) => isWithin(key, keys) && isWithin(velocity, velocities));

/** Speed of a region for a pitch, 1 as it was recorded; below 0 backwards. */
export const speedOf = ({ root, keyTrack, tune, isReversed }: Region, pitch: number): number =>
  2 ** (((pitch - root) * keyTrack + tune) / 12) * (isReversed ? -1 : 1);

/** Level of a region for a velocity from 0 to 1. */
export function levelOf({ volume, velocityTrack, velocityPower }: Region, velocity: number): number {
  const curve = velocity ** velocityPower;
  const part = velocityTrack < 0 ? 1 + velocityTrack * curve : 1 - velocityTrack * (1 - curve);
  return 10 ** (volume / 20) * part;
}

/**
 * Checks what a region says of its frames.
 *
 * @throws SuperColliderError `invalid-argument` with the region and the numbers.
 */
export function checkFrames({ where, start, end, loop }: Region): void {
  const wrong =
    !isFrame(start) || (end !== undefined && !(isFrame(end) && end > start))
      ? `goes from frame ${start} to ${end ?? 'the end'}`
      : loop !== undefined && !isPart(loop, start, end)
        ? `repeats the frames ${loop[0]} to ${loop[1] ?? 'the end'} of ${start} to ${end ?? 'the end'}`
        : undefined;
  if (wrong === undefined) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${where} ${wrong}. Frames are whole numbers from 0 up, and the second is behind the first.`,
  );
}

const isFrame = (value: number): boolean => Number.isInteger(value) && value >= 0;

const isPart = ([from, to]: readonly [number, number | undefined], start: number, end: number | undefined) =>
  isFrame(from) &&
  from >= start &&
  (to === undefined || (isFrame(to) && to > from)) &&
  (end === undefined || (to ?? end) <= end) &&
  (end === undefined || from < end);

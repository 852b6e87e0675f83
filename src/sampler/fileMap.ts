/** A map of notes to files as regions. */

import { SuperColliderError } from '../errors.js';
import { serverPath } from '../hooks/serverPath.js';
import { type NotePitch, readPitch } from '../time/pitch.js';
import type { Seconds } from '../units.js';
import { checkFrames, plainRegion, type Range, type Region, type RegionSample } from './region.js';

/** A sound file, as the server sees it: a path, or a URL such as `new URL('./c3.wav', import.meta.url)`. */
export type SampleFile = string | URL;

/** A sample of a map, with what is to be said of it. Exactly one of `file` and `data` says which. */
export interface Sample {
  /** Sound file. */
  readonly file?: SampleFile | undefined;
  /** Samples, the channels of each frame side by side. */
  readonly data?: Float32Array | undefined;
  /** Channels of `data`. @default 1 */
  readonly channels?: number | undefined;
  /** Hertz of `data`. @default the server's */
  readonly sampleRate?: number | undefined;
  /** Lowest and highest velocity, 0 to 1. @default [0, 1] */
  readonly velocity?: readonly [low: number, high: number] | undefined;
  /** Lowest and highest note. @default half-way to the next notes of the map */
  readonly keys?: readonly [low: NotePitch, high: NotePitch] | undefined;
  /** First frame. @default 0 */
  readonly start?: number | undefined;
  /** Frame behind the last one. @default the end of the file */
  readonly end?: number | undefined;
  /** `true` to repeat all until the release, or the frames of the part that repeats. @default false */
  readonly loop?: boolean | readonly [from: number, to?: number] | undefined;
  /** Plays on behind the repeated part after the release. @default false */
  readonly sustain?: boolean | undefined;
  /** Plays to the end of the sample, whenever the note ends. @default false */
  readonly once?: boolean | undefined;
  /** Plays backwards. @default false */
  readonly reverse?: boolean | undefined;
  /** Decibels. @default 0 */
  readonly volume?: number | undefined;
  /** -1 left … 1 right. @default 0 */
  readonly pan?: number | undefined;
  /** Semitones. @default 0 */
  readonly tune?: number | undefined;
  /** Time to full level. @default 0.001 */
  readonly attack?: Seconds | undefined;
  /** Time to silence after the note. @default 0.05 */
  readonly release?: Seconds | undefined;
}

/** The samples of one note: a file, a sample, or several. Those for the same velocities take turns. */
export type Samples = SampleFile | Sample | readonly (SampleFile | Sample)[];

/** Files or samples by the notes that they were recorded at: names such as `C3` and `F#4`, or MIDI note numbers. */
export type SampleMap = Readonly<Record<string, Samples>>;

const FIELDS = [
  ...[
    'file',
    'data',
    'channels',
    'sampleRate',
    'velocity',
    'keys',
    'start',
    'end',
    'loop',
    'sustain',
    'once',
  ],
  ...['reverse', 'volume', 'pan', 'tune', 'attack', 'release'],
];

/**
 * The regions of a map.
 *
 * @param spread - False for samples that sound at their own notes alone.
 * @throws SuperColliderError `invalid-argument` with the note and what is wrong.
 */
export function regionsOfMap(map: SampleMap, spread: boolean): readonly Region[] {
  const notes = Object.entries(map).map(([name, samples]) => ({ name, root: rootOf(name), samples }));
  if (notes.length === 0)
    throw invalid('useSampler: the map has no samples. Give it some: { C4: "c4.wav" }.');
  const roots = notes.map(({ root }) => root).sort((a, b) => a - b);
  return notes.flatMap(({ name, root, samples }) => {
    const list = ([samples].flat() as readonly (SampleFile | Sample)[]).map(sampleOf);
    const place = roots.indexOf(root);
    const [below, above] = [roots[place - 1], roots[place + 1]];
    const low = below === undefined ? 0 : Math.floor((below + root) / 2) + 1;
    const high = above === undefined ? 127 : Math.floor((root + above) / 2);
    return list.map((sample, index) => {
      const where = `useSampler: ${name}${list.length > 1 ? `[${index}]` : ''}`;
      const same = list.filter((each) => String(each.velocity) === String(sample.velocity));
      return regionOf(where, root, spread ? [low, high] : [root, root], sample, [
        same.indexOf(sample) + 1,
        same.length,
      ]);
    });
  });
}

const sampleOf = (given: SampleFile | Sample): Sample =>
  typeof given === 'string' || given instanceof URL ? { file: given } : { ...given };

function rootOf(name: string): number {
  const root = /^\d+$/.test(name) ? Number(name) : readPitch(name, 'useSampler: a note of the map');
  if (root >= 0 && root <= 127) return root;
  throw invalid(`useSampler: the note ${name} of the map is ${root}. Notes are from 0 to 127.`);
}

function regionOf(
  where: string,
  root: number,
  keys: Range,
  sample: Sample,
  turn: readonly [number, number],
): Region {
  const unknown = Object.keys(sample).filter((field) => !FIELDS.includes(field));
  if (unknown.length > 0)
    throw invalid(`${where} has "${unknown.join('", "')}". A sample may have: ${FIELDS.join(', ')}.`);
  const { velocity = [0, 1], loop = false, start = 0, end, tune = 0 } = sample;
  const region: Region = {
    ...plainRegion(where, regionSample(where, sample)),
    root,
    keys: sample.keys ? keysOf(where, sample.keys) : keys,
    velocities: velocitiesOf(where, velocity),
    tune: numberOf(where, 'tune', tune),
    volume: numberOf(where, 'volume', sample.volume ?? 0),
    pan: numberOf(where, 'pan', sample.pan ?? 0),
    start,
    end,
    repetition: loop !== false ? (sample.sustain ? 'sustain' : 'forever') : sample.once ? 'once' : 'none',
    loop: typeof loop === 'boolean' ? undefined : [loop[0], loop[1]],
    isReversed: sample.reverse ?? false,
    attack: numberOf(where, 'attack', sample.attack ?? 0.001),
    release: numberOf(where, 'release', sample.release ?? 0.05),
    turn,
  };
  if (region.isReversed && loop !== false)
    throw invalid(`${where} is reversed and repeats. Leave one of both out.`);
  checkFrames(region);
  return region;
}

function regionSample(where: string, { file, data, channels = 1, sampleRate }: Sample): RegionSample {
  if ((file === undefined) === (data === undefined))
    throw invalid(`${where} needs one of file and data: a sound file, or a Float32Array.`);
  if (file !== undefined) return { path: serverPath(file) };
  if (!(Number.isInteger(channels) && channels >= 1 && data!.length > 0 && data!.length % channels === 0)) {
    throw invalid(`${where} has ${data!.length} samples, which are no whole frames of ${channels} channels.`);
  }
  return { data: data!, channels, sampleRate };
}

const keysOf = (where: string, [low, high]: readonly [NotePitch, NotePitch]): Range => [
  readPitch(low, `${where}: the lowest of keys`),
  readPitch(high, `${where}: the highest of keys`),
];

/** MIDI's 0 to 127: a layer that ends where the next begins shares no velocity with it. */
function velocitiesOf(where: string, [low, high]: readonly [number, number]): Range {
  if (low >= 0 && high <= 1 && low < high)
    return [low === 0 ? 0 : Math.floor(low * 127) + 1, Math.floor(high * 127)];
  throw invalid(
    `${where} is for the velocities ${low} to ${high}. They are numbers from 0 to 1, the lower first.`,
  );
}

function numberOf(where: string, field: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw invalid(`${where}: ${field} is ${String(value)}. It is a number.`);
}

const invalid = (message: string): SuperColliderError => new SuperColliderError('invalid-argument', message);

/** Many definitions of the library in one rendering, each on two channels of its own. */

import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import { At, Group, Synth, Transport } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import type { SynthDef } from '../../src/synthdef/index.js';
import { standardSynthDefs } from '../../src/synthdef/library/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';

export const { names, get } = standardSynthDefs();

const has = (name: string, control: string): boolean =>
  get(name)!.description.controls.some((each) => each.name === control);

/** Names by kind, found by what definitions do. */
// Convolution needs buffers: test/synthdef/libraryBuffers has it.
export const effects = names().filter((name) => has(name, 'in') && name !== 'convolution');
export const samplers = names().filter((name) => has(name, 'buf'));
const played = names().filter((name) => has(name, 'pan') && !has(name, 'buf') && name !== 'default');
export const voices = played.filter((name) => has(name, 'gate'));
export const strokes = played.filter((name) => !has(name, 'gate'));

/** Two channels of a sound. */
export interface Pair {
  readonly channels: readonly [Float32Array, Float32Array];
  readonly sampleRate: number;
}

/** A synth with a definition of any kind. */
export const synth = (def: SynthDef, controls: object): ReactElement =>
  createElement(Synth, { key: JSON.stringify([def.name, controls]), def, ...controls } as never);

/** Children between two times in seconds: released at the end. */
export const between = (from: number, to: number, ...children: ReactNode[]): ReactElement =>
  createElement(At, { key: `${from}-${to}`, beat: from, length: to - from }, ...children);

/** Renders on the embedded engine and gives the pairs of channels in order. */
export async function hear(pairs: number, duration: number, ...children: ReactNode[]): Promise<Pair[]> {
  const path = `${temporaryFolder()}/sound.wav`;
  const piece = createElement(
    Transport,
    { bpm: 60 },
    createElement(Group, null, createElement(Fragment, null, ...children)),
  );
  await renderToFile(piece, { path, duration, engine: 'embedded', channels: pairs * 2, sampleRate: 48_000 });
  const { channels, sampleRate } = readSound(path);
  return Array.from({ length: pairs }, (_, index) => ({
    channels: [channels[index * 2]!, channels[index * 2 + 1]!] as const,
    sampleRate,
  }));
}

/** A part of both channels, in seconds. */
export const slice = ({ channels, sampleRate }: Pair, from: number, to: number): Pair => {
  const [left, right] = channels.map((samples) =>
    samples.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate)),
  ) as [Float32Array, Float32Array];
  return { channels: [left, right], sampleRate };
};

/** True when each sample is a number. */
export const isNumeric = ({ channels }: Pair): boolean =>
  channels.every((samples) => samples.every((sample) => Number.isFinite(sample)));

/** Larger mean of both channels, without its sign. */
export const offset = ({ channels }: Pair): number =>
  Math.max(
    ...channels.map((samples) => Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / samples.length)),
  );

/** Root of the mean square of both channels. */
export const rms = ({ channels }: Pair): number => {
  const sums = channels.map((samples) => samples.reduce((sum, x) => sum + x * x, 0));
  return Math.sqrt((sums[0]! + sums[1]!) / (2 * channels[0].length));
};

/** Decibels of a ratio. */
export const decibels = (ratio: number): number => 20 * Math.log10(ratio);

/** A rendering that is made when the first test needs it. */
export function once(render: () => Promise<Pair[]>): () => Promise<Pair[]> {
  let made: Promise<Pair[]> | undefined;
  return () => {
    made ??= render();
    return made;
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReactNode } from 'react';
import { soundFileFacts } from '../engine/soundfile/soundFileFacts.js';
import type { ServerOptions } from '../server/options.js';
import { serverOptions } from '../server/serverOptions.js';
import type { Hertz } from '../units.js';
import { type PerformanceOptions, perform } from './performance.js';
import { Score, type ScoreEntry } from './score.js';

/** Hertz of a rendering that says nothing else. */
export const DEFAULT_SAMPLE_RATE: Hertz = 48_000;

/** Options of a rendering to a score. */
export interface RenderToScoreOptions
  extends Pick<
    PerformanceOptions,
    | 'duration'
    | 'synthDefs'
    | 'library'
    | 'readFile'
    | 'readFolder'
    | 'seed'
    | 'longest'
    | 'suspenseTimeout'
    | 'onTime'
    | 'signal'
  > {
  /** Hertz. @default 48000 */
  readonly sampleRate?: Hertz | undefined;
  /** @default 2 */
  readonly channels?: number | undefined;
  /** Further options of the server that is to play it, such as `maxNodes`. */
  readonly server?: Partial<ServerOptions> | undefined;
}

/** The files of this machine. */
export const files = {
  soundFile: soundFileFacts,
  fullPath: (path: string): string => resolve(path),
  readFile: (path: string): Uint8Array => readFileSync(path),
  readFolder: (path: string): readonly string[] => readdirSync(path),
};

/** The options of a server that plays what is rendered. */
export const serverOf = ({
  sampleRate = DEFAULT_SAMPLE_RATE,
  channels = 2,
  server,
}: Pick<RenderToScoreOptions, 'sampleRate' | 'channels' | 'server'>): ServerOptions & {
  readonly sampleRate: Hertz;
} => ({
  ...serverOptions({ ...server, sampleRate, numOutputBusChannels: channels }),
  sampleRate,
});

/**
 * A piece as a score: the format that `scsynth -N` reads, and the same as readable JSON.
 *
 * The same piece with the same options gives the same score. No engine is started.
 *
 * @throws SuperColliderError `invalid-time` for an invalid duration, and for a piece without an end.
 * @throws The first error of the piece that no boundary of its own caught.
 */
export async function renderToScore(element: ReactNode, options: RenderToScoreOptions): Promise<Score> {
  const entries: ScoreEntry[] = [];
  const { duration, nodes } = await perform(element, {
    ...files,
    ...options,
    server: serverOf(options),
    onEntry: (entry) => entries.push(entry),
  });
  return new Score(entries, duration, nodes);
}

/** A piece as sound files, by whatever engine there is. */

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { extname, join, parse } from 'node:path';
import type { ReactNode } from 'react';
import { renderOnEmbedded } from '../engine/embedded/offlineEmbedded.js';
import type { EngineKind } from '../engine/engine.js';
import { findServer } from '../engine/native/find.js';
import { renderOnNative } from '../engine/native/offlineNative.js';
import type { OfflineFile, OfflineRendering } from '../engine/offlineRendering.js';
import { framesWithSound } from '../engine/soundfile/framesWithSound.js';
import { SuperColliderError } from '../errors.js';
import type { ServerOptions } from '../server/options.js';
import type { Seconds } from '../units.js';
import { DEFAULT_SEED, perform } from './performance.js';
import {
  DEFAULT_SAMPLE_RATE,
  files,
  type RenderToScoreOptions,
  renderToScore,
  serverOf,
} from './renderToScore.js';
import { endEntry, Score, type ScoreEntry, ScoreWriter } from './score.js';
import { AFTER_LAST_SOUND, LONGEST_TAIL, neverSilent } from './silence.js';
import { stemsOf } from './stems.js';

export interface RenderToFileOptions extends RenderToScoreOptions {
  /** The sound file. With stems, each is written beside it: `out.wav` gives `out-drums.wav`. */
  readonly path: string;
  /** `auto` takes scsynth where it is installed, else the embedded engine. @default 'auto' */
  readonly engine?: EngineKind | 'auto' | undefined;
  /** The executable of scsynth or supernova. @default looked for */
  readonly executable?: string | undefined;
  /** Kind of file, such as `wav`, `aiff` or `flac`; the embedded engine writes wav and aiff. @default from the path's ending, or wav */
  readonly header?: string | undefined;
  /** Samples: `int16`, `int24`, `int32`, `float`. @default 'float' */
  readonly format?: string | undefined;
  /** A sound file to be heard on the inputs. @default silence */
  readonly input?: string | undefined;
  /** One file for each named group at the top of the piece, and none of all together. @default false */
  readonly stems?: boolean | undefined;
  /** Called now and then, with what is done of all, from 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface RenderedFile {
  readonly path: string;
  /** The group's name, with stems. */
  readonly stem: string | undefined;
  readonly duration: Seconds;
}

export interface Rendered {
  readonly files: readonly RenderedFile[];
  /** One line for people: `scsynth, 48000 Hz, 2 out`. */
  readonly engine: string;
  readonly score: Score;
}

/**
 * Renders a piece to a sound file, as fast as it can be.
 *
 * The piece and the engine work side by side: while the engine plays what is known, React renders what follows.
 * The same piece with the same options gives the same samples on the same engine; noise is seeded. Native servers
 * compute whole control periods, so a file of theirs may be two of them longer than `duration`.
 *
 * @throws SuperColliderError `bad-time`, `bad-file`, `not-found`, `server-failed` with what the engine said of a
 *   command that it refused, `engine-lacks`, and the first error of the piece.
 */
export async function renderToFile(element: ReactNode, options: RenderToFileOptions): Promise<Rendered> {
  const { stems = false, duration } = options;
  if (!stems && duration !== 'until-silent') return renderAtOnce(element, options, duration);
  const score = await renderToScore(element, options);
  const parts = stems ? [...stemsOf(score)] : ([[undefined, score]] as const);
  const rendered: RenderedFile[] = [];
  let engine = '';
  let done = 0;
  const render = async ([stem, part]: readonly [string | undefined, Score]): Promise<void> => {
    const path = stem === undefined ? options.path : stemPath(options.path, stem);
    const length = duration === 'until-silent' ? await lengthUntilSilent(part, options) : score.duration;
    engine = await play(part, length, { ...options, path });
    rendered.push({ path, stem, duration: length });
    done += 1;
    options.onProgress?.(done / parts.length);
  };
  await sideBySide(parts, availableParallelism(), render);
  rendered.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: rendered, engine, score };
}

/** `out.wav` and `drums` give `out-drums.wav`; what is no part of a file name becomes `_`. */
export function stemPath(path: string, stem: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${stem.replace(/[^\p{L}\p{N} ._-]/gu, '_')}${ext}`);
}

/** The engine plays while the piece is performed. */
async function renderAtOnce(
  element: ReactNode,
  options: RenderToFileOptions,
  duration: Seconds,
): Promise<Rendered> {
  const server = serverOf(options);
  const entries: ScoreEntry[] = [];
  const writer = new ScoreWriter();
  let rendering: OfflineRendering | undefined;
  try {
    const playing = await startRendering(fileOf(options), server, options);
    rendering = playing;
    options.signal?.addEventListener('abort', () => void playing.abort(), { once: true });
    const { nodes } = await perform(element, {
      ...files,
      ...options,
      server,
      onEntry: (entry) => {
        entries.push(entry);
        playing.write(entry.time, writer.bundles(entry));
      },
      catchUp: () => playing.catchUp(),
      onTime: (time) => options.onProgress?.(Math.min(1, time / duration)),
    });
    playing.write(duration, writer.bundles(endEntry(duration)));
    await playing.finish(duration);
    options.onProgress?.(1);
    return {
      files: [{ path: options.path, stem: undefined, duration }],
      engine: playing.description,
      score: new Score(entries, duration, nodes),
    };
  } catch (error) {
    await rendering?.abort();
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** Plays a score into a file; gives the engine's description. */
async function play(score: Score, length: Seconds, options: RenderToFileOptions): Promise<string> {
  const rendering = await startRendering(fileOf(options), serverOf(options), options);
  const writer = new ScoreWriter();
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', () => void rendering.abort(), { once: true });
  try {
    for (const entry of score.entries) {
      if (entry.time > length) break;
      rendering.write(entry.time, writer.bundles(entry));
      await rendering.catchUp();
    }
    rendering.write(length, writer.bundles(endEntry(length)));
    await rendering.finish(length);
    return rendering.description;
  } catch (error) {
    await rendering.abort();
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** When a score has fallen silent, found by playing it once with a long tail. */
async function lengthUntilSilent(score: Score, options: RenderToFileOptions): Promise<Seconds> {
  const path = join(tmpdir(), `react-collider-${randomUUID()}.wav`);
  const { outputChannels, sampleRate } = serverOf(options);
  try {
    await play(score, score.duration + LONGEST_TAIL, { ...options, path, header: 'wav', format: 'float' });
    const heard = (await framesWithSound(path, outputChannels)) / sampleRate;
    if (heard > score.duration + LONGEST_TAIL - 1) throw neverSilent();
    return heard + AFTER_LAST_SOUND;
  } finally {
    await rm(path, { force: true });
  }
}

function startRendering(
  file: OfflineFile,
  server: ServerOptions,
  { engine = 'auto', executable, seed = DEFAULT_SEED }: RenderToFileOptions,
): Promise<OfflineRendering> {
  const kind = engine === 'auto' ? (isInstalled(executable) ? 'scsynth' : 'embedded') : engine;
  if (kind === 'embedded') return renderOnEmbedded(file, server, seed);
  return renderOnNative(kind, file, { server, path: executable });
}

function isInstalled(executable: string | undefined): boolean {
  try {
    findServer('scsynth', { path: executable });
    return true;
  } catch (error) {
    if (executable === undefined && error instanceof SuperColliderError) return false;
    throw error;
  }
}

const HEADERS: Readonly<Record<string, string>> = { '.aif': 'aiff', '.oga': 'ogg' };

function fileOf({
  path,
  sampleRate = DEFAULT_SAMPLE_RATE,
  header,
  format,
  input,
}: RenderToFileOptions): OfflineFile {
  const ending = extname(path).toLowerCase();
  const kind = header ?? HEADERS[ending] ?? (ending.slice(1) || 'wav');
  return { path, sampleRate, header: kind, format: format ?? defaultFormat(kind), input };
}

const defaultFormat = (header: string): string =>
  header === 'flac' ? 'int24' : header === 'ogg' ? 'vorbis' : 'float';

/** Does something with each item, so many at a time. */
async function sideBySide<Item>(
  items: readonly Item[],
  atATime: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
}

/** A piece as sound files, by whatever engine there is. */

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import { renderOnEmbedded } from '../engine/embedded/offlineEmbedded.js';
import type { EngineKind } from '../engine/engine.js';
import { findServer } from '../engine/native/find.js';
import { renderOnNative } from '../engine/native/offlineNative.js';
import type { OfflineFile, OfflineRendering } from '../engine/offlineRendering.js';
import { checkWritten } from '../engine/soundfile/checkWritten.js';
import { framesWithSound } from '../engine/soundfile/framesWithSound.js';
import { makeReproducible } from '../engine/soundfile/reproducible.js';
import { soundFileKindOf } from '../engine/soundfile/soundFileKinds.js';
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
import { AFTER_LAST_SOUND, MAX_TAIL, neverSilent } from './silence.js';
import { type Part, partsOf } from './stems.js';

/** Options of a rendering: those of the score, the file and the engine. */
export interface RenderToFileOptions extends RenderToScoreOptions {
  /** The sound file. With stems, they are written beside it: `out-drums.wav` beside `out.wav`. */
  readonly path: string;
  /** `auto` takes scsynth where it is installed, else the embedded engine. @default 'auto' */
  readonly engine?: EngineKind | 'auto' | undefined;
  /** The executable of scsynth or supernova. @default looked for */
  readonly executable?: string | undefined;
  /** Kind of file, such as `wav`, `aiff` or `flac`; the embedded engine writes wav and aiff. @default from the path's ending, or wav */
  readonly headerFormat?: string | undefined;
  /** Samples: `int16`, `int24`, `int32`, `float`. @default 'float', where the kind of file has it */
  readonly sampleFormat?: string | undefined;
  /** A sound file to be heard on the inputs. @default silence */
  readonly input?: string | undefined;
  /** Beside the whole, a file for each named group at the top of the piece, all of one length. @default false */
  readonly stems?: boolean | undefined;
  /** Called now and then, with what is done of all, from 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** A written sound file. */
export interface RenderedFile {
  /** Path of the file. */
  readonly path: string;
  /** The group's name; `undefined` for the whole piece. */
  readonly stem: string | undefined;
  /** Length of the file, in seconds. */
  readonly duration: Seconds;
  /** The loudest sample; `undefined` for kinds of files that are not read back (caf, w64, next, ircam, raw). */
  readonly peak: RenderedPeak | undefined;
}

/** The loudest sample of a file. */
export interface RenderedPeak {
  /** Decibels over full scale: below 0 for all that is not too loud. */
  readonly decibels: number;
  /** Time of the sample, in seconds from the file's beginning. */
  readonly time: Seconds;
  /** From 0. */
  readonly channel: number;
  /**
   * True for a level beyond full scale. A file of integers cannot represent it: then `decibels` is 0, and
   * `time` is the first place with consecutive samples at full scale.
   */
  readonly isClipped: boolean;
}

/** The result of a rendering. */
export interface Rendered {
  /** The whole piece first, then the stems by name. */
  readonly files: readonly RenderedFile[];
  /** One line for people: `scsynth, 48000 Hz, 2 out`. */
  readonly engine: string;
  /** The score that the engine played. */
  readonly score: Score;
}

/**
 * Renders a piece to a sound file, as fast as it can be.
 *
 * The piece and the engine work side by side: while the engine plays what is known, React renders what
 * follows. The same piece with the same options gives the same samples on the same engine; noise is seeded.
 *
 * Native servers compute whole control periods, so a file of theirs may be two of them longer than
 * `duration`.
 *
 * @throws SuperColliderError `invalid-time`, `write-failed`, `invalid-file` for the input, `not-found`,
 *   `unsupported`.
 * @throws SuperColliderError `command-failed` with the engine's reason for refusing a command.
 * @throws The first error of the piece.
 */
export async function renderToFile(element: ReactNode, given: RenderToFileOptions): Promise<Rendered> {
  const options = { ...given, engine: engineOf(given) };
  fileOf(options); // before anything is rendered
  const { stems = false, duration } = options;
  if (!stems && duration !== 'until-silent') return renderAtOnce(element, options, duration);
  const score = await renderToScore(element, options);
  const parts = partsOf(score, options.path, stems);
  const length = duration === 'until-silent' ? await longestUntilSilent(parts, options) : score.duration;
  const rendered = new Map<Part, RenderedFile>();
  let engine = '';
  await sideBySide(parts, availableParallelism(), async (part) => {
    const { path, stem } = part;
    const played = await play(part.score, length, { ...options, path });
    engine = played.engine;
    rendered.set(part, { path, stem, duration: length, peak: played.peak });
    options.onProgress?.(rendered.size / parts.length);
  });
  return { files: parts.map((part) => rendered.get(part)!), engine, score };
}

/** The engine plays while the piece is performed. */
async function renderAtOnce(
  element: ReactNode,
  options: RenderOptions,
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
    const peak = await finish(playing, duration, options);
    options.onProgress?.(1);
    return {
      files: [{ path: options.path, stem: undefined, duration, peak }],
      engine: playing.description,
      score: new Score(entries, duration, nodes),
    };
  } catch (error) {
    await rendering?.abort();
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** Plays a score into a file. */
async function play(
  score: Score,
  length: Seconds,
  options: RenderOptions,
): Promise<{ readonly engine: string; readonly peak: RenderedPeak | undefined }> {
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
    const peak = await finish(rendering, length, options);
    return { engine: rendering.description, peak };
  } catch (error) {
    await rendering.abort();
    options.signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Completes a file and looks whether all of it is there.
 *
 * @throws SuperColliderError `write-failed` when it is cut off.
 */
async function finish(
  rendering: OfflineRendering,
  length: Seconds,
  options: RenderOptions,
): Promise<RenderedPeak | undefined> {
  const { sampleRate, numOutputBusChannels: channels } = serverOf(options);
  const { path, headerFormat, sampleFormat } = fileOf(options);
  await rendering.finish(length);
  const scan = await checkWritten({
    path,
    headerFormat,
    sampleFormat,
    channels,
    frames: Math.round(length * sampleRate),
  });
  await makeReproducible(path);
  if (!scan) return undefined;
  const { level, frame, channel, isClipped } = scan.peak;
  return { decibels: 20 * Math.log10(level), time: frame / sampleRate, channel, isClipped };
}

/** The time at which all of the parts have fallen silent. */
async function longestUntilSilent(parts: readonly Part[], options: RenderOptions): Promise<Seconds> {
  let longest = 0;
  await sideBySide(parts, availableParallelism(), async ({ score }) => {
    longest = Math.max(longest, await lengthUntilSilent(score, options));
  });
  return longest;
}

/** The time at which a score has fallen silent, found by playing it once with a long tail. */
async function lengthUntilSilent(score: Score, options: RenderOptions): Promise<Seconds> {
  const path = join(tmpdir(), `react-collider-${randomUUID()}.wav`);
  const { numOutputBusChannels, sampleRate } = serverOf(options);
  try {
    await play(score, score.duration + MAX_TAIL, {
      ...options,
      path,
      headerFormat: 'wav',
      sampleFormat: 'float',
    });
    const heard = (await framesWithSound(path, numOutputBusChannels)) / sampleRate;
    if (heard > score.duration + MAX_TAIL - 1) throw neverSilent();
    return heard + AFTER_LAST_SOUND;
  } finally {
    await rm(path, { force: true });
  }
}

function startRendering(
  file: OfflineFile,
  server: ServerOptions,
  { engine, executable, seed = DEFAULT_SEED }: RenderOptions,
): Promise<OfflineRendering> {
  if (engine === 'embedded') return renderOnEmbedded(file, server, seed);
  return renderOnNative(engine, file, { server, path: executable });
}

/** Options of which the engine is chosen. */
type RenderOptions = RenderToFileOptions & { readonly engine: EngineKind };

function engineOf({ engine = 'auto', executable }: RenderToFileOptions): EngineKind {
  if (engine !== 'auto') return engine;
  return isInstalled(executable) ? 'scsynth' : 'embedded';
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

function fileOf({ path, sampleRate = DEFAULT_SAMPLE_RATE, input, ...options }: RenderOptions): OfflineFile {
  const { headerFormat, sampleFormat } = soundFileKindOf(
    path,
    options.headerFormat,
    options.sampleFormat,
    options.engine,
  );
  return { path, sampleRate, headerFormat, sampleFormat, input };
}

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

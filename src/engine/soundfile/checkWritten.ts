/**
 * Checks that a sound file holds everything that was written.
 *
 * libsndfile's callers do not check. With a full disk scsynth and supernova 3.13 go on to their end, reply
 * `/done` and exit with 0. The header then fits what is left of the file.
 */

import { stat } from 'node:fs/promises';
import { SuperColliderError } from '../../errors.js';
import { room } from './diskSpace.js';
import { type SoundScan, scanSoundFile } from './scanSoundFile.js';
import { SAMPLE_WIDTHS } from './soundFileKinds.js';

/** The sound file that a server should have written. */
export interface WantedSound {
  /** The path of the file. */
  readonly path: string;
  /** The kind of file, such as `wav`. */
  readonly headerFormat: string;
  /** The format of a sample, such as `float`. */
  readonly sampleFormat: string;
  /** The number of channels. */
  readonly channels: number;
  /** At least so many. */
  readonly frames: number;
}

const READ_BACK = /^(wave?x?|rf64|aif[fc]|flac|ogg)$/i;

/**
 * Reads a sound file back, or measures it where it is of a kind that we do not read.
 *
 * @returns What was read; `undefined` for what was only measured, and for devices and pipes.
 * @throws SuperColliderError `write-failed` when a part is missing.
 */
export async function checkWritten(wanted: WantedSound): Promise<SoundScan | undefined> {
  const { path, headerFormat, sampleFormat, channels, frames } = wanted;
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) return undefined; // a device or a pipe: nothing can be read back
  const size = found?.size ?? 0;
  if (READ_BACK.test(headerFormat) && !/law$/i.test(sampleFormat)) {
    const scan = size > 0 ? await scanned(wanted, size) : undefined;
    if ((scan?.frames ?? 0) < frames) throw await cutOff(wanted, scan?.frames ?? 0, size);
    return scan;
  }
  const there = Math.floor(size / (channels * (SAMPLE_WIDTHS[sampleFormat.toLowerCase()] ?? 1)));
  if (there < frames) throw await cutOff(wanted, there, size);
  return undefined;
}

/** Seconds without growth after which a file is taken to be full: its disk may be. */
const STANDS_STILL = 1;

/**
 * Waits until a file has the bytes of its frames, as long as it grows.
 *
 * A thread of scsynth's writes what `DiskOut` leaves, another one closes the file. On a busy machine scsynth 3.13 closed
 * the file first, and 15,167 of 47,935 frames were missing. A file of compressed samples is not waited for.
 */
export async function settleFile({
  path,
  headerFormat,
  sampleFormat,
  channels,
  frames,
}: WantedSound): Promise<void> {
  const width = SAMPLE_WIDTHS[sampleFormat.toLowerCase()];
  if (width === undefined || /^(flac|ogg)$/i.test(headerFormat)) return;
  const wanted = frames * channels * width;
  let last = -1;
  let since = performance.now();
  for (;;) {
    const size = (await stat(path).catch(() => undefined))?.size;
    if (size === undefined || size >= wanted) return;
    if (size !== last) {
      last = size;
      since = performance.now();
    } else if (performance.now() - since > STANDS_STILL * 1000) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function scanned(wanted: WantedSound, size: number): Promise<SoundScan> {
  try {
    return await scanSoundFile(wanted.path);
  } catch (cause) {
    throw await cutOff(wanted, 0, size, cause);
  }
}

async function cutOff({ path, frames }: WantedSound, there: number, size: number, cause?: unknown) {
  const number = (value: number) => value.toLocaleString('en-US');
  return new SuperColliderError(
    'write-failed',
    `${path} cannot be written to its end: ${number(there)} of ${number(frames)} frames are there ` +
      `(${number(size)} bytes). ${await room(path)}`,
    { cause },
  );
}

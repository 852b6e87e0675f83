/** Options for reading buffers from sound files and writing them to files. */

import type { Completion } from '../commands/command.js';
import { SuperColliderError } from '../errors.js';
import { checkOneOf } from './checks.js';

/** The part of a sound file that is read, and its place in the buffer. */
export interface ReadOptions {
  /** First frame of the file. @default 0 */
  readonly startFrame?: number | undefined;
  /** Number of frames. @default as many as the file has and the buffer holds */
  readonly frames?: number | undefined;
  /** First frame of the buffer. @default 0 */
  readonly bufferStartFrame?: number | undefined;
  /** Leaves the file open for `DiskIn`. @default false */
  readonly leaveOpen?: boolean | undefined;
  /** Only these channels of the file, from 0; as many as the buffer has. Sends `/b_readChannel`. @default all */
  readonly fileChannels?: readonly number[] | undefined;
  /** The message that the server carries out after reading, before it replies. */
  readonly completion?: Completion;
}

/** The result of reading a file into an existing buffer. */
export interface FramesRead {
  /** Frames that the file filled. */
  readonly frames: number;
  /** True when the file, or the requested part of it, is longer than the buffer. */
  readonly isCut: boolean;
}

/** Format and part of the buffer for writing a sound file. */
export interface WriteOptions {
  /** `aiff`, `wav`, `flac`, `ogg`, `caf`, `w64`, `rf64`, `next`, `ircam`, `raw`. @default 'wav' */
  readonly headerFormat?: string | undefined;
  /** `int16`, `int24`, `int32`, `float`, `double`, `int8`, `uint8`, `mulaw`, `alaw`, `vorbis`. @default 'float' */
  readonly sampleFormat?: string | undefined;
  /** Number of frames. @default all */
  readonly frames?: number | undefined;
  /** First frame. @default 0 */
  readonly startFrame?: number | undefined;
  /** Leaves the file open for `DiskOut`. @default false */
  readonly leaveOpen?: boolean | undefined;
  /** The message that the server carries out after writing, before it replies. */
  readonly completion?: Completion;
}

const HEADERS = ['aiff', 'wav', 'wave', 'next', 'sun', 'ircam', 'raw', 'flac', 'ogg', 'caf', 'w64', 'rf64'];
const FORMATS = ['int8', 'uint8', 'int16', 'int24', 'int32', 'float', 'double', 'mulaw', 'alaw', 'vorbis'];

export const noFiles = (what: string): SuperColliderError =>
  new SuperColliderError(
    'invalid-file',
    `${what}: there are no files between us and the server. Send the samples by messages instead.`,
  );

/** @throws SuperColliderError `invalid-argument` unless servers know both. */
export function checkFormat(header: string, format: string): void {
  checkOneOf('headerFormat', header.toLowerCase(), HEADERS);
  checkOneOf('sampleFormat', format.toLowerCase(), FORMATS);
}

/** How buffers are read from sound files and written to them. */

import type { Completion } from '../commands/command.js';
import { SuperColliderError } from '../errors.js';
import { checkOneOf } from './checks.js';

export interface ReadOptions {
  /** First frame of the file. @default 0 */
  readonly fileStart?: number | undefined;
  /** How many frames. @default as many as there are, and fit */
  readonly frames?: number | undefined;
  /** First frame of the buffer. @default 0 */
  readonly bufferStart?: number | undefined;
  /** Leaves the file open for `DiskIn`. @default false */
  readonly leaveOpen?: boolean | undefined;
  /** Only these channels of the file, from 0; as many as the buffer has. Sends `/b_readChannel`. @default all */
  readonly channels?: readonly number[] | undefined;
  /** What the server carries out when it has read it, before it answers. */
  readonly completion?: Completion;
}

/** What was read of a file into a buffer that was there. */
export interface FramesRead {
  readonly frames: number;
  /** True when the file, or the part of it that was asked for, goes on where the buffer ends. */
  readonly isCut: boolean;
}

export interface WriteOptions {
  /** `aiff`, `wav`, `flac`, `ogg`, `caf`, `w64`, `rf64`, `next`, `ircam`, `raw`. @default 'wav' */
  readonly header?: string | undefined;
  /** `int16`, `int24`, `int32`, `float`, `double`, `int8`, `uint8`, `mulaw`, `alaw`, `vorbis`. @default 'float' */
  readonly format?: string | undefined;
  /** How many frames. @default all */
  readonly frames?: number | undefined;
  /** First frame. @default 0 */
  readonly start?: number | undefined;
  /** Leaves the file open for `DiskOut`. @default false */
  readonly leaveOpen?: boolean | undefined;
  /** What the server carries out when it has written it, before it answers. */
  readonly completion?: Completion;
}

const HEADERS = ['aiff', 'wav', 'wave', 'next', 'sun', 'ircam', 'raw', 'flac', 'ogg', 'caf', 'w64', 'rf64'];
const FORMATS = ['int8', 'uint8', 'int16', 'int24', 'int32', 'float', 'double', 'mulaw', 'alaw', 'vorbis'];

export const noFiles = (what: string): SuperColliderError =>
  new SuperColliderError(
    'bad-file',
    `${what}: there are no files between us and the server. Send the samples by messages instead.`,
  );

/** @throws SuperColliderError `bad-argument` unless servers know both. */
export function checkFormat(header: string, format: string): void {
  checkOneOf('header', header.toLowerCase(), HEADERS);
  checkOneOf('format', format.toLowerCase(), FORMATS);
}

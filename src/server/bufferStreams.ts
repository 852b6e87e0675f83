/** Buffers that long files are played and written through, with the file open all the time. */

import { SuperColliderError } from '../errors.js';
import type { ServerBuffer } from './buffer.js';
import { checkFormat, type WriteOptions } from './bufferFiles.js';
import type { Buffers } from './buffers.js';
import { checkBufferSize, checkText, checkWhole } from './checks.js';
import type { Client } from './client.js';

/** Size of a buffer that streams a sound file from or to disk. */
export interface StreamOptions {
  /** Frames that it holds: an even number of blocks. @default 32768 to play, 65536 to write */
  readonly bufferFrames?: number | undefined;
}

/** The start of a sound file that a buffer streams from disk. */
export interface CueOptions extends StreamOptions {
  /** First frame of the file. @default 0 */
  readonly startFrame?: number | undefined;
}

/** Channels and format of a sound file that a buffer streams to disk. */
export interface StreamToOptions extends StreamOptions, Pick<WriteOptions, 'headerFormat' | 'sampleFormat'> {
  /** @default 1 */
  readonly channels?: number | undefined;
}

/** See `Buffers.cue`. */
export async function cue(
  buffers: Buffers,
  path: string,
  { startFrame = 0, bufferFrames = 32_768 }: CueOptions,
): Promise<ServerBuffer> {
  const { server } = buffers;
  checkStreaming(server, path);
  checkWhole('bufferFrames', bufferFrames, 1);
  // Its first frame tells how many channels the file has.
  const buffer = await buffers.read(path, { startFrame, frames: 1 });
  return orFree(buffer, async () => {
    const { number, channels } = buffer;
    checkBufferSize(bufferFrames, channels);
    await server.request({ type: '/b_alloc', number, frames: bufferFrames, channels });
    const place = { number, path, startFrame: startFrame, frames: bufferFrames, bufferStartFrame: 0 };
    await server.request({ type: '/b_read', ...place, leaveOpen: true });
    await buffer.query();
  });
}

/** See `Buffers.streamTo`. */
export async function streamTo(
  buffers: Buffers,
  path: string,
  { channels = 1, bufferFrames = 65_536, headerFormat = 'wav', sampleFormat = 'float' }: StreamToOptions,
): Promise<ServerBuffer> {
  checkStreaming(buffers.server, path);
  checkFormat(headerFormat, sampleFormat);
  const buffer = await buffers.alloc(bufferFrames, channels);
  return orFree(buffer, () => buffer.write(path, { headerFormat, sampleFormat, frames: 0, leaveOpen: true }));
}

async function orFree(buffer: ServerBuffer, act: () => Promise<void>): Promise<ServerBuffer> {
  try {
    await act();
    return buffer;
  } catch (error) {
    await buffer.free();
    throw error;
  }
}

function checkStreaming({ abilities, engine }: Client, path: string): void {
  checkText('Path of the sound file', path);
  if (abilities.diskStreaming) return;
  throw new SuperColliderError(
    'unsupported',
    `${engine.description} has no DiskIn and DiskOut: read the whole file into a buffer instead.`,
  );
}

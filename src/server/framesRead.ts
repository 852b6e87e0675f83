import type { FramesRead } from './bufferFiles.js';
import type { Client } from './client.js';

/**
 * Counts the frames that a file gave to a buffer of limited size.
 *
 * No server reports that number. The file is therefore read once more into a temporary buffer with one frame
 * more.
 *
 * @param frames - Number of requested frames; -1 for all.
 */
export async function framesRead(
  { buffers }: Client,
  path: string,
  startFrame: number,
  frames: number,
  room: number,
): Promise<FramesRead> {
  const most = frames < 0 ? room + 1 : Math.min(frames, room + 1);
  if (most === 0) return { frames: 0, isCut: false };
  const probe = await buffers.read(path, { startFrame, frames: most });
  await probe.free();
  return { frames: Math.min(probe.frames, room), isCut: probe.frames > room };
}

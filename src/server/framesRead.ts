import type { FramesRead } from './bufferFiles.js';
import type { Client } from './client.js';

/**
 * What a file gave to a buffer with so much room. No server says that, so it is read once more into a buffer of its own,
 * with one frame more, and freed.
 *
 * @param frames - How many were asked for; -1 for all.
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

import { SuperColliderError } from '../../errors.js';
import type { BufferNumber } from '../../units.js';
import type { SceneServer } from '../sceneServer.js';

/** A multiple of two blocks of every size, as `DiskIn` wants it. */
const STREAM_FRAMES = 32_768;

/** Makes a buffer with a file that stays open. Which channels it has is what the server says of its first frame. */
export async function openStream(
  server: SceneServer,
  number: BufferNumber,
  path: string,
  startFrame = 0,
): Promise<void> {
  if (server.abilities.diskStreaming === false) {
    throw new SuperColliderError(
      'unsupported',
      'This engine has no DiskIn: load the whole file, useBuffer(path), or take another engine.',
    );
  }
  await server.request({ type: '/b_allocRead', number, path, startFrame, frames: 1 });
  const { args } = await server.request({ type: '/b_query', numbers: [number] });
  await server.request({ type: '/b_alloc', number, frames: STREAM_FRAMES, channels: args[2] as number });
  const place = { number, path, startFrame: startFrame, frames: STREAM_FRAMES, bufferStartFrame: 0 };
  await server.request({ type: '/b_read', ...place, leaveOpen: true });
}

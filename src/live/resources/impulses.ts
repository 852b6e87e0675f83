import { SuperColliderError } from '../../errors.js';
import type { BufferSource } from '../../scene/handles.js';
import type { BufferNumber } from '../../units.js';
import type { SceneServer } from '../sceneServer.js';

/** Reads a channel of a file into a buffer of its own, and prepares the given one from it for `PartConv`. */
export async function prepareImpulse(
  server: SceneServer,
  number: BufferNumber,
  { impulse: path, channel = 0, fftSize = 2048 }: Extract<BufferSource, { readonly impulse: string }>,
): Promise<void> {
  const wrong =
    Number.isInteger(channel) && channel >= 0
      ? Number.isInteger(Math.log2(fftSize)) && fftSize >= 64
        ? undefined
        : `fftSize is ${fftSize}. It is a power of 2 from 64 up.`
      : `channel is ${channel}. It is a whole number from 0 up.`;
  if (wrong !== undefined) throw new SuperColliderError('invalid-argument', wrong);
  const response = server.buffers.reserve(1) as BufferNumber;
  try {
    const place = { number: response, path, startFrame: 0, frames: 0 };
    await server.request({ type: '/b_allocReadChannel', ...place, channels: [channel] });
    const { args } = await server.request({ type: '/b_query', numbers: [response] });
    const parts = Math.ceil((args[1] as number) / (fftSize / 2));
    await server.request({ type: '/b_alloc', number, frames: parts * fftSize, channels: 1 });
    await server.request({ type: '/b_gen', number, routine: 'PreparePartConv', args: [response, fftSize] });
  } finally {
    await server.request({ type: '/b_free', number: response });
    server.buffers.free(response);
  }
}

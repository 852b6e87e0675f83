import { useInsertionEffect, useReducer, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { BufferHandle, type BufferSource } from '../scene/handles.js';
import { isFloat32 } from '../units.js';
import { serverPath } from './serverPath.js';
import { useScene } from './useServer.js';
import { useStable } from './useStable.js';

/**
 * A buffer, as long as the component is mounted: a sound file, a streamed sound file, silence, or samples.
 *
 * ```tsx
 * const kick = useBuffer('kick.wav');
 * const snare = useBuffer(new URL('./snare.wav', import.meta.url));
 * const river = useBuffer({ stream: 'river.wav' }); // for DiskIn
 * const table = useBuffer({ data: wave, channels: 1 });
 * const hall = useBuffer({ impulse: 'hall.wav' }); // for PartConv
 * const loop = useBuffer({ frames: 48000, channels: 2 });
 * ```
 *
 * The handle has no number while rendering. A synth that uses it waits until it is loaded, while everything
 * else sounds. The component then renders again, so that `handle.info` and `handle.duration` can be read.
 *
 * Sends `/b_allocRead` or `/b_alloc` at the commit. Sends `/b_free` after the unmount, when the last synth
 * that plays it has ended.
 *
 * A relative path counts from the server's folder. A relative URL counts from its base: `import.meta.url` is
 * the module's.
 *
 * @param source - A path as the server sees it, a URL of it, or an object that describes the buffer.
 * @param name - For error messages and the tree.
 * @throws SuperColliderError `invalid-argument` for an invalid source.
 * @throws SuperColliderError `command-failed`, to the nearest error boundary, when the server cannot read the
 *   file.
 */
export function useBuffer(source: string | URL | BufferSource<string | URL>, name?: string): BufferHandle {
  const scene = useScene('useBuffer');
  const [error, onFail] = useState<Error>();
  const [, onLoad] = useReducer((count: number) => count + 1, 0);
  const wanted = withPaths(source);
  // An object literal is new at each render: what it says is what counts, and `data` by identity.
  const key = 'data' in wanted ? wanted.data : JSON.stringify(wanted);
  const channels = 'channels' in wanted ? wanted.channels : undefined;
  const buffer = useStable([key, channels, name], () => new BufferHandle(checkSource(wanted), name));
  useInsertionEffect(() => scene.mount(buffer, { onFail, onLoad }), [scene, buffer]);
  if (error) throw error;
  return buffer;
}

function withPaths(source: string | URL | BufferSource<string | URL>): BufferSource {
  if (typeof source === 'string' || source instanceof URL) return { path: serverPath(source) };
  if ('path' in source) return { ...source, path: serverPath(source.path) };
  if ('impulse' in source) return { ...source, impulse: serverPath(source.impulse) };
  return 'stream' in source ? { ...source, stream: serverPath(source.stream) } : source;
}

function checkSource(source: BufferSource): BufferSource {
  const problem = problemOf(source);
  if (problem) throw new SuperColliderError('invalid-argument', `useBuffer: ${problem}`);
  return source;
}

function problemOf(source: BufferSource): string | undefined {
  for (const key of ['path', 'stream', 'impulse']) {
    const path = (source as Readonly<Record<string, unknown>>)[key];
    if (key in source && (typeof path !== 'string' || path === ''))
      return `${key} is ${JSON.stringify(path)}, not the path of a sound file.`;
  }
  if ('path' in source || 'impulse' in source) return undefined;
  if ('stream' in source) {
    const { startFrame = 0 } = source;
    return Number.isInteger(startFrame) && startFrame >= 0
      ? undefined
      : `startFrame is ${startFrame}. It is a whole number from 0 up.`;
  }
  const { channels = 1 } = source;
  if (!(Number.isInteger(channels) && channels >= 1))
    return `channels is ${channels}. It is a whole number from 1 up.`;
  if ('data' in source) {
    const { length } = source.data;
    if (length === 0 || length % channels !== 0) {
      return `data has ${length} samples, which is not a whole number of frames of ${channels} channels.`;
    }
    const wrong = Array.prototype.findIndex.call(source.data, (sample) => !isFloat32(sample));
    return wrong < 0
      ? undefined
      : `data is ${source.data[wrong]} at sample ${wrong}. Samples are numbers up to 3.4e38.`;
  }
  // scsynth answers nothing at all to /b_alloc with 0 frames or less.
  return Number.isInteger(source.frames) && source.frames >= 1
    ? undefined
    : `frames is ${source.frames}. Give a path, data, or a whole number of frames from 1 up.`;
}

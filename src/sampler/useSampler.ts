import { use, useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useRandom } from '../hooks/useRandom.js';
import { useScene } from '../hooks/useServer.js';
import { useStable } from '../hooks/useStable.js';
import type { SceneContext } from '../live/sceneContext.js';
import { regionsOfMap, type SampleFile, type SampleMap } from './fileMap.js';
import { SamplerInstrument } from './instrument.js';
import { loadRegions } from './loadRegions.js';
import type { SamplerOptions } from './options.js';
import type { Region } from './region.js';

/** The source of a sampler: a map of notes to files, a folder, an `.sfz` file, or a SoundFont (`.sf2`, `.sf3`). */
export type SamplerFiles = SampleMap | SampleFile;

/**
 * An instrument of samples, as long as the component is mounted.
 *
 * The instrument goes where a definition goes in `<Note>`, `<Pattern>` and `<Cycle>`. A note plays the samples that are for
 * its pitch and velocity. A note that begins before its samples are loaded sounds when they are.
 *
 * @param files - A map of notes to files, the path or URL of an `.sfz` file or of a SoundFont, or the path of a
 *   folder. A component that
 *   reads a file or a folder is suspended until the regions are known: `<Suspense>` lets all else sound.
 * @example
 * ```tsx
 * const piano = useSampler({ C3: 'c3.wav', C4: 'c4.wav', C5: ['c5-a.wav', 'c5-b.wav'] });
 * <Note def={piano} pitch="E4" velocity={0.7} length={1} />
 * ```
 *
 * @throws SuperColliderError `invalid-argument` for an invalid map, and `invalid-file` for an invalid file, with the line.
 * @throws SuperColliderError `command-failed` for a sound file that the server cannot read.
 */
export function useSampler(files: SamplerFiles, options: SamplerOptions = {}): SamplerInstrument {
  const scene = useScene('useSampler');
  const random = useRandom();
  rejectUnknownProps('useSampler', options, ['spread', 'name', 'preset', 'ignore']);
  const regions = useRegions(scene, files, options);
  const name = options.name ?? (isFile(files) ? String(files).replace(/^.*[/\\](?=.)/, '') : 'sampler');
  const sampler = useStable([regions, name, random], () => new SamplerInstrument(name, regions, random));
  const [error, onFail] = useState<Error>();
  useInsertionEffect(() => {
    const ends = sampler.buffers.handles.map((buffer) =>
      scene.mount(buffer, { onFail, onLoad: sampler.tell }),
    );
    return () => {
      for (const end of ends) end();
    };
  }, [scene, sampler]);
  const isLoaded = () => sampler.isLoaded;
  useSyncExternalStore(sampler.subscribe, isLoaded, isLoaded);
  if (error) throw error;
  return sampler;
}

const isFile = (files: SamplerFiles): files is SampleFile =>
  typeof files === 'string' || files instanceof URL;

/** Files that were read for a scene, by source: a component that is suspended has no state of its own. */
const reading = new WeakMap<SceneContext, Map<string, Promise<readonly Region[]>>>();

function useRegions(scene: SceneContext, files: SamplerFiles, options: SamplerOptions): readonly Region[] {
  // What is written in the render is new each time: what it says is what counts, and data by identity.
  const data: unknown[] = [];
  const key = JSON.stringify([files, options.spread, options.preset, options.ignore], (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    data.push(value);
    return `data ${data.length}`;
  });
  const found = useStable([scene, key, ...data], () =>
    isFile(files) ? readOnce(scene, key, files, options) : regionsOfMap(files, options.spread ?? true),
  );
  // The next mount reads again.
  useEffect(() => () => void reading.get(scene)?.delete(key), [scene, key]);
  return found instanceof Promise ? use(found) : found;
}

function readOnce(
  scene: SceneContext,
  key: string,
  source: SampleFile,
  options: SamplerOptions,
): Promise<readonly Region[]> {
  const known = reading.get(scene) ?? new Map<string, Promise<readonly Region[]>>();
  reading.set(scene, known);
  const promise = known.get(key) ?? loadRegions(scene, source, options);
  known.set(key, promise);
  return promise;
}

/** Regions from what a piece names: a map, a folder, an `.sfz` or a SoundFont. */

import { SuperColliderError } from '../errors.js';
import { serverPath } from '../hooks/serverPath.js';
import { loadPart } from '../latePart.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { SampleFile } from './fileMap.js';
import type { SamplerOptions } from './options.js';
import type { Region } from './region.js';

/** The part of a scene that reads files. */
export type Files = Pick<SceneContext, 'readFile' | 'readFolder'>;

/**
 * Reads the regions of a file or of a folder.
 *
 * @throws SuperColliderError `invalid-file` for what cannot be read, with the file, the line and the opcode.
 */
export async function loadRegions(
  files: Files,
  source: SampleFile,
  options: SamplerOptions,
): Promise<readonly Region[]> {
  const path = serverPath(source);
  if (/\.sfz$/i.test(path)) {
    const { regionsOfSfz } = await loadPart(() => import('./sfz.js'), 'reading of .sfz files');
    return regionsOfSfz(path, (each) => readText(files, each), options.ignore);
  }
  if (/\.sf[23]$/i.test(path)) {
    const { regionsOfSoundFont } = await loadPart(() => import('./soundFont.js'), 'reading of SoundFonts');
    return regionsOfSoundFont(path, await readBytes(files, path), options.preset);
  }
  const name = path.replace(/^.*[/\\]/, '');
  if (/\.[A-Za-z]\w+$/.test(name) && !path.endsWith('/'))
    throw new SuperColliderError(
      'invalid-argument',
      `useSampler: "${path}" is no instrument. It is a map of notes to files, a folder, an .sfz file, or a SoundFont (.sf2). ` +
        `For a single sample write { C4: ${JSON.stringify(path)} }.`,
    );
  if (!files.readFolder) {
    throw new SuperColliderError(
      'invalid-file',
      `useSampler: the folder "${path}" cannot be listed: a page has no folders. Give a map of notes to files, or an .sfz file.`,
    );
  }
  const { regionsOfFolder } = await loadPart(() => import('./folder.js'), 'reading of folders');
  return regionsOfFolder(path, listed(files.readFolder, path));
}

function listed(readFolder: (path: string) => readonly string[], path: string): readonly string[] {
  try {
    return readFolder(path);
  } catch (cause) {
    throw new SuperColliderError(
      'invalid-file',
      `useSampler: the folder "${path}" could not be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

const readText = async (files: Files, path: string): Promise<string> =>
  new TextDecoder().decode(await readBytes(files, path));

/** The bytes of a file of this machine, or of an address. */
async function readBytes(files: Files, path: string): Promise<Uint8Array> {
  if (files.readFolder && !/^https?:/.test(path)) return files.readFile(path);
  const failed = (reason: string, cause?: unknown) =>
    new SuperColliderError('invalid-file', `"${path}" could not be read: ${reason}`, { cause });
  const response = await fetch(path).catch((cause: unknown) => {
    throw failed((cause as Error).message, cause);
  });
  if (!response.ok) throw failed(`${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

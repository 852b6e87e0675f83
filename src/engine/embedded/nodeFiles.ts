import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeSoundFile } from '../soundfile/decodeSoundFile.js';
import type { FileAccess } from './fileAccess.js';

/** The files of this machine, for the commands that name a path. */
export const nodeFiles: FileAccess = {
  read: (path) => readFile(path),
  readSound: async (path) => decodeSoundFile(await readFile(path)),
  write: async (path, bytes) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  },
  matching: async (pattern) => {
    const folder = dirname(pattern);
    const expression = new RegExp(
      `^${basename(pattern)
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    );
    return (await filesIn(folder)).filter((path) => expression.test(basename(path)));
  },
  inFolder: async (path, ending) => (await filesIn(path)).filter((each) => each.endsWith(ending)),
};

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}

/**
 * Definitions and sound files as modules. Their types are in `react-collider/vite/client`.
 */

import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Plugin } from 'vite';
import { synthDefsFromSclang } from '../synthdef/node/sclang.js';
import { type SynthDef, synthDefsFromBytes } from '../synthdef/synthDefsFromBytes.js';

/** Options of `importedFiles`. */
export interface ImportedFilesOptions {
  /** The executable of sclang, for `.scd` files. @default 'sclang' */
  readonly sclang?: string | undefined;
  /** Value of an imported sound file: its address for a page, or its path. @default 'url' */
  readonly sounds?: 'url' | 'path' | undefined;
}

/** Sound files that are no assets for Vite by itself. */
const AIFF = /\.aif[cf]?$/i;
const SOUNDS = /\.(wav|aif[cf]?|flac|ogg|oga|mp3)$/i;

/** Sound files that are paths: a file of its own for Vite, which has nothing to do when the sound changes. */
const SOUND_ID = '\0react-collider:sound:';

/**
 * A Vite plugin that makes modules of files:
 *
 * - `.scsyndef`: its first definition by default, and all of them by name as `synthDefs`;
 * - `.scd`: the same, of the definitions that the code makes; an installed sclang compiles it when it is imported;
 * - sound files: their address, for `useBuffer`. Vite has them anyway, but for AIFF.
 */
export function importedFiles({ sclang, sounds = 'url' }: ImportedFilesOptions = {}): Plugin {
  return {
    name: 'react-collider:files',
    enforce: 'pre',
    config: () => ({ assetsInclude: AIFF }),
    async resolveId(source, importer) {
      if (sounds !== 'path' || source.startsWith('\0') || !SOUNDS.test(source)) return null;
      const file = await this.resolve(source, importer, { skipSelf: true });
      return file && SOUND_ID + file.id;
    },
    async load(id) {
      if (id.startsWith(SOUND_ID)) return `export default ${JSON.stringify(id.slice(SOUND_ID.length))};`;
      const ending = extname(id);
      // Vite watches its root alone, and what plugins ask for.
      if (ending === '.scsyndef' || ending === '.scd') this.addWatchFile(id);
      switch (ending) {
        case '.scsyndef':
          return moduleOf(definitionsIn(await readFile(id), id), id);
        case '.scd':
          return moduleOf(
            await synthDefsFromSclang({ file: id }, sclang === undefined ? {} : { path: sclang }),
            id,
          );
        default:
          return null;
      }
    },
  };
}

/** @throws Error that names the file. */
function definitionsIn(bytes: Uint8Array, file: string): readonly SynthDef[] {
  try {
    return synthDefsFromBytes(bytes);
  } catch (cause) {
    throw new Error(`${file} is no file of synthdefs. ${(cause as Error).message}`, { cause });
  }
}

/** @throws Error where there is no definition. */
function moduleOf(defs: readonly SynthDef[], file: string): string {
  if (defs.length === 0) throw new Error(`${basename(file)} has no definition.`);
  const list = defs.map(({ bytes }) => `'${Buffer.from(bytes).toString('base64')}'`).join(', ');
  return `import { synthDefsFromBytes } from 'react-collider/synthdef';
const defs = [${list}].map((base64) => synthDefsFromBytes(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)))[0]);
export const synthDefs = Object.fromEntries(defs.map((def) => [def.name, def]));
export default defs[0];
`;
}

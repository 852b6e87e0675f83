/** Files that a page may name: those within one folder. */

import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * Why a path may not be used; `undefined` when it may. Links are followed, and so are those of the folders above a
 * file that is not there yet.
 *
 * @param folder - The only folder that files may be in; `undefined` for none.
 */
export function pathRefusal(path: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return 'pages may use no files here; start the bridge with --files FOLDER';
  if (!isAbsolute(path)) return `the path "${path}" is not absolute; files are in ${folder}`;
  // Patterns are expanded by the server itself, after this check.
  if (/[*?[\]{}~]/.test(path)) return `the path "${path}" has a pattern in it`;
  const inside = relative(realPath(resolve(folder)), realPath(path));
  if (inside === '..' || inside.startsWith('../') || isAbsolute(inside)) {
    return `the path "${path}" is outside of ${folder}`;
  }
  return undefined;
}

/** The real path of a path; for a missing file, that of the part that exists. */
function realPath(path: string): string {
  try {
    // As the server will open it: without `native`, Node takes `link/..` to be where the link is, not where it leads.
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

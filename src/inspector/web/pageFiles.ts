import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the inspector's page, as it is served. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * All files of the page by their paths, read once: nothing else of the disk is ever served.
 *
 * @throws Error when the page was not built.
 */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  const isSource = import.meta.url.endsWith('.ts');
  const folder = new URL(isSource ? '../../../dist/inspector/page/' : '../page/', import.meta.url);
  const files = new Map<string, PageFile>();
  let names: readonly string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (cause) {
    throw new Error(
      `The inspector's page is not built: ${fileURLToPath(folder)} is missing. Run npm run build.`,
      { cause },
    );
  }
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type)
      files.set(`/${name.replaceAll('\\', '/')}`, { type, bytes: readFileSync(new URL(name, folder)) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

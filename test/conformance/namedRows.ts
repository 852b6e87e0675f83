/** Which tests name which rows: a case by its `rows`, any other test by what its title begins with, `N1 N4: …`. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cases } from './cases.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** `test('N1 N4: …'`, also with `.each(…)`, `.runIf(…)` before it and a table between. */
const TITLE = /\(\s*['"`]((?:[A-Z]\d+ )*[A-Z]\d+): [^'"`]/g;

/** Where each row is shown: ids of cases, and files of tests. */
export function namedRows(): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  const name = (row: string, where: string) => {
    const places = named.get(row) ?? [];
    if (!places.includes(where)) named.set(row, [...places, where]);
  };
  for (const { id, rows } of cases) for (const row of rows) name(row, id);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .toSorted();
  for (const file of files) {
    for (const [, rows] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(TITLE))
      for (const row of rows!.split(' ')) if (!/^C\d/.test(row)) name(row, file);
  }
  return named;
}

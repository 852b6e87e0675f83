/**
 * docs/engines.md has the exceptions of the suite as a table. `UPDATE_DOCS=1 npx vitest run test/conformance/table`
 * writes it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cases } from './cases.js';
import { namedRows } from './namedRows.js';
import { notOffered, sections } from './rows.js';
import { targets } from './wire.js';

const BEGIN = '<!-- conformance: written by test/conformance/table.test.ts -->';
const END = '<!-- end of conformance -->';
const file = new URL('../../docs/engines.md', import.meta.url);

function table(): string {
  const head = ['| case | on scsynth 3.13 | ', targets.slice(1).join(' | '), ' |'].join('');
  const line = `| --- | --- | ${targets
    .slice(1)
    .map(() => '---')
    .join(' | ')} |`;
  const rows = cases.map(({ id, title, except }) => {
    const cells = targets.slice(1).map((target) => except?.[target]?.reason ?? 'the same');
    return `| ${id} | ${title} | ${cells.join(' | ')} |`;
  });
  return [BEGIN, '', head, line, ...rows, '', ...rowTables(), END].join('\n');
}

/** Each capability with the cases and tests that show it, and where a case of it is otherwise. */
function rowTables(): readonly string[] {
  const named = namedRows();
  const rows = Object.entries(sections).flatMap(([section, list]) =>
    list.map(([id, what]) => {
      const places = named.get(id) ?? [];
      const shown = places.map((place) => (/^C\d/.test(place) ? place : `\`${place}\``)).join(', ');
      return `| ${section} | ${id} ${what} | ${shown || `left out: ${notOffered[id]}`} | ${exceptionsOf(id)} |`;
    }),
  );
  const count = rows.length - Object.keys(notOffered).length;
  return [
    '### Each capability',
    '',
    `${count} capabilities of the clients of other languages, each with the cases of the table above and the tests in`,
    '`test/` that show it. Tests run on scsynth, supernova and the embedded engine wherever they apply. For macOS and',
    'Windows, tests check only the command line that is built for them.',
    '',
    '| | capability | shown by | otherwise |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

function exceptionsOf(row: string): string {
  const ofRow = cases.filter(({ rows }) => rows.includes(row));
  return targets
    .flatMap((target) => {
      const ids = ofRow.filter(({ except }) => except?.[target]).map(({ id }) => id);
      return ids.length > 0 ? [`${target}: ${ids.join(', ')}`] : [];
    })
    .join('; ');
}

test('the table in docs/engines.md is what the suite promises', () => {
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END) + END.length];
  if (process.env.UPDATE_DOCS) writeFileSync(file, text.slice(0, from) + table() + text.slice(to));
  else expect(text.slice(from, to)).toBe(table());
});

test('every case has an id of its own', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

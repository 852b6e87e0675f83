/**
 * docs/engines.md has the exceptions of the suite as a table. `UPDATE_DOCS=1 npx vitest run test/conformance/table`
 * writes it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cases } from './cases.js';
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
  return [BEGIN, '', head, line, ...rows, '', END].join('\n');
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

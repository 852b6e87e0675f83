import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes, nearest } from '../src/errors.js';

test('docs/errors.md has a section for each code, and no other', () => {
  const text = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  const sections = [...text.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code]) => code);
  expect(sections.toSorted()).toEqual([...errorCodes].toSorted());
});

test.each([
  ['frq', ['freq', 'amp', 'gate'], 'freq'],
  ['ferq', ['freq', 'amp'], 'freq'],
  ['Freq', ['freq'], 'freq'],
  ['sonic-pi-beeb', ['sonic-pi-beep', 'sonic-pi-fm'], 'sonic-pi-beep'],
  ['banana', ['freq', 'amp'], undefined],
  ['x', ['y'], 'y'],
  ['a', [], undefined],
])('the nearest to %s among %j is %s', (written, names, found) => {
  expect(nearest(written, names)).toBe(found);
});

import { expect, test } from 'vitest';
import { namedRows } from './namedRows.js';
import { notOffered, rowIds } from './rows.js';

const named = namedRows();

test('every row is shown by a test, or left out with its reason', () => {
  expect(rowIds.filter((id) => !named.has(id) && !(id in notOffered))).toEqual([]);
});

test('every row that a test names is one, and named once in the list', () => {
  expect([...named.keys()].filter((id) => !rowIds.includes(id))).toEqual([]);
  expect(new Set(rowIds).size).toBe(rowIds.length);
});

test('a row that is left out is shown by no test', () => {
  expect(Object.keys(notOffered).filter((id) => named.has(id) || !rowIds.includes(id))).toEqual([]);
});

import { expect, test } from 'vitest';
// @ts-expect-error: the scripts are JavaScript
import { undocumented } from '../scripts/docstrings.js';
// @ts-expect-error: the scripts are JavaScript
import { wordProblems } from '../scripts/lintWords.js';

test('each public export and member has a doc comment', () => {
  expect(undocumented().missing).toEqual([]);
});

test('comments and pages keep the rules of the glossary', () => {
  expect(wordProblems([])).toEqual([]);
});

/** The page of the library is what its script writes. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error: the scripts are JavaScript
import { instrumentsPage, pagePath } from '../../scripts/instruments.js';
import { libraryControls, standardSynthDefs } from '../../src/synthdef/library/index.js';

test('docs/instruments.md is as the library is: npm run build && node scripts/instruments.js writes it', () => {
  expect(readFileSync(pagePath, 'utf8')).toBe(instrumentsPage(standardSynthDefs(), libraryControls));
});

/** The page of the library is what its script writes. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error: the scripts are JavaScript
import { instrumentsPage, namesBySection, pagePath } from '../../scripts/instruments.js';
import { libraryControls, presets, standardSynthDefs } from '../../src/synthdef/library/index.js';

test('docs/instruments.md is as the library is: npm run build && node scripts/instruments.js writes it', () => {
  expect(readFileSync(pagePath, 'utf8')).toBe(instrumentsPage(standardSynthDefs(), libraryControls, presets));
});

test('the pictures have all definitions that sound by themselves', () => {
  for (const { file, names } of namesBySection() as { file: string; names: string[] }[]) {
    const picture = readFileSync(
      new URL(`../../docs/pictures/instruments/${file.replace('.ts', '.svg')}`, import.meta.url),
      'utf8',
    );
    // What replaces the sound on a bus, and what needs an impulse response, have nothing to show.
    const shown = names.filter((name) => name !== 'limiter' && name !== 'convolution');
    expect([...picture.matchAll(/<text[^>]*>(\w+)<\/text>/g)].map(([, name]) => name)).toEqual(shown);
  }
});

/** Every unit generator of the catalogue compiles to sclang's bytes. */

import { execa } from 'execa';
import { expect, test } from 'vitest';
import { type Entry, entryOf } from '../../../src/synthdef/catalogue/define.js';
import * as generated from '../../../src/synthdef/catalogue/generated/index.js';
import * as plugins from '../../../src/synthdef/catalogue/plugins/index.js';
import { pairsOf } from './catalogueGraphs.js';
import { compileWithSclang } from './compileWithSclang.js';

const entriesOf = (catalogue: object): Entry[] =>
  Object.values(catalogue).map((functions) => entryOf(functions as object)!);

test.each([
  ['SuperCollider', generated],
  ['sc3-plugins', plugins],
] as const)('of %s: at every rate, with few inputs, with signals, with channels', async (_, catalogue) => {
  const pairs = pairsOf(entriesOf(catalogue));
  const expected = await compileWithSclang(pairs.map(({ sclang }) => sclang));
  const different = pairs.flatMap(({ title, sclang, bytes }, index) => {
    const theirs = expected[index];
    let ours: Uint8Array | undefined;
    let error: unknown;
    try {
      ours = bytes();
    } catch (thrown) {
      error = thrown;
    }
    if (!theirs && !ours) return [];
    if (theirs && ours && Buffer.compare(theirs, ours) === 0) return [];
    return [`${title}: ${sclang} ${theirs ? '' : 'sclang refuses'} ${error ?? ''}`];
  });
  console.log(pairs.length, different.length, different.slice(0, 60).join('\n'));
  expect(different).toEqual([]);
});

test('the committed catalogue is what the installed sclang has', async () => {
  const { stdout } = await execa('node', ['scripts/catalogue.js', '--check']);
  expect(stdout).toContain('as generated');
}, 120_000);

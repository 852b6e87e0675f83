/** Every unit generator of the catalogue compiles to sclang's bytes. */

import { execa } from 'execa';
import { expect } from 'vitest';
import { type Entry, entryOf } from '../../../src/synthdef/catalogue/define.js';
import * as generated from '../../../src/synthdef/catalogue/generated/index.js';
import * as plugins from '../../../src/synthdef/catalogue/plugins/index.js';
import { decodeSynthDefs } from '../../../src/synthdef/file/decode.js';
import { encodeSynthDefs } from '../../../src/synthdef/file/encode.js';
import { testWithSclang } from '../../setup/sclang.js';
import { pairsOf } from './catalogueGraphs.js';
import { compileWithSclang } from './compileWithSclang.js';

const entriesOf = (catalogue: object): Entry[] =>
  Object.values(catalogue).map((functions) => entryOf(functions as object)!);

/** Where sclang makes something that the server cannot play; ours leaves it out. */
const NOT_AS_SCLANG: readonly [RegExp, why: string][] = [
  [
    /^(Analog|Digital)Out\.[ak]r, (signals|channels|unread)$/,
    'sclang adds a MulAdd that reads an output of a unit without outputs',
  ],
  [/^StkFlute\.kr, (signals|channels|unread)$/, 'sc3-plugins multiplies and adds twice'],
];

testWithSclang.each([
  ['SuperCollider', generated, 2250],
  ['sc3-plugins', plugins, 1760],
] as const)(
  'of %s: at every rate, with few inputs, with signals, with channels, unread',
  async (_, catalogue, least) => {
    const pairs = pairsOf(entriesOf(catalogue));
    const theirs = await compileWithSclang(pairs.map(({ sclang }) => sclang));
    expect(pairs.length).toBeGreaterThan(least);
    const different = pairs.flatMap(({ title, sclang, bytes }, index) => {
      if (NOT_AS_SCLANG.some(([titles]) => titles.test(title))) return [];
      const expected = theirs[index];
      if (!expected) return [`${title}: sclang refuses ${sclang}`];
      return Buffer.compare(expected, bytes()) === 0 ? [] : [`${title}: ${sclang}`];
    });
    expect(different).toEqual([]);
    const changed = theirs.flatMap((bytes, index) => {
      if (NOT_AS_SCLANG.some(([titles]) => titles.test(pairs[index]!.title))) return [];
      const isSame = bytes && Buffer.compare(encodeSynthDefs(decodeSynthDefs(bytes)), bytes) === 0;
      return isSame ? [] : [pairs[index]!.title];
    });
    expect(changed, 'decoded and encoded again').toEqual([]);
  },
  120_000,
);

testWithSclang(
  'the committed catalogue is what the installed sclang has',
  async () => {
    const { stdout } = await execa('node', ['scripts/catalogue.js', '--check']);
    expect(stdout).toContain('as generated');
  },
  120_000,
);

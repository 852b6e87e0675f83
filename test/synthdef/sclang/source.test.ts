/** SuperCollider code as a source of definitions. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { synthDefsFromSclang } from '../../../src/synthdef/node/sclang.js';
import { synthDef } from '../../../src/synthdef/synthDef.js';
import { Out, SinOsc } from '../../../src/synthdef/ugens.js';
import { temporaryFolder } from '../../engine/native/programs.js';
import { testWithSclang } from '../../setup/sclang.js';

const sine = synthDef('sine', { freq: 440 }, (c) => Out.ar(0, SinOsc.ar(c.freq)));

testWithSclang('every SynthDef that the code makes is there, whatever the code does with it', async () => {
  const defs = await synthDefsFromSclang(
    'SynthDef(\\sine, { |freq = 440| Out.ar(0, SinOsc.ar(freq)) }).add; [1, 2].do { |n| SynthDef("part" ++ n, { Out.ar(n, Saw.ar) }) }',
  );
  expect(defs.map(({ name }) => name)).toEqual(['sine', 'part1', 'part2']);
  expect(defs[0]!.bytes).toEqual(sine.bytes);
  expect(defs[0]!.description.controls).toMatchObject([{ name: 'freq', defaults: [440] }]);
});

testWithSclang('of one name the last one counts', async () => {
  const [first, second] = await synthDefsFromSclang(
    'SynthDef(\\sine, { Out.ar(0, Saw.ar) }); SynthDef(\\sine, { |freq = 440| Out.ar(0, SinOsc.ar(freq)) })',
  );
  expect(first!.bytes).toEqual(sine.bytes);
  expect(second).toBeUndefined();
});

testWithSclang('a file', async () => {
  const file = join(temporaryFolder(), 'with "quotes" and spaces.scd');
  writeFileSync(file, '(\nSynthDef(\\sine, { |freq = 440|\n\tOut.ar(0, SinOsc.ar(freq))\n}).add;\n)\n');
  const [def] = await synthDefsFromSclang({ file });
  expect(def!.bytes).toEqual(sine.bytes);
});

testWithSclang.each([
  [
    'a syntax error',
    'SynthDef(\\a, { Out.ar( })',
    /The code does not compile in sclang: ERROR: Parse error.*line 1 char 24/,
  ],
  [
    'a wrong graph',
    'SynthDef(\\a, { Out.ar(0, SinOsc.kr(1)) })',
    /does not compile in sclang: .*not audio rate/,
  ],
  [
    'an unknown class',
    'SynthDef(\\a, { Out.ar(0, SniOsc.ar(1)) })',
    /does not compile in sclang: .*Class not defined/,
  ],
  ['no SynthDef', '3 + 4', /The code makes no SynthDef/],
])('%s is told', async (_, code, message) => {
  await expect(synthDefsFromSclang(code)).rejects.toThrow(message);
});

test('without an sclang it says so', async () => {
  await expect(synthDefsFromSclang('1', { path: '/nowhere/sclang' })).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is no sclang at "/nowhere/sclang": install SuperCollider, or give its path as { path }.',
  });
});

testWithSclang('code that does not end is given up', async () => {
  await expect(synthDefsFromSclang('loop { }', { timeout: 2 })).rejects.toMatchObject({ code: 'timeout' });
});

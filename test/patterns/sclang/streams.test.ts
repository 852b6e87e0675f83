/**
 * Streams by chance give what sclang's patterns give. Fixed seeds here; `CASES=2000 SEED=12345` tries others.
 */

import { expect } from 'vitest';
import { testWithSclang } from '../../setup/sclang.js';
import { randomStream } from './randomStreams.js';
import { readSclang, runSclang } from './runSclang.js';

const count = Number(process.env.CASES ?? 240);
const first = Number(process.env.SEED ?? 1);

/** Values of each case that are compared. */
const LENGTH = 40;

testWithSclang(
  `${count} streams by chance have sclang's values, from seed ${first}`,
  async () => {
    const cases = Array.from({ length: count }, (_, index) => randomStream(first + index));
    // Each in a function of its own: sclang refuses more than 256 literals in one.
    const code = cases.map(({ sclang }) => `{ ${sclang} }.value.asStream.nextN(${LENGTH})`);
    const [text] = await runSclang(
      `var codes = File.readAllString(~folder ++ "codes.txt").split(Char.ff);
      File.use(~folder ++ "values.txt", "w") { |file|
        codes.do { |code| file.write(code.interpret.asCompileString.replace("\\n", " ") ++ "\\n") }
      };`,
      ['values.txt'],
      { 'codes.txt': code.join('\f') },
    );
    const theirs = text!.trim().split('\n').map(readSclang) as (unknown[] | null)[];
    expect(theirs.length).toBe(count);
    const different = cases.flatMap(({ ours, sclang }, index) => {
      const values = [...ours.fin(LENGTH)];
      const expected = theirs[index]!.filter((value) => value !== null);
      return isClose(values, expected) ? [] : [{ seed: first + index, sclang, values, expected }];
    });
    expect(different).toEqual([]);
    expect(theirs.filter((each) => each!.some((value) => value !== null)).length).toBeGreaterThan(
      count * 0.8,
    );
  },
  300_000,
);

function isClose(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => isClose(each, b[index]));
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return a === b || Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
}

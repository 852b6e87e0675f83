/** Everything that definitions can say compiles to sclang's bytes. */

import { expect } from 'vitest';
import { hasSclang, testWithSclang } from '../../setup/sclang.js';
import { compileWithSclang } from './compileWithSclang.js';
import { constructs } from './constructs/index.js';

const theirs = hasSclang ? await compileWithSclang(constructs.map(({ sclang }) => sclang)) : [];

testWithSclang.each(constructs.map((pair, index) => [pair.title, pair, index] as const))(
  '%s',
  (_, { sclang, bytes }, index) => {
    const expected = theirs[index];
    expect(expected, `sclang refuses ${sclang}`).toBeDefined();
    expect(Buffer.from(bytes()).toString('latin1')).toBe(Buffer.from(expected!).toString('latin1'));
  },
);

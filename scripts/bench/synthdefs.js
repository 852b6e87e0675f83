/** W9: compiling definitions of 20, 200 and 2,000 units, against sclang compiling the same ones. */

import { LFNoise1, Mix, Out, SinOsc, synthDef } from '../../dist/synthdef/index.js';
import { interleave } from './timing.js';

/** About five units a voice: an oscillator, what moves it, and the sums. */
const compile = (units) =>
  synthDef('bench', { freq: 440, amp: 0.1 }, (c) => {
    const voices = Array.from({ length: units / 5 }, (_, index) =>
      SinOsc.ar(c.freq.mul(index + 1.5).add(LFNoise1.kr(index + 1)), 0, c.amp),
    );
    Out.ar(0, Mix(voices));
  });

export async function w9({ sclang }) {
  const results = {};
  for (const [units, runs] of [
    [20, 100],
    [200, 40],
    [2000, 12],
  ]) {
    results[`W9-${units}`] = await interleave(runs, {
      ours: () => void compile(units),
      ...(sclang && { sclang: () => sclang.run('W9', units) }),
    });
  }
  return results;
}

/** Signals mapped, limited and smoothed. */

import type { Signal } from '../../../../src/synthdef/signal/signal.js';
import { LFPulse, SinOsc } from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

for (const [method, args] of [
  ['range', '(1, 2)'],
  ['range', '(0.5, SinOsc.kr(1))'],
  ['exprange', '(100, 1000)'],
  ['curverange', '(1, 2, 3)'],
  ['curverange', '(1, 2, 0)'],
  ['unipolar', '(2)'],
  ['bipolar', '(2)'],
  ['clip', '(-0.5, 0.5)'],
  ['fold', '(-0.5, 0.5)'],
  ['wrap', '(-0.5, 0.5)'],
  ['degrad', '()'],
  ['raddeg', '()'],
  ['minNyquist', '()'],
  ['lag', '(0.2)'],
  ['lag', '(0.2, 0.3)'],
  ['lag2', '(0.2)'],
  ['lag2', '(0.2, 0.3)'],
  ['lag3', '(0.2)'],
  ['lag3', '(0.2, 0.3)'],
  ['slew', '(1, 2)'],
  ['linlin', '(-1, 1, 100, 200)'],
  ['linexp', '(-1, 1, 100, 200)'],
  ['explin', '(0.1, 1, 0, 10)'],
  ['expexp', '(0.1, 1, 1, 10)'],
  ['lincurve', '(-1, 1, 0, 10, 2)'],
  ['lincurve', '(-1, 1, 0, 10, 0.1)'],
  ['curvelin', '(-1, 1, 0, 10, 2)'],
  ['bilin', '(0, -1, 1, 5, 0, 10)'],
  ['moddif', '(0.5, 2)'],
  ['snap', '(0.5, 0.1, 1)'],
  ['softRound', '(0.5, 0.1, 1)'],
  ['blend', '(SinOsc.ar(2), 0.3)'],
  ['madd', '(2, 3)'],
] as const) {
  // biome-ignore format: a table
  for (const rate of ['ar', 'kr'] as const) {
    const outOf = rate === 'ar' ? 'Out.ar' : 'Out.kr';
    if (method === 'blend' && rate === 'kr') continue;
    pair(`${method}${args} at ${rate}`, `{ ${outOf}(0, SinOsc.${rate}(1).${method}${args}) }`, () => {
      const first = SinOsc[rate](1);
      // The arguments are those of the sclang code.
      const given = new Function('SinOsc', `return [${args.slice(1, -1)}]`)(SinOscMethods) as never[];
      return (rate === 'ar' ? out : outKr)((first[method] as (...given: never[]) => Signal).apply(first, given));
    });
  }
}
const SinOscMethods = { ar: (freq: number) => SinOsc.ar(freq), kr: (freq: number) => SinOsc.kr(freq) };
pair('range of a unipolar unit', '{ Out.ar(0, LFPulse.ar(1).range(2, 3)) }', () =>
  out(LFPulse.ar(1).range(2, 3)),
);
pair('exprange of a unipolar unit', '{ Out.ar(0, LFPulse.ar(1).exprange(2, 3)) }', () =>
  out(LFPulse.ar(1).exprange(2, 3)),
);
pair('range of channels', '{ Out.ar(0, SinOsc.ar([1, 2]).range([1, 2], 3)) }', () =>
  out(SinOsc.ar([1, 2]).range([1, 2], 3)),
);
pair('lag of channels', '{ Out.kr(0, SinOsc.kr([1, 2]).lag([0.1, 0.2])) }', () =>
  outKr(SinOsc.kr([1, 2]).lag([0.1, 0.2])),
);
pair('linlin with moving ends', '{ Out.ar(0, SinOsc.ar(1).linlin(-1, 1, SinOsc.kr(2), SinOsc.kr(3))) }', () =>
  out(SinOsc.ar(1).linlin(-1, 1, SinOsc.kr(2), SinOsc.kr(3))),
);
pair('linlin without limits', '{ Out.ar(0, SinOsc.ar(1).linlin(-1, 1, 0, 2, nil)) }', () =>
  out(SinOsc.ar(1).linlin(-1, 1, 0, 2, 'none')),
);
pair('if', '{ Out.ar(0, (SinOsc.kr(1) > 0).if(SinOsc.ar(2), SinOsc.ar(3))) }', () =>
  out(SinOsc.kr(1).gt(0).if(SinOsc.ar(2), SinOsc.ar(3))),
);

export const methods = pairs;

/** Signals mapped, limited and smoothed. */

import { asSignal, type Signal } from '../../../../src/synthdef/signal/signal.js';
import { Impulse, LFPulse, Mix, Pan2, SinOsc } from '../../../../src/synthdef/ugens.js';
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

pair('dup', '{ Out.ar(0, SinOsc.ar(1) ! 2) }', () => out(SinOsc.ar(1).dup()));
pair('dup of channels', '{ Out.ar(0, (SinOsc.ar([1, 2]) ! 3).collect(Mix(_))) }', () =>
  out(
    SinOsc.ar([1, 2])
      .dup(3)
      .map((pair) => Mix(pair)),
  ),
);
pair('reverse', '{ Out.ar(0, SinOsc.ar([1, 2, 3]).reverse) }', () => out(SinOsc.ar([1, 2, 3]).reverse()));
for (const steps of [1, -1, 5]) {
  pair(`rotate(${steps})`, `{ Out.ar(0, SinOsc.ar([1, 2, 3]).rotate(${steps})) }`, () =>
    out(SinOsc.ar([1, 2, 3]).rotate(steps)),
  );
}
pair('flop', '{ Out.ar(0, Pan2.ar(SinOsc.ar([1, 2, 3])).flop.collect(Mix(_))) }', () =>
  out(
    Pan2.ar(SinOsc.ar([1, 2, 3]))
      .flop()
      .map((row) => Mix(row)),
  ),
);
pair(
  'flop of rows of unequal length',
  '{ Out.ar(0, [SinOsc.ar([1, 2]), SinOsc.ar(3)].flop.collect(Mix(_))) }',
  () =>
    out(
      asSignal([SinOsc.ar([1, 2]), SinOsc.ar(3)])
        .flop()
        .map((row) => Mix(row)),
    ),
);
pair('poll', '{ Out.ar(0, SinOsc.ar(1).poll) }', () => out(SinOsc.ar(1).poll()));
pair('poll at control rate with a label', '{ Out.kr(0, SinOsc.kr(1).poll(2, "sine", 7)) }', () =>
  outKr(SinOsc.kr(1).poll(2, 'sine', 7)),
);
pair('poll with a trigger', '{ Out.ar(0, SinOsc.ar(1).poll(Impulse.ar(3))) }', () => {
  const sine = SinOsc.ar(1);
  out(sine.poll(Impulse.ar(3)));
});
pair('poll of an expression', '{ Out.ar(0, (SinOsc.ar(1) * 2).poll) }', () =>
  out(SinOsc.ar(1).mul(2).poll()),
);
pair('poll of channels', '{ Out.ar(0, Pan2.ar(SinOsc.ar(1)).poll) }', () =>
  out(Pan2.ar(SinOsc.ar(1)).poll()),
);
pair('poll of one output of several', '{ Out.ar(0, Pan2.ar(SinOsc.ar(1))[0].poll) }', () =>
  out(Pan2.ar(SinOsc.ar(1)).at(0).poll()),
);

export const methods = pairs;

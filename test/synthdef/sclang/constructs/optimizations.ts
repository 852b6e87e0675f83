/** What is computed in fewer units. */

import { asSignal } from '../../../../src/synthdef/signal/signal.js';
import {
  Demand,
  Dseq,
  Dseries,
  Impulse,
  LPF,
  MulAdd,
  Rand,
  Saw,
  SinOsc,
  Sum3,
  Sum4,
  WhiteNoise,
} from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

pair('Sum3', '{ Out.ar(0, SinOsc.ar(1) + SinOsc.ar(2) + SinOsc.ar(3)) }', () =>
  out(SinOsc.ar(1).add(SinOsc.ar(2)).add(SinOsc.ar(3))),
);
pair('Sum4', '{ Out.ar(0, SinOsc.ar(1) + SinOsc.ar(2) + SinOsc.ar(3) + SinOsc.ar(4)) }', () =>
  out(SinOsc.ar(1).add(SinOsc.ar(2)).add(SinOsc.ar(3)).add(SinOsc.ar(4))),
);
pair('five added', '{ Out.ar(0, (1..5).collect { |i| SinOsc.ar(i) }.sum) }', () =>
  out(asSignal([1, 2, 3, 4, 5].map((freq) => SinOsc.ar(freq))).sum()),
);
pair(
  'added from the right',
  '{ Out.ar(0, SinOsc.ar(1) + (SinOsc.ar(2) + (SinOsc.ar(3) + SinOsc.ar(4)))) }',
  () => out(SinOsc.ar(1).add(SinOsc.ar(2).add(SinOsc.ar(3).add(SinOsc.ar(4))))),
);
pair(
  'a sum of two sums',
  '{ Out.ar(0, (SinOsc.ar(1) + SinOsc.ar(2)) + (SinOsc.ar(3) + SinOsc.ar(4))) }',
  () =>
    out(
      SinOsc.ar(1)
        .add(SinOsc.ar(2))
        .add(SinOsc.ar(3).add(SinOsc.ar(4))),
    ),
);
pair('a sum used twice', '{ var a = SinOsc.ar(1) + SinOsc.ar(2); Out.ar(0, [a, a + SinOsc.ar(3)]) }', () => {
  const a = SinOsc.ar(1).add(SinOsc.ar(2));
  out(asSignal([a, a.add(SinOsc.ar(3))]));
});
pair('a sum added to itself', '{ var a = SinOsc.ar(1) + SinOsc.ar(2); Out.ar(0, a + a) }', () => {
  const a = SinOsc.ar(1).add(SinOsc.ar(2));
  out(a.add(a));
});
pair('a sum of different rates', '{ Out.ar(0, SinOsc.kr(1) + SinOsc.ar(2) + Rand(0, 1) + 3) }', () =>
  out(SinOsc.kr(1).add(SinOsc.ar(2)).add(Rand(0, 1)).add(3)),
);
pair('MulAdd from * and +', '{ Out.ar(0, SinOsc.ar(1) * SinOsc.kr(2) + SinOsc.kr(3)) }', () =>
  out(SinOsc.ar(1).mul(SinOsc.kr(2)).add(SinOsc.kr(3))),
);
pair('MulAdd from + and *', '{ Out.ar(0, SinOsc.kr(3) + (SinOsc.kr(1) * SinOsc.ar(2))) }', () =>
  out(SinOsc.kr(3).add(SinOsc.kr(1).mul(SinOsc.ar(2)))),
);
pair('MulAdd at control rate', '{ Out.kr(0, SinOsc.kr(1) * 2 + 3) }', () =>
  outKr(SinOsc.kr(1).mul(2).add(3)),
);
pair('no MulAdd of a scalar', '{ Out.kr(0, Rand(0, 1) * SinOsc.kr(2) + 3) }', () =>
  outKr(Rand(0, 1).mul(SinOsc.kr(2)).add(3)),
);
pair('no MulAdd with something faster', '{ Out.ar(0, SinOsc.kr(1) * 2 + SinOsc.ar(3)) }', () =>
  out(SinOsc.kr(1).mul(2).add(SinOsc.ar(3))),
);
pair('a + -b', '{ Out.ar(0, SinOsc.ar(1) + SinOsc.ar(2).neg) }', () =>
  out(SinOsc.ar(1).add(SinOsc.ar(2).neg())),
);
pair('-a + b', '{ Out.ar(0, SinOsc.ar(1).neg + SinOsc.ar(2)) }', () =>
  out(SinOsc.ar(1).neg().add(SinOsc.ar(2))),
);
pair('a - -b', '{ Out.ar(0, SinOsc.ar(1) - SinOsc.ar(2).neg) }', () =>
  out(SinOsc.ar(1).sub(SinOsc.ar(2).neg())),
);
pair('a - -b, then added', '{ Out.ar(0, SinOsc.ar(1) - SinOsc.ar(2).neg + SinOsc.ar(3)) }', () =>
  out(SinOsc.ar(1).sub(SinOsc.ar(2).neg()).add(SinOsc.ar(3))),
);
pair('a negative used twice', '{ var n = SinOsc.ar(2).neg; Out.ar(0, [SinOsc.ar(1) + n, n]) }', () => {
  const n = SinOsc.ar(2).neg();
  out(asSignal([SinOsc.ar(1).add(n), n]));
});
pair(
  'units that nobody reads',
  '{ SinOsc.ar(SinOsc.kr(3) + 1); LPF.ar(WhiteNoise.ar); Saw.ar(3); Out.ar(0, SinOsc.ar(440)) }',
  () => {
    SinOsc.ar(SinOsc.kr(3).add(1));
    LPF.ar(WhiteNoise.ar());
    Saw.ar(3);
    out(SinOsc.ar(440));
  },
);
pair('a product of products', '{ var x = SinOsc.ar(1); Out.ar(0, x * x * x + (x * 2) + (x * 3)) }', () => {
  const x = SinOsc.ar(1);
  out(x.mul(x).mul(x).add(x.mul(2)).add(x.mul(3)));
});
pair(
  'Sum3 and Sum4 by name',
  '{ Out.ar(0, [Sum3(SinOsc.ar(1), 0, SinOsc.ar(2)), Sum4(SinOsc.ar(1), SinOsc.kr(2), 0, 3), Sum3(SinOsc.kr(1), SinOsc.ar(2), Rand(0, 1))]) }',
  () =>
    out(
      asSignal([
        Sum3(SinOsc.ar(1), 0, SinOsc.ar(2)),
        Sum4(SinOsc.ar(1), SinOsc.kr(2), 0, 3),
        Sum3(SinOsc.kr(1), SinOsc.ar(2), Rand(0, 1)),
      ]),
    ),
);
pair(
  'MulAdd by name',
  '{ Out.ar(0, [MulAdd(SinOsc.ar(1), 2, 3), MulAdd(SinOsc.ar(1), 1, 0), MulAdd(SinOsc.ar(1), -1, 0), MulAdd(SinOsc.ar(1), -1, 2), MulAdd(3, SinOsc.ar(1), 2)]) }',
  () =>
    out(
      asSignal([
        MulAdd(SinOsc.ar(1), 2, 3),
        MulAdd(SinOsc.ar(1), 1, 0),
        MulAdd(SinOsc.ar(1), -1, 0),
        MulAdd(SinOsc.ar(1), -1, 2),
        MulAdd(3, SinOsc.ar(1), 2),
      ]),
    ),
);
pair(
  'demand sums stay',
  '{ Out.kr(0, Demand.kr(Impulse.kr(1), 0, Dseq([1, 2], inf) + Dseries(0, 1) + 3)) }',
  () => {
    const trig = Impulse.kr(1);
    outKr(Demand.kr(trig, 0, Dseq([1, 2], Number.POSITIVE_INFINITY).add(Dseries(0, 1)).add(3)));
  },
);

export const optimizations = pairs;

/** Demand rate. */

import {
  Ddup,
  Demand,
  Dpoll,
  Dseq,
  Dseries,
  Dstutter,
  Dunique,
  Duty,
  Dwhite,
  Dwrand,
  Impulse,
  SinOsc,
} from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

const inf = Number.POSITIVE_INFINITY;
pair(
  'Dseq of Dseq',
  '{ Out.ar(0, SinOsc.ar(Duty.kr(0.5, 0, Dseq([100, Dseq([200, 300], 2), Dwhite(1, 2, 3)], inf)))) }',
  () => {
    out(SinOsc.ar(Duty.kr(0.5, 0, Dseq([100, Dseq([200, 300], 2), Dwhite(1, 2, 3)], inf))));
  },
);
pair(
  'Demand of several',
  '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, [Dseq([1, 2]), Dseries(1, 2, 3)])) }',
  () => outKr(Demand.kr(Impulse.kr(2), 0, [Dseq([1, 2]), Dseries(1, 2, 3)])),
);
pair('Dwrand', '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Dwrand([1, 2, 3], [0.5, 0.5], 4))) }', () =>
  outKr(Demand.kr(Impulse.kr(2), 0, Dwrand([1, 2, 3], [0.5, 0.5], 4))),
);
pair('Dpoll', '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Dpoll(Dseq([1, 2]), "here"))) }', () =>
  outKr(Demand.kr(Impulse.kr(2), 0, Dpoll(Dseq([1, 2]), 'here'))),
);
pair('Dpoll without a label', '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Dpoll(Dseq([1, 2])))) }', () =>
  outKr(Demand.kr(Impulse.kr(2), 0, Dpoll(Dseq([1, 2])))),
);
pair('Ddup', '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Ddup(2, Dseq([1, 2])))) }', () =>
  outKr(Demand.kr(Impulse.kr(2), 0, Ddup(2, Dseq([1, 2])))),
);
pair(
  'Dstutter of channels',
  '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Dstutter([2, 3], Dseq([1, 2])))) }',
  () => outKr(Demand.kr(Impulse.kr(2), 0, Dstutter([2, 3], Dseq([1, 2])))),
);
pair('Dstutter by name', '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Dstutter(n: 3, in: Dseq([1, 2])))) }', () =>
  outKr(Demand.kr(Impulse.kr(2), 0, Dstutter({ n: 3, in: Dseq([1, 2]) }))),
);
pair(
  'demand units limited and mapped',
  '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Dwhite(0, 1).clip(0.2, 0.8) * 2)) }',
  () => outKr(Demand.kr(Impulse.kr(2), 0, Dwhite(0, 1).clip(0.2, 0.8).mul(2))),
);
pair(
  'Dunique',
  '{ var d = Dunique(Dwhite(0, 1)); Out.kr(0, Duty.kr(0.1, 0, d) - Duty.kr(0.2, 0, d)) }',
  () => {
    const d = Dunique(Dwhite(0, 1));
    const first = Duty.kr(0.1, 0, d());
    outKr(first.sub(Duty.kr(0.2, 0, d())));
  },
);

pair('Dstutter', '{ Out.kr(0, Duty.kr(0.1, 0, Dstutter(3, Dwhite(0, 1)))) }', () =>
  outKr(Duty.kr(0.1, 0, Dstutter(3, Dwhite(0, 1)))),
);

export const demand = pairs;

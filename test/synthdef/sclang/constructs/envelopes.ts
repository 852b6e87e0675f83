/** Envelopes, and the units that read them. */

import { control } from '../../../../src/synthdef/synthDef.js';
import { DoneAction, Env, EnvGen, IEnvGen, Line, SinOsc, XLine } from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

for (const [code, make] of [
  ['Env.perc', () => Env.perc()],
  ['Env.perc(0.1, 2, 0.5, 3)', () => Env.perc(0.1, 2, 0.5, 3)],
  ['Env.triangle(2, 0.5)', () => Env.triangle(2, 0.5)],
  ['Env.sine(2, 0.5)', () => Env.sine(2, 0.5)],
  ['Env.linen(0.1, 0.2, 0.3, 0.4, -2)', () => Env.linen(0.1, 0.2, 0.3, 0.4, -2)],
  ['Env.adsr', () => Env.adsr()],
  ['Env.adsr(0.1, 0.2, 0.3, 0.4, 0.5, 2, 0.1)', () => Env.adsr(0.1, 0.2, 0.3, 0.4, 0.5, 2, 0.1)],
  ['Env.dadsr', () => Env.dadsr()],
  ['Env.asr(0.1, 0.9, 2)', () => Env.asr(0.1, 0.9, 2)],
  ['Env.cutoff(1)', () => Env.cutoff(1)],
  ['Env.cutoff(1, 1, \\exp)', () => Env.cutoff(1, 1, 'exp')],
  ['Env.step([1, 2, 3], [0.1, 0.2, 0.3])', () => Env.step([1, 2, 3], [0.1, 0.2, 0.3])],
  [
    'Env([0, 1, 0.5, 0], [0.1, 0.2], [\\sin, 3, \\hold], 2, 1)',
    () => new Env([0, 1, 0.5, 0], [0.1, 0.2], ['sin', 3, 'hold'], { releaseNode: 2, loopNode: 1 }),
  ],
  ['Env([0, 1, 0], [0.1, 0.2], \\wel)', () => new Env([0, 1, 0], [0.1, 0.2], 'wel')],
  [
    'Env([1, 2, 3, 4, 5, 6], [1], [\\step, \\lin, \\exp, \\sqr, \\cub])',
    () => new Env([1, 2, 3, 4, 5, 6], [1], ['step', 'lin', 'exp', 'sqr', 'cub']),
  ],
  [
    'Env.xyc([[2, 1, \\sqr], [0, 0.5, \\lin], [3, 0, 4]])',
    () =>
      Env.xyc([
        [2, 1, 'sqr'],
        [0, 0.5, 'lin'],
        [3, 0, 4],
      ]),
  ],
  [
    'Env.pairs([[0, 1], [2, 3], [4, 0]], \\sin)',
    () =>
      Env.pairs(
        [
          [0, 1],
          [2, 3],
          [4, 0],
        ],
        'sin',
      ),
  ],
  ['Env.asr(0.1, 1, 1).delay(0.5)', () => Env.asr(0.1, 1, 1).delayed(0.5)],
  ['Env([0, [1, 2], 0], [0.1, [0.2, 0.3]])', () => new Env([0, [1, 2], 0], [0.1, [0.2, 0.3]])],
  [
    'Env.circle([0, 1, 0.5], [0.1, 0.2, 0.3], [\\sin, 2, \\lin])',
    () => Env.circle([0, 1, 0.5], [0.1, 0.2, 0.3], ['sin', 2, 'lin']),
  ],
  ['Env.circle([0, 1, 0.5, 0.2], [0.1, 0.2])', () => Env.circle([0, 1, 0.5, 0.2], [0.1, 0.2])],
  ['Env.circle([0, 1], 0.1, \\exp)', () => Env.circle([0, 1], 0.1, 'exp')],
  ['Env.circle([0, 1], SinOsc.kr(1))', () => Env.circle([0, 1], SinOsc.kr(1))],
  ['Env.adsr.circle(0.5)', () => Env.adsr().circled(0.5)],
  ['Env.perc.circle', () => Env.perc().circled()],
  ['Env.newClear(3)', () => Env.newClear(3)],
  ['Env.newClear(2, 2)', () => Env.newClear(2, 2)],
  ['Env.newClear', () => Env.newClear()],
] as const) {
  // biome-ignore format: a table
  pair(`EnvGen of ${code}`, `{ Out.kr(0, EnvGen.kr(${code}, doneAction: 2)) }`, () => outKr(EnvGen.kr(make(), { doneAction: DoneAction.freeSelf })));
}
pair(
  'an envelope of controls',
  '{ |gate = 1, attack = 0.1, level = 0.5| Out.ar(0, SinOsc.ar(440) * EnvGen.ar(Env.adsr(attack, 0.1, 0.5, 1, level), gate, 2, 0.1, 3, 2)) }',
  { gate: 1, attack: 0.1, level: 0.5 },
  (c) => {
    const sine = SinOsc.ar(440);
    out(sine.mul(EnvGen.ar(Env.adsr(c.attack, 0.1, 0.5, 1, c.level), c.gate, 2, 0.1, 3, 2)));
  },
);
pair('IEnvGen of Env.newClear', '{ Out.kr(0, IEnvGen.kr(Env.newClear(2), SinOsc.kr(1))) }', () =>
  outKr(IEnvGen.kr(Env.newClear(2), SinOsc.kr(1))),
);
pair(
  'an envelope as an array control',
  '{ |gate = 1| Out.kr(0, EnvGen.kr(\\env.kr(Env.newClear(4).asArray), gate, doneAction: 2)) }',
  { gate: 1 },
  (c) => outKr(EnvGen.kr(control('env', Env.newClear(4)), { gate: c.gate, doneAction: 2 })),
);
pair(
  'an envelope as the default of a control',
  'SynthDef(\\graph, { Out.kr(0, EnvGen.kr(\\env.kr(Env.perc(0.1, 2).asArray))) })',
  { env: Env.perc(0.1, 2) },
  (c) => outKr(EnvGen.kr(c.env)),
);
pair('gates as channels', '{ Out.kr(0, EnvGen.kr(Env.perc, [1, SinOsc.kr(2)])) }', () =>
  outKr(EnvGen.kr(Env.perc(), [1, SinOsc.kr(2)])),
);
pair('IEnvGen', '{ Out.kr(0, IEnvGen.kr(Env([0, 1, 0.5], [1, 2], \\sin), SinOsc.kr(1), 2, 3)) }', () =>
  outKr(IEnvGen.kr(new Env([0, 1, 0.5], [1, 2], 'sin'), SinOsc.kr(1), 2, 3)),
);
pair('Line and XLine that free', '{ Out.kr(0, Line.kr(1, 0, 2, doneAction: 2) * XLine.kr(1, 2, 3)) }', () =>
  outKr(Line.kr({ start: 1, end: 0, dur: 2, doneAction: 2 }).mul(XLine.kr(1, 2, 3))),
);

export const envelopes = pairs;

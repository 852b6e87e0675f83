/** Units made of others, and whole instruments. */

import {
  A2K,
  Changed,
  CompanderD,
  DC,
  DynKlang,
  DynKlank,
  Env,
  EnvGen,
  FreeVerb,
  Gate,
  GVerb,
  Impulse,
  K2A,
  Klang,
  Klank,
  Latch,
  LFNoise0,
  LFPulse,
  LPF,
  Mix,
  Out,
  Pan2,
  PMOsc,
  RHPF,
  Saw,
  SinOsc,
  VarLag,
} from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

pair('Klang', '{ Out.ar(0, Klang.ar(`[[1, 2, 3], [0.1, 0.2, 0.3], [0, 1, 2]], 2, 3)) }', () =>
  out(Klang.ar({ freqs: [1, 2, 3], amps: [0.1, 0.2, 0.3], phases: [0, 1, 2] }, 2, 3)),
);
pair('Klang, frequencies only', '{ Out.ar(0, Klang.ar(`[[1, 2, 3], nil, nil])) }', () =>
  out(Klang.ar({ freqs: [1, 2, 3] })),
);
pair('Klank', '{ Out.ar(0, Klank.ar(`[[1, 2], [0.1, 0.2], [3, 4]], Impulse.ar(2), 1, 2, 3)) }', () =>
  out(Klank.ar({ freqs: [1, 2], amps: [0.1, 0.2], times: [3, 4] }, Impulse.ar(2), 1, 2, 3)),
);
pair(
  'DynKlank',
  '{ Out.ar(0, DynKlank.ar(`[[1, 2, 3], [0.1, 0.2, 0.3], [3, 4, 5]], Impulse.ar(2), SinOsc.kr(1))) }',
  () => {
    out(
      DynKlank.ar({ freqs: [1, 2, 3], amps: [0.1, 0.2, 0.3], times: [3, 4, 5] }, Impulse.ar(2), SinOsc.kr(1)),
    );
  },
);
pair(
  'DynKlang',
  '{ Out.ar(0, DynKlang.ar(`[[1, 2, 3], [0.1, 0.2, 0.3], [0, 1, 2]], SinOsc.kr(1), 2)) }',
  () => out(DynKlang.ar({ freqs: [1, 2, 3], amps: [0.1, 0.2, 0.3], phases: [0, 1, 2] }, SinOsc.kr(1), 2)),
);
pair('Changed', '{ Out.kr(0, Changed.kr(LFNoise0.kr(1), 0.1)) }', () =>
  outKr(Changed.kr(LFNoise0.kr(1), 0.1)),
);
pair('VarLag', '{ Out.kr(0, VarLag.kr(LFNoise0.kr(1), 0.2, 3)) }', () =>
  outKr(VarLag.kr(LFNoise0.kr(1), 0.2, 3)),
);
pair('VarLag, linear', '{ Out.kr(0, VarLag.kr(LFNoise0.kr(1), 0.2, 0, \\lin)) }', () =>
  outKr(VarLag.kr(LFNoise0.kr(1), 0.2, 0, 'lin')),
);
pair('VarLag with a moving time', '{ Out.ar(0, VarLag.ar(SinOsc.ar(1), SinOsc.kr(2), 0, \\sin, 3)) }', () =>
  out(VarLag.ar(SinOsc.ar(1), SinOsc.kr(2), 0, 'sin', 3)),
);
pair('CompanderD', '{ Out.ar(0, CompanderD.ar(SinOsc.ar(1), 0.2, 1, 0.5)) }', () =>
  out(CompanderD.ar(SinOsc.ar(1), 0.2, 1, 0.5)),
);
pair('PMOsc', '{ Out.ar(0, PMOsc.ar(440, 220, 3, 0, 0.1)) }', () => out(PMOsc.ar(440, 220, 3, 0, 0.1)));
pair(
  'A2K, K2A, DC',
  '{ Out.kr(0, A2K.kr(SinOsc.ar(1))); Out.ar(0, K2A.ar(SinOsc.kr(1)) + DC.ar(0.5)) }',
  () => {
    Out.kr(0, A2K.kr(SinOsc.ar(1)));
    out(K2A.ar(SinOsc.kr(1)).add(DC.ar(0.5)));
  },
);
pair('Gate and Latch', '{ Out.ar(0, Gate.ar(SinOsc.ar(1), Latch.kr(SinOsc.kr(2), Impulse.kr(3)))) }', () =>
  out(Gate.ar(SinOsc.ar(1), Latch.kr(SinOsc.kr(2), Impulse.kr(3)))),
);
pair('GVerb', '{ Out.ar(0, GVerb.ar(SinOsc.ar(1), 30, 2)) }', () => out(GVerb.ar(SinOsc.ar(1), 30, 2)));
pair(
  'a whole instrument',
  `{ |freq = 440, amp = 0.1, pan = 0, out = 0, gate = 1, cutoff = 2000|
  var env = EnvGen.kr(Env.adsr(0.01, 0.1, 0.7, 0.3), gate, doneAction: 2);
  var osc = Mix(Saw.ar(freq * [0.99, 1, 1.01])) + (LFPulse.ar(freq / 2, 0, 0.4) * 0.5);
  var filtered = RHPF.ar(LPF.ar(osc, cutoff * env + 100), 60, 0.7);
  Out.ar(out, Pan2.ar(FreeVerb.ar(filtered, 0.2) * env, pan, amp)) }`,
  { freq: 440, amp: 0.1, pan: 0, out: 0, gate: 1, cutoff: 2000 },
  (c) => {
    const env = EnvGen.kr(Env.adsr(0.01, 0.1, 0.7, 0.3), c.gate, { doneAction: 2 } as never);
    const osc = Mix(Saw.ar(c.freq.mul([0.99, 1, 1.01]))).add(LFPulse.ar(c.freq.div(2), 0, 0.4).mul(0.5));
    const filtered = RHPF.ar(LPF.ar(osc, c.cutoff.mul(env).add(100)), 60, 0.7);
    Out.ar(c.out, Pan2.ar(FreeVerb.ar(filtered, 0.2).mul(env), c.pan, c.amp));
  },
);

export const composites = pairs;

/** The keys of events mean what they mean in sclang. */

import { expect } from 'vitest';
import {
  bind,
  chain,
  type EventKeys,
  fin,
  findur,
  func,
  inf,
  just,
  key,
  mono,
  n,
  par,
  rest,
  type Stream,
  scale,
  seg,
  seq,
  series,
  stream,
  tpar,
} from '../../../src/cycles.js';
import { testWithSclang } from '../../setup/sclang.js';
import { runSclang } from './runSclang.js';
import { difference } from './scores.js';

const BEATS = 16;

/** A pattern in both words. */
const cases: readonly (readonly [sclang: string, ours: Stream<EventKeys>])[] = [
  ['Pbind(\\degree, Pseq([0, 2.1, -1, -1.1, 13]))', bind({ degree: seq([0, 2.1, -1, -1.1, 13]) })],
  [
    'Pbind(\\degree, Pseq([0, [2, 4]], 2), \\mtranspose, Pseq([0, 1, 2, [3, 5]]))',
    bind({ degree: seq([0, [2, 4]], 2), mtranspose: seq([0, 1, 2, [3, 5]]) }),
  ],
  [
    'Pbind(\\scale, Scale.dorian, \\root, 2, \\degree, Pseries(-3, 1, 12), \\dur, 0.5)',
    bind({ scale: scale('D dorian'), degree: series(-3, 1, 12), dur: 0.5 }),
  ],
  [
    'Pbind(\\scale, Scale.minor(\\just), \\degree, Pseries(-3, 1, 12), \\dur, 0.5)',
    bind({ scale: scale('minor', just), degree: series(-3, 1, 12), dur: 0.5 }),
  ],
  [
    'Pbind(\\scale, #[0, 3, 7], \\degree, Pseries(0, 1, 5))',
    bind({ scale: [0, 3, 7], degree: series(0, 1, 5) }),
  ],
  [
    'Pbind(\\note, Pseq([0, 3, [7, 10]]), \\octave, Pseq([4, 5, 6]))',
    bind({ note: seq([0, 3, [7, 10]]), octave: seq([4, 5, 6]) }),
  ],
  [
    'Pbind(\\midinote, Pseq([60, 62.5]), \\ctranspose, 3, \\harmonic, Pseq([1, 2]), \\detune, [0, 4])',
    bind({ midinote: seq([60, 62.5]), ctranspose: 3, harmonic: seq([1, 2]), detune: [0, 4] }),
  ],
  [
    'Pbind(\\degree, Pseq([0, 4]), \\gtranspose, 1, \\root, [0, 7])',
    bind({ degree: seq([0, 4]), gtranspose: 1, root: [0, 7] }),
  ],
  [
    'Pbind(\\freq, Pseq([[300, 400], 500]), \\detune, 1, \\db, Pseq([-6, [-12, -20]]))',
    bind({ freq: seq([[300, 400], 500]), detune: 1, db: seq([-6, [-12, -20]]) }),
  ],
  [
    'Pbind(\\dur, Pseq([1, 0.5, 2]), \\stretch, 2, \\legato, Pseq([0.5, 1, 1.5]))',
    bind({ dur: seq([1, 0.5, 2]), stretch: 2, legato: seq([0.5, 1, 1.5]) }),
  ],
  [
    'Pbind(\\sustain, Pseq([0.1, [0.2, 0.7]]), \\degree, [0, 2, 4])',
    bind({ sustain: seq([0.1, [0.2, 0.7]]), degree: [0, 2, 4] }),
  ],
  [
    'Pbind(\\degree, Pseq([[0, 2, 4], 1]), \\strum, -0.2, \\dur, 2)',
    bind({ degree: seq([[0, 2, 4], 1]), strum: -0.2, dur: 2 }),
  ],
  [
    'Pbind(\\degree, Pseq([[0, 2, 4]], 2), \\strum, 0.2, \\strumEndsTogether, true, \\dur, 2)',
    bind({ degree: seq([[0, 2, 4]], 2), strum: 0.2, strumEndsTogether: true, dur: 2 }),
  ],
  [
    'Pbind(\\degree, Pseq([0, [1, 2]]), \\lag, Pseq([0.1, [0.2, 0.3]]), \\timingOffset, 0.05)',
    bind({ degree: seq([0, [1, 2]]), lag: seq([0.1, [0.2, 0.3]]), timingOffset: 0.05 }),
  ],
  [
    'Pbind(\\degree, Pseq([0, \\rest, Rest(), 3]), \\dur, Pseq([1, 0.5, 2, Rest(1), 1]))',
    bind({ degree: seq([0, rest(), rest(), 3]), dur: seq([1, 0.5, 2, rest(1), 1]) }),
  ],
  [
    'Pbind(\\degree, Pseq([0, 1, 2, 3]), \\dur, Pseq([0.5, Rest(0.5)], inf) * 2)',
    bind({ degree: seq([0, 1, 2, 3]), dur: seq([0.5, rest(0.5)], inf).mul(2) }),
  ],
  [
    'Pbind(\\degree, Pseq([0, 1, 2]), \\amp, Pseq([0.1], inf), \\pan, Pseq([0, 1], 1))',
    bind({ degree: seq([0, 1, 2]), amp: seq([0.1], inf), pan: seq([0, 1], 1) }),
  ],
  [
    'Pbind(\\a, Pseries(0, 1, 4), \\degree, Pkey(\\a) * 2, \\amp, Pfunc { |e| e[\\a] / 10 })',
    bind({ a: series(0, 1, 4), degree: key('a').mul(2), amp: func((event) => Number(event.a) / 10) }),
  ],
  [
    'Pbind(\\degree, 1, \\amp, 0.3) <> Pbind(\\degree, Pseq([5, 6]), \\pan, Pseq([-1, 1, 0]))',
    chain(bind({ degree: 1, amp: 0.3 }), bind({ degree: seq([5, 6]), pan: seq([-1, 1, 0]) })),
  ],
  [
    'Pbind(\\degree, Pkey(\\degree) + Pseq([1, 2], inf)) <> Pbind(\\degree, Pseq([5, 6, 7]))',
    chain(bind({ degree: key('degree').add(seq([1, 2], inf)) }), bind({ degree: seq([5, 6, 7]) })),
  ],
  [
    'Ppar([Pbind(\\degree, Pseq([0, 1, 2]), \\dur, 1.5), Pbind(\\degree, Pseq([7, 8, 9, 10, 11]), \\dur, 0.5)], 2)',
    par([bind({ degree: seq([0, 1, 2]), dur: 1.5 }), bind({ degree: seq([7, 8, 9, 10, 11]), dur: 0.5 })], 2),
  ],
  [
    'Ptpar([1, Pbind(\\degree, Pseq([0, 1])), 0.5, Pbind(\\degree, Pseq([7, 8, 9]), \\dur, 0.75)])',
    tpar([
      [1, bind({ degree: seq([0, 1]) })],
      [0.5, bind({ degree: seq([7, 8, 9]), dur: 0.75 })],
    ]),
  ],
  [
    'Pseq([Pbind(\\degree, Pseq([0, 1])), Ppar([Pbind(\\degree, Pseq([4, 5])), Pmono(\\glide, \\degree, Pseq([0, 7]))])], 2)',
    seq(
      [bind({ degree: seq([0, 1]) }), par([bind({ degree: seq([4, 5]) }), mono({ degree: seq([0, 7]) })])],
      2,
    ),
  ],
  [
    'Pfindur(3.3, Pbind(\\degree, Pseries(0, 1, inf), \\dur, 0.5)) ++ Pfin(2, Pbind(\\degree, 9))',
    seq([findur(3.3, bind({ degree: series(), dur: 0.5 })), fin(2, bind({ degree: 9 }))]),
  ],
  [
    'Pn(Pbind(\\degree, Pseq([0, 1]), \\amp, Pseg([0, 1, 0], [2, 3], [\\sin, -4])), 3)',
    n(bind({ degree: seq([0, 1]), amp: seg([0, 1, 0], [2, 3], ['sin', -4]) }), 3),
  ],
  [
    'Pbind(\\degree, 0, \\dur, 0.7, \\amp, Pseq([Pseg([0, 1], [2]), Pseg([1, 0.1], [3], \\exp)], 2))',
    bind({ degree: 0, dur: 0.7, amp: seq([seg([0, 1], 2), seg([1, 0.1], 3, 'exp')], 2) }),
  ],
  [
    'Pbind(\\degree, 0, \\dur, 0.25, \\amp, Pseg([1, 4, 2], 1, Pseq([\\wel, \\sqr, \\cub], inf), 2) / 10)',
    bind({
      degree: 0,
      dur: 0.25,
      amp: seg([1, 4, 2], seq([1], inf), seq(['wel', 'sqr'] as const, inf), 2).div(10),
    }),
  ],
  [
    'Pbind(\\degree, Prout { 3.do { |i| i.yield } })',
    bind({
      degree: stream(function* () {
        yield* [0, 1, 2];
      }),
    }),
  ],
];

testWithSclang(`${cases.length} patterns of events have the notes of sclang`, async () => {
  const files = cases.map((_, index) => `${index}.txt`);
  const scores = await runSclang(
    `SynthDef(\\default, { |out = 0, freq = 440, amp = 0.1, pan = 0, gate = 1| Out.ar(out, Pan2.ar(SinOsc.ar(freq) * EnvGen.kr(Env.asr, gate, doneAction: 2), pan, amp)) }).add;
    SynthDef(\\glide, { |out = 0, freq = 440, amp = 0.1, pan = 0, gate = 1| Out.ar(out, Pan2.ar(SinOsc.ar(freq) * EnvGen.kr(Env.asr, gate, doneAction: 2), pan, amp)) }).add;
    [${cases.map(([sclang]) => `{ ${sclang} }`).join(',\n')}].do { |make, index|
      File.use(~folder ++ index ++ ".txt", "w") { |file|
        make.value.asScore(${BEATS}, 0.0).score.do { |each| file.write(each.asCompileString.replace("\\n", " ") ++ "\\n") }
      }
    };`,
    files,
  );
  for (const [index, [sclang, ours]] of cases.entries()) {
    const { count, problems } = difference(scores[index]!, ours, BEATS);
    expect(problems, sclang).toEqual([]);
    expect(count, sclang).toBeGreaterThan(0);
  }
});

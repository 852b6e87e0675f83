/** What definitions can say, as sclang and as TypeScript write it: title, sclang, controls, function. */

import { audioRate, initialRate, lagged, trigger } from '../../../src/synthdef/graph/controls.js';
import { binaryOperators, unaryOperators } from '../../../src/synthdef/signal/operatorNames.js';
import { binary, unary } from '../../../src/synthdef/signal/operators.js';
import { asSignal, type Signal } from '../../../src/synthdef/signal/signal.js';
import type { ControlInputs, ControlSignals } from '../../../src/synthdef/synthDef.js';
import { control, synthDef } from '../../../src/synthdef/synthDef.js';
import * as u from '../../../src/synthdef/ugens.js';
import type { GraphPair } from './catalogueGraphs.js';

const {
  A2K, BeatTrack, Changed, CompanderD, DC, DecodeB2, Demand, Ddup, DoneAction, Dpoll, Dseq, Dseries, Dunique, Duty, Dwhite, Dwrand,
  DynKlang, DynKlank, Env, EnvGen, FFT, HilbertFIR, IEnvGen, IFFT, Impulse, In, InRect, K2A, Klang, Klank, LFNoise0, LFNoise1, LFPulse,
  Line, LinSelectX, LinXFade2, LocalBuf, LocalIn, LocalOut, LPF, Mix, MulAdd, Out, Pan2, PlayBuf, PMOsc, Poll, PV_BrickWall,
  PV_Copy, PV_MagAbove, PV_MagFreeze, PV_MagMul, PV_MagSmear, RecordBuf, RHPF, Rand, Saw, Select, SelectX, SelectXFocus, SendPeakRMS,
  SendReply, SendTrig, SetBuf, Silent, SinOsc, SoundIn, Splay, SplayAz, Sum3, Sum4, Tap, TChoose, TWChoose, VarLag, WhiteNoise, XLine,
  ClearBuf, Dust, FreeVerb, BufFrames, BufRd, BufWr, Phasor, MouseX, GVerb, Convolution, Gate, Latch, PV_Diffuser,
} = u; // biome-ignore format: a list

const pairs: GraphPair[] = [];

function pair(title: string, sclang: string, write: () => unknown): void;
function pair<const C extends ControlInputs>(
  title: string,
  sclang: string,
  controls: C,
  write: (c: ControlSignals<C>) => unknown,
): void;
function pair(title: string, sclang: string, first: unknown, second?: unknown): void {
  const [controls, write] = second ? [first, second] : [{}, first];
  pairs.push({
    title,
    sclang,
    bytes: () => synthDef('graph', controls as ControlInputs, write as () => unknown).bytes,
  });
}

const out = (signal: Signal) => Out.ar(0, signal);
const outKr = (signal: Signal) => Out.kr(0, signal);

// operators
for (const name of unaryOperators) {
  pair(`unary ${name}`, `{ Out.ar(0, UnaryOpUGen('${name}', SinOsc.ar(440))) }`, () =>
    out(unary(name, SinOsc.ar(440))),
  );
}
for (const name of binaryOperators) {
  pair(`binary ${name}`, `{ Out.ar(0, BinaryOpUGen('${name}', SinOsc.ar(440), SinOsc.kr(3))) }`, () =>
    out(binary(name, SinOsc.ar(440), SinOsc.kr(3))),
  );
}
for (const [operator, method] of [
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
] as const) {
  for (const value of [0, 1, -1, 2.5]) {
    pair(
      `signal ${operator} ${value}`,
      `{ Out.ar(0, SinOsc.ar(440) ${operator} ${value < 0 ? `(${value})` : value}) }`,
      () => out(SinOsc.ar(440)[method](value)),
    );
    pair(
      `${value} ${operator} signal`,
      `{ Out.ar(0, ${value < 0 ? `(${value})` : value} ${operator} SinOsc.ar(440)) }`,
      () => out(asSignal(value)[method](SinOsc.ar(440))),
    );
  }
}
pair('numbers are computed', '{ Out.ar(0, SinOsc.ar(60.midicps * 2) * -6.dbamp) }', () =>
  out(SinOsc.ar(asSignal(60).midicps().mul(2)).mul(asSignal(-6).dbamp())),
);

// optimizations
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

// expansion
pair('channels', '{ Out.ar(0, SinOsc.ar([440, 441]) * 0.1) }', () => out(SinOsc.ar([440, 441]).mul(0.1)));
pair('shorter channels start again', '{ Out.ar(0, SinOsc.ar([1, 2, 3], [0, 1]) * [0.1, 0.2]) }', () =>
  out(SinOsc.ar([1, 2, 3], [0, 1]).mul([0.1, 0.2])),
);
pair('channels within channels', '{ Out.ar(0, SinOsc.ar([[1, 2], 3], [0, [1, 2]])) }', () =>
  out(SinOsc.ar([[1, 2], 3], [0, [1, 2]])),
);
pair('Pan2 of channels, mixed', '{ Out.ar(0, Mix(Pan2.ar(SinOsc.ar([1, 2, 3]), [-1, 0, 1]))) }', () =>
  out(Mix(Pan2.ar(SinOsc.ar([1, 2, 3]), [-1, 0, 1]))),
);
pair('Out to several buses', '{ Out.ar([0, 2], [SinOsc.ar(1), SinOsc.ar(2)]) }', () =>
  Out.ar([0, 2], [SinOsc.ar(1), SinOsc.ar(2)]),
);
pair('zeros are silence', '{ Out.ar(0, [0, SinOsc.ar(1), 0]); Out.ar(2, 0) }', () => {
  Out.ar(0, [0, SinOsc.ar(1), 0]);
  Out.ar(2, 0);
});
pair('noise for each amplitude', '{ Out.ar(0, WhiteNoise.ar([0.1, 0.2], 0.5)) }', () =>
  out(WhiteNoise.ar([0.1, 0.2], 0.5)),
);
pair('expanded operators', '{ Out.ar(0, SinOsc.ar(1) + [1, SinOsc.ar(2), 0]) }', () =>
  out(SinOsc.ar(1).add([1, SinOsc.ar(2), 0])),
);

// methods
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

// controls
pair('a control', '{ |freq = 440| Out.ar(0, SinOsc.ar(freq)) }', { freq: 440 }, (c) =>
  out(SinOsc.ar(c.freq)),
);
pair(
  'several controls',
  '{ |freq = 440, amp = 0.1, pan, out = 3| Out.ar(out, Pan2.ar(SinOsc.ar(freq), pan, amp)) }',
  { freq: 440, amp: 0.1, pan: 0, out: 3 },
  (c) => Out.ar(c.out, Pan2.ar(SinOsc.ar(c.freq), c.pan, c.amp)),
);
pair(
  'an array control',
  '{ |freqs = #[1, 2, 3], amp = 0.1| Out.ar(0, SinOsc.ar(freqs) * amp) }',
  { freqs: [1, 2, 3], amp: 0.1 },
  (c) => out(SinOsc.ar(c.freqs).mul(c.amp)),
);
pair('an array control of one', '{ |freqs = #[7]| Out.ar(0, SinOsc.ar(freqs)) }', { freqs: [7] }, (c) =>
  out(SinOsc.ar(c.freqs)),
);
pair(
  'every rate by prefix',
  '{ |freq = 1, i_bus = 2, t_trig = 3, a_in = 4, amp = 5| Out.ar(i_bus, SinOsc.ar(freq, a_in) * amp * t_trig) }',
  { freq: 1, i_bus: 2, t_trig: 3, a_in: 4, amp: 5 },
  (c) => Out.ar(c.i_bus, SinOsc.ar(c.freq, c.a_in).mul(c.amp).mul(c.t_trig)),
);
pair(
  'every rate by function',
  'SynthDef(\\graph, { |freq = 1, bus = 2, trig = 3, in = 4, amp = 5| Out.ar(bus, SinOsc.ar(freq, in) * amp * trig) }, [0, \\ir, \\tr, \\ar, 0.5])',
  { freq: 1, bus: initialRate(2), trig: trigger(3), in: audioRate(4), amp: lagged(5, 0.5) },
  (c) => Out.ar(c.bus, SinOsc.ar(c.freq, c.in).mul(c.amp).mul(c.trig)),
);
pair(
  'lags',
  'SynthDef(\\graph, { |a = 1, b = 2, c = 3| Out.kr(0, [a, b, c]) }, [0.1, 0, 0.3])',
  { a: lagged(1, 0.1), b: 2, c: lagged(3, 0.3) },
  (c) => outKr(asSignal([c.a, c.b, c.c])),
);
pair(
  'more than 16 lagged slots',
  'SynthDef(\\graph, { |a = #[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19], b = 2| Out.kr(0, a ++ [b]) }, [0.1, 0.2])',
  { a: lagged([...Array(20).keys()], 0.1), b: lagged(2, 0.2) },
  (c) => outKr(asSignal([...c.a, c.b])),
);
pair(
  'a control that nobody reads',
  '{ |freq = 440, unused = 3| Out.ar(0, SinOsc.ar(freq)) }',
  { freq: 440, unused: 3 },
  (c) => out(SinOsc.ar(c.freq)),
);
pair(
  'late controls',
  '{ Out.ar(0, SinOsc.ar(\\freq.kr(440), \\phase.ar(0)) * \\amp.ir(0.1) * \\hit.tr(1)) }',
  () =>
    out(
      SinOsc.ar(control('freq', 440), control('phase', audioRate(0)))
        .mul(control('amp', initialRate(0.1)))
        .mul(control('hit', trigger(1))),
    ),
);
pair('a late control used twice', '{ Out.ar(0, [SinOsc.ar(\\freq.kr(440)), Saw.ar(\\freq.kr(440))]) }', () =>
  out(asSignal([SinOsc.ar(control('freq', 440)), Saw.ar(control('freq', 440))])),
);
pair(
  'a late array control beside others',
  '{ |amp = 0.1| Out.ar(0, SinOsc.ar(\\freqs.kr([1, 2])) * amp) }',
  { amp: 0.1 },
  (c) => out(SinOsc.ar(control('freqs', [1, 2])).mul(c.amp)),
);
pair('a late lagged control', '{ Out.ar(0, SinOsc.ar(NamedControl.kr(\\freq, 440, 0.3, true))) }', () =>
  out(SinOsc.ar(control('freq', lagged(440, 0.3)))),
);
pairs.push({
  title: 'a variant',
  sclang:
    'SynthDef(\\graph, { |freq = 440, amp = #[0.1, 0.2]| Out.ar(0, SinOsc.ar(freq) * amp) }, variants: (low: [freq: 110, amp: [0.5, 0.6]]))',
  bytes: () =>
    synthDef('graph', { freq: 440, amp: [0.1, 0.2] }, (c) => out(SinOsc.ar(c.freq).mul(c.amp)), {
      variants: { low: { freq: 110, amp: [0.5, 0.6] } },
    }).bytes,
});

// envelopes
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
pair('gates as channels', '{ Out.kr(0, EnvGen.kr(Env.perc, [1, SinOsc.kr(2)])) }', () =>
  outKr(EnvGen.kr(Env.perc(), [1, SinOsc.kr(2)])),
);
pair('IEnvGen', '{ Out.kr(0, IEnvGen.kr(Env([0, 1, 0.5], [1, 2], \\sin), SinOsc.kr(1), 2, 3)) }', () =>
  outKr(IEnvGen.kr(new Env([0, 1, 0.5], [1, 2], 'sin'), SinOsc.kr(1), 2, 3)),
);
pair('Line and XLine that free', '{ Out.kr(0, Line.kr(1, 0, 2, doneAction: 2) * XLine.kr(1, 2, 3)) }', () =>
  outKr(Line.kr({ start: 1, end: 0, dur: 2, doneAction: 2 }).mul(XLine.kr(1, 2, 3))),
);

// mixing, panning, choosing
for (let count = 1; count <= 13; count++) {
  pair(`Mix of ${count}`, `{ Out.ar(0, Mix((1..${count}).collect { |i| SinOsc.ar(i) })) }`, () =>
    out(Mix(Array.from({ length: count }, (_, i) => SinOsc.ar(i + 1)))),
  );
}
pair('Mix.fill', '{ Out.ar(0, Mix.fill(6, { |i| SinOsc.ar(i * 100 + 50, 0, i + 1) })) }', () =>
  out(Mix.fill(6, (i) => SinOsc.ar(i * 100 + 50, 0, i + 1))),
);
pair('Mix.ar of control signals', '{ Out.ar(0, Mix.ar([SinOsc.kr(1), SinOsc.kr(2)])) }', () =>
  out(Mix.ar([SinOsc.kr(1), SinOsc.kr(2)])),
);
pair('Mix.kr', '{ Out.kr(0, Mix.kr([SinOsc.kr(1), SinOsc.kr(2)])) }', () =>
  outKr(Mix.kr([SinOsc.kr(1), SinOsc.kr(2)])),
);
for (const count of [1, 2, 3, 5, 8]) {
  pair(
    `Splay of ${count}`,
    `{ Out.ar(0, Splay.ar((1..${count}).collect { |i| SinOsc.ar(i) }, 0.8, 0.5, 0.1)) }`,
    () =>
      out(
        Splay.ar(
          Array.from({ length: count }, (_, i) => SinOsc.ar(i + 1)),
          { spread: 0.8, level: 0.5, center: 0.1 },
        ),
      ),
  );
  pair(
    `SplayAz of ${count}`,
    `{ Out.ar(0, SplayAz.ar(4, (1..${count}).collect { |i| SinOsc.ar(i) })) }`,
    () =>
      out(
        SplayAz.ar(
          4,
          Array.from({ length: count }, (_, i) => SinOsc.ar(i + 1)),
        ),
      ),
  );
}
pair(
  'Splay.kr with a moving spread',
  '{ Out.kr(0, Splay.kr([SinOsc.kr(1), SinOsc.kr(2), SinOsc.kr(3)], SinOsc.kr(4), SinOsc.kr(5))) }',
  () =>
    outKr(
      Splay.kr([SinOsc.kr(1), SinOsc.kr(2), SinOsc.kr(3)], { spread: SinOsc.kr(4), level: SinOsc.kr(5) }),
    ),
);
pair('Select', '{ Out.ar(0, Select.ar(LFNoise0.kr(1), [SinOsc.ar(1), Saw.ar(2)])) }', () =>
  out(Select.ar(LFNoise0.kr(1), [SinOsc.ar(1), Saw.ar(2)])),
);
pair('SelectX', '{ Out.ar(0, SelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3)])) }', () =>
  out(SelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3)])),
);
pair('LinSelectX', '{ Out.ar(0, LinSelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2)])) }', () =>
  out(LinSelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2)])),
);
pair(
  'SelectXFocus',
  '{ Out.ar(0, SelectXFocus.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2)], 2)) }',
  () => {
    const which = LFNoise1.kr(1);
    out(SelectXFocus(which, [SinOsc.ar(1), SinOsc.ar(2)], 2));
  },
);
pair('TChoose', '{ Out.ar(0, TChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)])) }', () =>
  out(TChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)])),
);
pair('TWChoose', '{ Out.ar(0, TWChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)], [0.3, 0.7])) }', () =>
  out(TWChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)], [0.3, 0.7])),
);
pair('LinXFade2', '{ Out.ar(0, LinXFade2.ar(SinOsc.ar(1), SinOsc.ar(2), SinOsc.kr(3), 0.5)) }', () =>
  out(LinXFade2.ar(SinOsc.ar(1), SinOsc.ar(2), SinOsc.kr(3), 0.5)),
);
pair('InRect', '{ Out.kr(0, InRect.kr(SinOsc.kr(1), SinOsc.kr(2), Rect(0.1, 0.2, 0.3, 0.4))) }', () => {
  outKr(InRect.kr(SinOsc.kr(1), SinOsc.kr(2), { left: 0.1, top: 0.2, right: 0.4, bottom: 0.2 + 0.4 }));
});
pair('DecodeB2', '{ Out.ar(0, DecodeB2.ar(5, SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3))) }', () =>
  out(DecodeB2.ar(5, SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3))),
);

// demand rate
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
pair('Ddup', '{ Out.kr(0, Demand.kr(Impulse.kr(2), 0, Ddup(2, Dseq([1, 2])))) }', () =>
  outKr(Demand.kr(Impulse.kr(2), 0, Ddup(2, Dseq([1, 2])))),
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

// buffers and spectra
pair(
  'PlayBuf',
  '{ |buf| Out.ar(0, PlayBuf.ar(2, buf, BufRateScale.kr(buf), doneAction: 2)) }',
  { buf: 0 },
  (c) => out(PlayBuf.ar(2, c.buf, u.BufRateScale.kr(c.buf), { doneAction: 2 } as never)),
);
pair(
  'BufRd and BufWr',
  '{ |buf| var p = Phasor.ar(0, 1, 0, BufFrames.kr(buf)); BufWr.ar([SinOsc.ar(1), SinOsc.ar(2)], buf, p); Out.ar(0, BufRd.ar(2, buf, p)) }',
  { buf: 0 },
  (c) => {
    const p = Phasor.ar(0, 1, 0, BufFrames.kr(c.buf));
    BufWr.ar([SinOsc.ar(1), SinOsc.ar(2)], c.buf, p);
    out(BufRd.ar(2, c.buf, p));
  },
);
pair(
  'RecordBuf',
  '{ |buf| RecordBuf.ar(SinOsc.ar([1, 2]), buf, doneAction: 2); Out.kr(0, 1) }',
  { buf: 0 },
  (c) => {
    RecordBuf.ar({ inputArray: SinOsc.ar([1, 2]), bufnum: c.buf, doneAction: 2 });
    Out.kr(0, 1);
  },
);
pair(
  'LocalBuf, set and cleared',
  '{ var a = LocalBuf(10, 2).clear, b = LocalBuf.newFrom([1, 2, 3]); b.set([4, 5], 1); Out.ar(0, PlayBuf.ar(1, [a, b])) }',
  () => {
    const a = LocalBuf.cleared(10, 2);
    const b = LocalBuf.from([1, 2, 3]);
    SetBuf(b, [4, 5], 1);
    out(PlayBuf.ar(1, [a, b]));
  },
);
pair(
  'LocalBuf of two channels',
  '{ Out.ar(0, PlayBuf.ar(2, LocalBuf.newFrom([[1, 2, 3], [4, 5, 6]]))) }',
  () =>
    out(
      PlayBuf.ar(
        2,
        LocalBuf.from([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    ),
);
pair('ClearBuf', '{ var b = LocalBuf(5); ClearBuf(b); Out.ar(0, PlayBuf.ar(1, b)) }', () => {
  const b = LocalBuf(5);
  ClearBuf(b);
  out(PlayBuf.ar(1, b));
});
pair(
  'an FFT chain',
  '{ var c = FFT(LocalBuf(1024), WhiteNoise.ar); c = PV_BrickWall(c, 0.1); c = PV_MagSmear(c, 3); Out.ar(0, IFFT(c)) }',
  () => out(IFFT(PV_MagSmear(PV_BrickWall(FFT(LocalBuf(1024), WhiteNoise.ar()), 0.1), 3))),
);
pair(
  'an FFT chain that is read twice',
  '{ var c = FFT(LocalBuf(1024), WhiteNoise.ar); Out.ar(0, [IFFT(PV_BrickWall(c, 0.1)), IFFT(PV_MagAbove(c, 2)), IFFT(c)]) }',
  () => {
    const c = FFT(LocalBuf(1024), WhiteNoise.ar());
    out(asSignal([IFFT(PV_BrickWall(c, 0.1)), IFFT(PV_MagAbove(c, 2)), IFFT(c)]));
  },
);
pair(
  'two chains in one',
  '{ var a = FFT(LocalBuf(512), SinOsc.ar(1)), b = FFT(LocalBuf(512), WhiteNoise.ar); Out.ar(0, IFFT(PV_MagMul(a, b))) }',
  () => {
    const a = FFT(LocalBuf(512), SinOsc.ar(1));
    const b = FFT(LocalBuf(512), WhiteNoise.ar());
    out(IFFT(PV_MagMul(a, b)));
  },
);
pair(
  'PV_Copy by hand',
  '{ var a = FFT(LocalBuf(512), SinOsc.ar(1)); var b = PV_Copy(a, LocalBuf(512)); Out.ar(0, IFFT(PV_MagFreeze(a, 1)) + IFFT(PV_Diffuser(b))) }',
  () => {
    const a = FFT(LocalBuf(512), SinOsc.ar(1));
    const b = PV_Copy(a, LocalBuf(512));
    out(IFFT(PV_MagFreeze(a, 1)).add(IFFT(PV_Diffuser(b))));
  },
);
pair(
  'pvcollect',
  '{ var c = FFT(LocalBuf(32), WhiteNoise.ar); c = c.pvcollect(32, { |m, p, i| [m * 2, p + i] }, 1, 4, 1); Out.ar(0, IFFT(c)) }',
  () => {
    const c = FFT(LocalBuf(32), WhiteNoise.ar());
    out(IFFT(u.pvCollect(c, 32, (m, p, i) => [m.mul(2), p.add(i)], 1, 4, 1)));
  },
);
pair('HilbertFIR', '{ Out.ar(0, HilbertFIR.ar(SinOsc.ar(1), LocalBuf(1024))) }', () =>
  out(HilbertFIR.ar(SinOsc.ar(1), LocalBuf(1024))),
);
pair('BeatTrack', '{ Out.kr(0, BeatTrack.kr(FFT(LocalBuf(1024), In.ar(0)))) }', () =>
  outKr(BeatTrack.kr(FFT(LocalBuf(1024), In.ar(0)))),
);
pair('BeatTrack of a signal', '{ Out.kr(0, BeatTrack.kr(In.ar(0))) }', () => outKr(BeatTrack.kr(In.ar(0))));
pair('Tap', '{ Out.ar(0, Tap.ar(3, 1, 0.2)) }', () => out(Tap.ar(3, 1, 0.2)));
pair('Convolution', '{ Out.ar(0, Convolution.ar(SinOsc.ar(1), WhiteNoise.ar, 1024)) }', () =>
  out(Convolution.ar(SinOsc.ar(1), WhiteNoise.ar(), 1024)),
);

// buses, feedback, messages
pair(
  'In and LocalIn, LocalOut',
  '{ var f = LocalIn.ar(2, 0.1) + In.ar(8, 2); LocalOut.ar(f * 0.5); Out.ar(0, f) }',
  () => {
    const f = LocalIn.ar(2, 0.1).add(In.ar(8, 2));
    LocalOut.ar(f.mul(0.5));
    out(f);
  },
);
pair('LocalIn of one', '{ var f = LocalIn.kr(1); LocalOut.kr(f + 1); Out.kr(0, f) }', () => {
  const f = LocalIn.kr(1);
  LocalOut.kr(f.add(1));
  outKr(f);
});
pair('SoundIn', '{ Out.ar(0, SoundIn.ar([0, 1]) ++ SoundIn.ar(2) ++ SoundIn.ar([3, 5])) }', () =>
  out(asSignal([...SoundIn.ar([0, 1]), ...SoundIn.ar(2), ...SoundIn.ar([3, 5])])),
);
pair('Silent', '{ Out.ar(0, Silent.ar(3)) }', () => out(Silent.ar(3)));
pair('SendTrig', '{ SendTrig.kr(Impulse.kr(1), 3, SinOsc.kr(1)); Out.kr(0, 0.5) }', () => {
  SendTrig.kr(Impulse.kr(1), 3, SinOsc.kr(1));
  Out.kr(0, 0.5);
});
pair('SendReply', "{ SendReply.kr(Impulse.kr(1), '/here', [SinOsc.kr(1), 2], 7); Out.kr(0, 0.5) }", () => {
  SendReply.kr({ trig: Impulse.kr(1), cmdName: '/here', values: [SinOsc.kr(1), 2], replyID: 7 });
  Out.kr(0, 0.5);
});
pair(
  'SendReply of several',
  "{ SendReply.ar([Impulse.ar(1), Impulse.ar(2)], '/here', [[1, 2], [3, 4]]); Out.kr(0, 0.5) }",
  () => {
    SendReply.ar({
      trig: [Impulse.ar(1), Impulse.ar(2)],
      cmdName: '/here',
      values: [
        [1, 2],
        [3, 4],
      ],
    });
    Out.kr(0, 0.5);
  },
);
pair('SendPeakRMS', "{ SendPeakRMS.kr(SinOsc.ar([1, 2]), 10, 3, '/meter'); Out.kr(0, 0.5) }", () => {
  SendPeakRMS.kr(SinOsc.ar([1, 2]), 10, 3, '/meter');
  Out.kr(0, 0.5);
});
pair('Poll', '{ Out.ar(0, Poll(Impulse.ar(10), SinOsc.ar(1), "sine")) }', () =>
  out(Poll(Impulse.ar(10), SinOsc.ar(1), 'sine')),
);
pair('Poll so many times a second', '{ Out.kr(0, Poll.kr(5, SinOsc.kr([1, 2]), "sine", 3)) }', () =>
  outKr(Poll.kr(5, SinOsc.kr([1, 2]), 'sine', 3)),
);
pair('MouseX, exponential', '{ Out.kr(0, MouseX.kr(100, 1000, 1, 0.3)) }', () =>
  outKr(MouseX.kr(100, 1000, 1, 0.3)),
);

// units made of others
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
export const constructs: readonly GraphPair[] = pairs;

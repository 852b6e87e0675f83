/** Controls of every rate. */

import { audioRate, initialRate, lagged, trigger } from '../../../../src/synthdef/graph/controls.js';
import { asSignal } from '../../../../src/synthdef/signal/signal.js';
import { control, synthDef } from '../../../../src/synthdef/synthDef.js';
import { Out, Pan2, Saw, SinOsc } from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

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

export const controls = pairs;

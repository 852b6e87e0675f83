/** Channels. */

import { type Signal, asSignal as signal } from '../../../../src/synthdef/signal/signal.js';
import { Impulse, Mix, Out, Pan2, Poll, SinOsc, Splay, WhiteNoise } from '../../../../src/synthdef/ugens.js';
import { out, pairList } from './pair.js';

const { pairs, pair } = pairList();

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

for (const [code, make] of [
  ['a.dup', (a) => a.dup()],
  ['a.dup(3)', (a) => a.dup(3)],
  ['Splay.ar(a ! 3)', (a) => Splay.ar(a.dup(3))],
  ['Pan2.ar(a).dup(2)', (a) => Pan2.ar(a).dup(2)],
  ['(a * [1, 2, 3]).reverse', (a) => a.mul([1, 2, 3]).reverse()],
  ['(a * [1, 2, 3]).rotate', (a) => a.mul([1, 2, 3]).rotate()],
  ['(a * [1, 2, 3]).rotate(-1)', (a) => a.mul([1, 2, 3]).rotate(-1)],
  ['(a * [1, 2, 3]).rotate(7)', (a) => a.mul([1, 2, 3]).rotate(7)],
  ['(a * [1, 2, 3]).rotate(3)', (a) => a.mul([1, 2, 3]).rotate(3)],
  [
    '[a * [1, 2, 3], a * [4, 5], a].flop.collect(Mix(_))',
    (a) =>
      signal([a.mul([1, 2, 3]), a.mul([4, 5]), a])
        .flop()
        .map((row) => Mix(row)),
  ],
  [
    'Pan2.ar(a * [1, 2, 3]).flop.flop.flop.collect(Mix(_))',
    (a) =>
      Pan2.ar(a.mul([1, 2, 3]))
        .flop()
        .flop()
        .flop()
        .map((row) => Mix(row)),
  ],
  [
    '(a * [1, 2]).flop.collect(Mix(_))',
    (a) =>
      a
        .mul([1, 2])
        .flop()
        .map((row) => Mix(row)),
  ],
  ['a.poll', (a) => a.poll()],
  ['(a * 2).poll(Impulse.ar(3), "here", 4)', (a) => a.mul(2).poll(Impulse.ar(3), 'here', 4)],
  ['Pan2.ar(a)[1].poll', (a) => Pan2.ar(a).at(1).poll()],
  ['(a * [1, 2]).poll(5)', (a) => a.mul([1, 2]).poll(5)],
  ['(a * [1, 2]).poll(5, "both")', (a) => a.mul([1, 2]).poll(5, 'both')],
  [
    '(a * [1, 2]).poll([5, 6], ["one", "two"], [7, 8])',
    (a) => a.mul([1, 2]).poll([5, 6], ['one', 'two'], [7, 8]),
  ],
  ['a * [SinOsc.kr(1), a].poll', (a) => a.mul(signal([SinOsc.kr(1), a]).poll())],
  [
    'Poll(Impulse.kr(1), [SinOsc.kr(1), SinOsc.kr(2) * 2]); a',
    (a) => [Poll(Impulse.kr(1), signal([SinOsc.kr(1), SinOsc.kr(2).mul(2)])), a][1]!,
  ],
  ['Poll.kr(2, [SinOsc.kr(1), 3.0]) * a', (a) => Poll.kr(2, [SinOsc.kr(1), 3]).mul(a)],
] as const satisfies readonly (readonly [string, (a: Signal) => Signal])[]) {
  // biome-ignore format: a table
  pair(code, `{ var a = SinOsc.ar(440); var b = (${code}); Out.ar(0, b) }`, () => out(make(SinOsc.ar(440))));
}

export const expansion = pairs;

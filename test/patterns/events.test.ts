import { describe, expect, test } from 'vitest';
import {
  bind,
  chain,
  type EventKeys,
  events,
  func,
  inf,
  key,
  mono,
  n,
  par,
  rest,
  type Stream,
  scale,
  seq,
  series,
  tpar,
  white,
} from '../../src/cycles.js';

const round = (value: unknown) => Math.round(Number(value) * 1e4) / 1e4;

/** Some keys of each note. */
const notes = (pattern: Stream<EventKeys>, keys: string, beats = 100) =>
  events(pattern, { beats }).map((note) => keys.split(' ').map((name) => round(note[name])));

test('an event has its time, pitch and amplitude, and what else it was given', () => {
  expect(events(bind({ degree: seq([5]), cutoff: 800, out: 3 }))).toEqual([
    {
      ...{ beat: 0, dur: 1, sustain: 0.8, freq: expect.closeTo(440), midinote: 69, amp: 0.1, pan: 0 },
      ...{ cutoff: 800, out: 3 },
    },
  ]);
});

test('a key without a value, and a key with the name of a result, change nothing', () => {
  const plain = events(bind({ degree: seq([0]) }));
  expect(events(bind({ degree: seq([0]), pan: undefined, beat: 9, voice: 2 }))).toEqual(plain);
});

test('a pattern ends with its shortest key', () => {
  expect(notes(bind({ degree: series(), dur: seq([1, 0.5, 0.25]) }), 'beat midinote')).toEqual([
    [0, 60],
    [1, 62],
    [1.5, 64],
  ]);
  expect(events(bind({ degree: seq([1]), amp: seq([1], 0) }))).toEqual([]);
});

describe('keys', () => {
  test.each<[string, Stream<EventKeys>, string, number[][]]>([
    [
      'scale, root and octave',
      bind({ degree: seq([0, 2]), scale: [0, 2, 3], root: 2, octave: 4 }),
      'midinote',
      [[50], [53]],
    ],
    [
      'a scale with its root',
      bind({ degree: seq([0, 7]), scale: scale('D dorian') }),
      'midinote',
      [[62], [74]],
    ],
    ['accidentals', bind({ degree: seq([2.1, -0.9]) }), 'midinote', [[65], [60]]],
    [
      'mtranspose and gtranspose',
      bind({ degree: seq([0]), mtranspose: 1, gtranspose: 1 }),
      'midinote',
      [[63]],
    ],
    [
      'ctranspose, harmonic and detune',
      bind({ midinote: seq([57]), ctranspose: 12, harmonic: 2, detune: 1 }),
      'freq',
      [[881]],
    ],
    ['freq as a pitch', bind({ freq: seq([440]) }), 'midinote freq', [[69, 440]]],
    [
      'stretch and legato',
      bind({ degree: seq([0, 0]), dur: 2, stretch: 2, legato: 0.5 }),
      'beat sustain',
      [
        [0, 2],
        [4, 2],
      ],
    ],
    ['sustain', bind({ degree: seq([0]), sustain: 3 }), 'sustain', [[3]]],
    ['db', bind({ degree: seq([0]), db: -6 }), 'amp', [[0.5012]]],
    [
      'chords',
      bind({ degree: seq([[0, 2]]), amp: seq([[0.1, 0.2, 0.3]]) }),
      'midinote amp',
      [
        [60, 0.1],
        [64, 0.2],
        [60, 0.3],
      ],
    ],
    [
      'strum',
      bind({ degree: seq([[0, 2]]), strum: 0.1 }),
      'beat sustain',
      [
        [0, 0.8],
        [0.1, 0.8],
      ],
    ],
    [
      'strum from above',
      bind({ degree: seq([[0, 2]]), strum: -0.1 }),
      'beat midinote',
      [
        [0, 64],
        [0.1, 60],
      ],
    ],
    [
      'strumEndsTogether',
      bind({ degree: seq([[0, 2]]), strum: 0.1, strumEndsTogether: true }),
      'beat sustain',
      [
        [0, 0.8],
        [0.1, 0.7],
      ],
    ],
    ['timingOffset', bind({ degree: seq([0]), timingOffset: 0.25 }), 'beat', [[0.25]]],
    ['an empty chord', bind({ degree: seq([[], 1]) }), 'beat', [[1]]],
    ['a rest in a chord', bind({ degree: seq([[0, rest(), 4]]) }), 'midinote', [[60], [67]]],
    [
      'rests',
      bind({ degree: seq([0, rest(), 1, 2]), dur: seq([1, 2, rest(3), 1]) }),
      'beat midinote',
      [
        [0, 60],
        [6, 64],
      ],
    ],
    [
      'a function of the other keys',
      bind({ a: seq([1, 2]), amp: (event) => Number(event.a) / 10 }),
      'amp',
      [[0.1], [0.2]],
    ],
    [
      'key and func',
      bind({ degree: series(0, 1, 2), amp: key('degree').div(10), x: func(({ amp }) => Number(amp) + 1) }),
      'amp x',
      [
        [0, 1],
        [0.1, 1.1],
      ],
    ],
  ])('%s', (_, pattern, keys, expected) => {
    expect(notes(pattern, keys)).toEqual(expected);
  });

  test('lag is in seconds', () => {
    const pattern = bind({ degree: seq([0]), lag: 0.5 });
    expect(events(pattern)[0]!.beat).toBe(0.5);
    expect(events(pattern, { bpm: 120 })[0]!.beat).toBe(1);
  });
});

describe('patterns of patterns', () => {
  const up = bind({ degree: seq([0, 1]), dur: 0.5 });

  test.each<[string, Stream<EventKeys>, number[][]]>([
    [
      'seq',
      seq([up, up]),
      [
        [0, 60],
        [0.5, 62],
        [1, 60],
        [1.5, 62],
      ],
    ],
    [
      'n',
      n(up, 2),
      [
        [0, 60],
        [0.5, 62],
        [1, 60],
        [1.5, 62],
      ],
    ],
    [
      'par',
      par([up, bind({ degree: seq([7, 8]), dur: 0.75 })]),
      [
        [0, 60],
        [0, 72],
        [0.5, 62],
        [0.75, 74],
      ],
    ],
    [
      'seq after par',
      seq([par([up, bind({ degree: seq([7]), dur: 2 })]), up]),
      [
        [0, 60],
        [0, 72],
        [0.5, 62],
        [2, 60],
        [2.5, 62],
      ],
    ],
    [
      'tpar',
      tpar([
        [1, up],
        [0.25, up],
      ]),
      [
        [0.25, 60],
        [0.75, 62],
        [1, 60],
        [1.5, 62],
      ],
    ],
    [
      'chain',
      chain(bind({ dur: 2 }), up),
      [
        [0, 60],
        [2, 62],
      ],
    ],
  ])('%s', (_, pattern, expected) => {
    expect(notes(pattern, 'beat midinote')).toEqual(expected);
  });

  test('mono: notes of one synth, without gaps', () => {
    const line = mono({ midinote: seq([60, 62]), dur: seq([1, 2]), legato: 0.1 });
    expect(notes(par([line, line]), 'beat sustain voice')).toEqual([
      [0, 1, 1],
      [0, 1, 2],
      [1, 2, 1],
      [1, 2, 2],
    ]);
  });
});

describe('chance', () => {
  const pattern = bind({ degree: white(0, 10), amp: white(0, 1) });
  const first = (given: Stream<EventKeys>, name: string, seed: number | string = 0) =>
    events(given, { beats: 20, seed }).map((note) => note[name]);

  test('the same seed gives the same events', () => {
    expect(first(pattern, 'freq', 'a')).toEqual(first(pattern, 'freq', 'a'));
    expect(first(pattern, 'freq', 'a')).not.toEqual(first(pattern, 'freq', 'b'));
  });

  test('a key draws its own numbers, whatever the other keys are', () => {
    expect(first(bind({ pan: white(), amp: white(0, 1) }), 'amp')).toEqual(first(pattern, 'amp'));
  });

  test('a repetition draws others', () => {
    expect(new Set(first(n(bind({ amp: white(0, 1, 1) })), 'amp')).size).toBe(20);
    expect(
      new Set(first(par([bind({ amp: white(0, 1, 5) }), bind({ amp: white(0, 1, 5) })]), 'amp')).size,
    ).toBe(10);
  });
});

test('a pattern without an end is an error that says so', () => {
  expect(() => events(bind({ dur: 0 }), { beats: 4 })).toThrow(
    /over 100000 events up to beat 0.*beats: 16.*Durations are to be over 0/,
  );
  expect(events(bind({ degree: seq([0], inf) }), { beats: 4 }).length).toBe(4);
});

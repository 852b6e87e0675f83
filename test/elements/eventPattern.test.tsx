/** `<Pattern>` of events, by the scores that it gives. */

import { type ReactNode, StrictMode } from 'react';
import { describe, expect, test } from 'vitest';
import {
  bind,
  type EventKeys,
  events,
  func,
  inf,
  mono,
  par,
  rest,
  type Stream,
  seq,
  series,
  tpar,
  white,
} from '../../src/cycles.js';
import { At, Loop, Note, Pattern, Synth, Transport, useBeatValue } from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { DoneAction, Linen, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { p01, p02, p04, p06, p07, p08 } from '../patterns/sclang/pieces.js';

const blip = synthDef('blip', { freq: 440, amp: 0.1, pan: 0, gate: 1 }, (c) => {
  const envelope = Linen.kr(c.gate, 0.01, 1, 0.05, DoneAction.freeSelf);
  Out.ar(0, SinOsc.ar(c.freq).mul(envelope).mul(c.amp).mul(c.pan.add(1)));
});
const other = synthDef('other', { note: 60, gate: 1 }, (c) => {
  Out.ar(0, SinOsc.ar(c.note.mul(8)).mul(Linen.kr(c.gate, 0.01, 1, 0.05, DoneAction.freeSelf)));
});

const round = (value: unknown) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value);

/** Messages with their times, less groups and definitions. */
async function play(element: ReactNode, duration = 8, seed = 0): Promise<unknown[][]> {
  const score = await renderToScore(element, { duration, seed });
  return score
    .toJSON()
    .bundles.slice(1)
    .flatMap(({ time, messages }) => messages.map((message) => [time, ...message].map(round)))
    .filter(([, address]) => address !== '/d_recv' && address !== '/g_new');
}

/** Times and midi notes of synths. */
const begins = async (element: ReactNode, duration?: number, seed?: number) =>
  (await play(element, duration, seed))
    .filter(([, address]) => address === '/s_new')
    .map((message) => {
      // What is as in the definition is not sent.
      const freq = message.includes('freq') ? Number(message[message.indexOf('freq') + 1]) : 440;
      return [message[0], round(69 + 12 * Math.log2(freq / 440))];
    });

test('each event is a synth with its controls, for its sustain', async () => {
  const values = bind({ degree: seq([0, rest(), 4]), dur: seq([0.5, 1, 1]), amp: 0.2, pan: -1, helper: 3 });
  expect(await play(<Pattern values={values} def={blip} />)).toEqual([
    [0, '/s_new', 'blip', 1000, 1, 1, 'freq', 261.6256, 'amp', 0.2, 'pan', -1],
    [0.4, '/n_set', 1000, 'gate', 0],
    [1.5, '/s_new', 'blip', 1001, 1, 1, 'freq', 391.9954, 'amp', 0.2, 'pan', -1],
    [2.3, '/n_set', 1001, 'gate', 0],
  ]);
});

describe('pieces as their events', () => {
  test.each<[string, Stream<EventKeys>, number]>([
    ['p01', p01, 9],
    ['p02', p02, 8],
    ['p04', p04, 7],
    ['p07', p07, 7],
    ['p08', p08, 4],
    ['with chance', bind({ degree: white(0, 10), dur: white(0.1, 0.5), amp: white(0.1, 0.2) }), 8],
  ])('%s', async (_, values, beats) => {
    const sort = (list: unknown[][]) =>
      list.sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]));
    const expected = events(values, { beats, seed: 5 }).map(({ beat, freq }) => [
      round(beat),
      round(69 + 12 * Math.log2(freq / 440)),
    ]);
    const ours = await begins(<Pattern values={values} def={blip} />, beats, 5);
    expect(sort(ours.filter(([time]) => Number(time) < beats))).toEqual(sort(expected));
  });

  test('each note ends by its sustain', async () => {
    const messages = await play(<Pattern values={p04} def={blip} />, 7);
    const ends = messages.filter(([, , , name]) => name === 'gate').map(([time]) => time);
    expect(ends).toEqual(
      events(p04)
        .map(({ beat, sustain }) => round(beat + sustain))
        .sort((a, b) => Number(a) - Number(b)),
    );
  });
});

test('mono is one synth, whose controls change', async () => {
  expect(await play(<Pattern values={p06} def={blip} />, 6)).toEqual([
    [0, '/s_new', 'blip', 1000, 1, 1, 'freq', 261.6256],
    [1, '/n_set', 1000, 'freq', 391.9954],
    [1.5, '/n_set', 1000, 'freq', 311.127],
    [2, '/n_set', 1000, 'freq', 523.2511],
    [4, '/n_set', 1000, 'freq', 261.6256],
    [5, '/n_set', 1000, 'gate', 0],
  ]);
});

test('mono sounds on in its rests, and beside other events', async () => {
  const line = mono({ midinote: seq([57, rest(), 81]), dur: seq([0.7, 0.3, 1]) });
  const beats = bind({ midinote: 45, dur: 0.25, legato: 0.1, amp: seq([0.1], 8) });
  const messages = await play(<Pattern values={par([line, beats])} def={blip} />);
  const own = messages.filter(([time, , , name]) => name !== 'gate' || time === 2);
  expect(own.filter((message) => message.includes(220) || message.includes(880)).length).toBe(2);
  expect(own.filter(([, address]) => address === '/s_new').length).toBe(9);
  expect(messages.at(-1)).toEqual([2, '/n_set', 1001, 'gate', 0]);
});

test('events have definitions of their own, and a definition with note has a note', async () => {
  const values = par([bind({ def: other, degree: seq([2]) }), bind({ degree: seq([0]) })]);
  const messages = await play(<Pattern values={values} def={blip} />);
  expect(messages.filter(([, address]) => address === '/s_new')).toEqual([
    [0, '/s_new', 'other', 1000, 1, 1, 'note', 64],
    [0, '/s_new', 'blip', 1001, 1, 1, 'freq', 261.6256],
  ]);
});

test('a list that is no control makes no chord', async () => {
  const values = bind({
    steps: [0, 4, 7],
    degree: func(({ steps }) => (steps as number[])[1]!),
    amp: seq([[0.2, 0.3]]),
  });
  const messages = await play(<Pattern values={values} def={blip} />, 1);
  expect(messages.filter(([, address]) => address === '/s_new').length).toBe(2);
});

test('a child renders each note', async () => {
  const values = bind({ degree: seq([[0, 4], 1]), strum: 0.5, dur: 2 });
  const element = (
    <Pattern values={values}>{({ midinote }) => <Note def={blip} pitch={midinote + 12} />}</Pattern>
  );
  expect(await begins(element)).toEqual([
    [0, 72],
    [0.5, 79],
    [2, 74],
  ]);
});

test('values of a stream are a beat each, or have beats as props', async () => {
  const show = (pitch: number) => <Synth def={blip} freq={440 * 2 ** ((pitch - 69) / 12)} />;
  expect(await begins(<Pattern values={seq([60, 62])}>{show}</Pattern>)).toEqual([
    [0, 60],
    [1, 62],
  ]);
  expect(
    await begins(
      <Pattern values={seq([60, 62])} every={0.5} repeat={2}>
        {show}
      </Pattern>,
    ),
  ).toEqual([
    [0, 60],
    [0.5, 62],
    [1, 60],
    [1.5, 62],
  ]);
});

test('beats are those of the surroundings', async () => {
  const values = bind({ degree: series(), dur: 0.5 });
  const element = (
    <Transport bpm={120}>
      <At beat={2} length={1}>
        <Pattern values={values} def={blip} />
      </At>
      <Loop beats={4}>
        <Pattern values={bind({ midinote: seq([80]), lag: 0.25 })} def={blip} />
      </Loop>
    </Transport>
  );
  expect(await begins(element, 4)).toEqual([
    [0.25, 80],
    [1, 60],
    [1.25, 62],
    [2.25, 80],
  ]);
});

describe('chance', () => {
  const values = bind({ degree: white(0, 20), dur: 0.5 });

  test('has the seed of the root, or one of its own', async () => {
    const pattern = <Pattern values={values} def={blip} />;
    expect(await begins(pattern, 4, 1)).toEqual(await begins(pattern, 4, 1));
    expect(await begins(pattern, 4, 1)).not.toEqual(await begins(pattern, 4, 2));
    const own = <Pattern values={values} def={blip} seed="own" />;
    expect(await begins(own, 4, 1)).toEqual(await begins(own, 4, 2));
  });

  test('is the same in StrictMode', async () => {
    const pattern = <Pattern values={values} def={blip} />;
    expect(await begins(<StrictMode>{pattern}</StrictMode>, 4)).toEqual(await begins(pattern, 4));
  });
});

describe('a pattern that a render makes', () => {
  function Changing({ make }: { readonly make: (beat: number) => Stream<EventKeys> }) {
    const beat = useBeatValue(1);
    return <Pattern values={make(beat)} def={blip} />;
  }

  test('goes on at its beat', async () => {
    const make = () => bind({ degree: white(0, 20), dur: seq([0.5, 0.75], inf) });
    expect(await begins(<Changing make={make} />, 8)).toEqual(
      await begins(<Pattern values={make()} def={blip} />, 8),
    );
  });

  test('is heard from its next event on when it is another', async () => {
    const make = (beat: number) =>
      beat < 2 ? bind({ midinote: 60, dur: 1 }) : bind({ midinote: series(70), dur: 0.75 });
    expect(await begins(<Changing make={make} />, 5)).toEqual([
      [0, 60],
      [1, 60],
      [2.25, 73],
      [3, 74],
      [3.75, 75],
      [4.5, 76],
    ]);
  });
});

test('what is no pattern of events is an error that says what to do', async () => {
  const play1 = (element: ReactNode) => play(element, 1);
  await expect(play1(<Pattern values={bind({ degree: seq([0]) })} />)).rejects.toThrow(
    /its events have no definition\. Give it one, such as def=\{pluck\}/,
  );
  await expect(play1(<Pattern values={bind({ dur: 0 })} def={blip} />)).rejects.toThrow(
    /over 4096 events at beat 0\. Durations are to be over 0/,
  );
  const numbers = seq([60]) as unknown as Stream<EventKeys>;
  await expect(play1(<Pattern values={numbers} def={blip} />)).rejects.toThrow(
    /values has 60, which is no event\. Make events of the stream, such as bind/,
  );
  const wrong = { values: bind({}), def: blip, legnth: 2 };
  await expect(play1(<Pattern {...wrong} />)).rejects.toThrow(/<Pattern> has no prop "legnth"/);
});

test('an endless pattern is made as time goes', async () => {
  let calls = 0;
  const degree = func(() => calls++ % 7);
  await play(<Pattern values={bind({ degree, dur: 0.5 })} def={blip} />, 4);
  expect(calls).toBeLessThan(12);
});

test('patterns that begin later', async () => {
  const values = tpar([
    [1, bind({ degree: seq([0]) })],
    [0.5, bind({ degree: seq([7]) })],
  ]);
  expect(await begins(<Pattern values={values} def={blip} />)).toEqual([
    [0.5, 72],
    [1, 60],
  ]);
});

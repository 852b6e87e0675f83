/** `<Pattern>` of events, by the scores that it gives. */

import { type ReactNode, StrictMode } from 'react';
import { describe, expect, test } from 'vitest';
import {
  bind,
  type EventKeys,
  equal,
  events,
  func,
  inf,
  Key,
  mono,
  monoArtic,
  par,
  rest,
  type Stream,
  scale,
  seq,
  series,
  tpar,
  white,
} from '../../src/cycles.js';
import {
  At,
  Loop,
  Note,
  Pattern,
  type PatternPlace,
  Synth,
  Transport,
  useBeatValue,
} from '../../src/index.js';
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

test('a child knows its place, whose random numbers are the same in each render', async () => {
  const places: unknown[] = [];
  const drawn: number[][] = [];
  const show = (_: unknown, { beat, index, pass, random }: PatternPlace) => {
    places.push([beat, index, pass]);
    drawn.push([random.number(), random.number()]);
    return <Synth def={blip} />;
  };
  const values = bind({ degree: seq([0, 4]), dur: seq([1, 1]) });
  await begins(<Pattern values={values}>{show}</Pattern>, 4, 1);
  expect(places).toEqual([
    [0, 0, 0],
    [1, 1, 0],
  ]);
  await begins(
    <Pattern values={[1, 2]} repeat={2}>
      {show}
    </Pattern>,
    4,
    1,
  );
  expect(places.slice(2)).toEqual([
    [0, 0, 0],
    [1, 1, 0],
    [2, 2, 1],
    [3, 3, 1],
  ]);
  // The first two places of both patterns are the same ones of the same seed.
  expect(drawn.slice(2, 4)).toEqual(drawn.slice(0, 2));
  expect(new Set(drawn.flat()).size).toBe(8);
  const again: unknown[] = [];
  function Busy() {
    const render = useBeatValue(0.125);
    return (
      <Pattern values={[1, 2]}>
        {(_, { index, random }) => {
          again.push([index, random.number()]);
          return <Synth def={blip} amp={render / 100} />;
        }}
      </Pattern>
    );
  }
  await begins(<Busy />, 2, 1);
  expect(again.length).toBeGreaterThan(10);
  expect(new Set(again.map((each) => JSON.stringify(each))).size).toBe(2);
});

test('monoArtic begins another synth after an event that is not tied', async () => {
  const values = monoArtic({ midinote: seq([60, 62, 64]), legato: seq([1, 0.5, 1]) });
  const ids = (await play(<Pattern values={values} def={blip} />, 4)).map(([time, address, id, value]) => [
    time,
    address,
    address === '/s_new' ? value : id,
  ]);
  expect(ids).toEqual([
    [0, '/s_new', 1000],
    [1, '/n_set', 1000],
    [1.5, '/n_set', 1000],
    [2, '/s_new', 1001],
    [3, '/n_set', 1001],
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

  test('repeats and skips nothing, whatever its lengths are, and takes the functions of the last render', async () => {
    let made = 0;
    // The beat of the render is what functions close over: it is heard, and no event is queried twice.
    const make = (beat: number) => {
      made += 1;
      return bind({
        degree: func(() => beat),
        amp: () => 0.1 + beat / 100,
        dur: seq([white(0.1, 0.9, 3), 0.35], inf).map((dur) => dur * 1),
        octave: seq([4, 5]).repeat(),
        scale: scale('D dorian'),
        pan: [0, beat * 0],
      });
    };
    function Changes() {
      return <Pattern values={make(useBeatValue(0.25))} def={blip} />;
    }
    const found = (await begins(<Changes />, 20, 3)).map(([time]) => time);
    expect(made).toBeGreaterThan(80);
    expect(found).toEqual(
      (await begins(<Pattern values={make(0)} def={blip} />, 20, 3)).map(([time]) => time),
    );
  });

  test('costs each event once, also where each render makes it again', async () => {
    let queries = 0;
    const count = () => {
      queries += 1;
      return 0;
    };
    const make = () => bind({ degree: func(count), dur: 0.25 });
    function Busy() {
      useBeatValue(0.125);
      return <Pattern values={make()} def={blip} />;
    }
    await play(<Busy />, 100);
    // A pattern that began again at each render would query 160,000.
    expect(queries).toBeLessThanOrEqual(402);
  });

  test('of plain values goes on too', async () => {
    function Busy() {
      useBeatValue(0.25);
      return (
        <Pattern values={seq([60, 62, 64], inf)} every={0.5}>
          {(pitch) => <Note def={blip} pitch={pitch} />}
        </Pattern>
      );
    }
    expect((await begins(<Busy />, 3)).map(([, pitch]) => pitch)).toEqual([60, 62, 64, 60, 62, 64]);
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

describe('<Key>', () => {
  test('has the scale of degrees, of events and of notes', async () => {
    const events = bind({ degree: seq([0, 2]), dur: 1 });
    const inKey = (element: ReactNode) => begins(<Key scale="D dorian">{element}</Key>, 4);
    expect(await inKey(<Pattern values={events} def={blip} />)).toEqual([
      [0, 62],
      [1, 65],
    ]);
    const own = bind({ degree: seq([0, 2]), scale: scale('C major') });
    expect((await inKey(<Pattern values={own} def={blip} />)).map(([, pitch]) => pitch)).toEqual([60, 64]);
    expect(await inKey(<Note def={blip} degree={2.1} octave={4} />)).toEqual([[0, 54]]);
    expect(await inKey(<Note def={blip} degree={2} root={0} />)).toEqual([[0, 63]]);
    expect(await begins(<Note def={blip} degree={4} scale={equal(19)} />)).toEqual([
      [0, round(60 + (4 * 12) / 19)],
    ]);
    expect(await begins(<Note def={blip} degree={2} />)).toEqual([[0, 64]]);
  });

  test('another one is heard from the next event on', async () => {
    function Modulates() {
      const beat = useBeatValue(1);
      return (
        <Key scale={beat < 2 ? 'C major' : 'C minor'}>
          <Pattern values={bind({ degree: seq([2, 9], inf), dur: 1 })} def={blip} />
        </Key>
      );
    }
    expect((await begins(<Modulates />, 4)).map(([, pitch]) => pitch)).toEqual([64, 76, 63, 75]);
  });

  test('a note has a pitch or a degree', async () => {
    await expect(play(<Note def={blip} degree={2} pitch={60} />)).rejects.toThrow('Leave one of them out');
    await expect(play(<Note def={blip} degree={Number.NaN} />)).rejects.toThrow('degree is NaN');
  });
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

/** Elements and hooks that count beats, by the scores that they give. */

import { type ComponentProps, type ReactNode, StrictMode, useEffect, useRef, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  At,
  Buffer,
  Bus,
  Definition,
  Group,
  Loop,
  Note,
  Pattern,
  Recording,
  Sequence,
  Swing,
  Synth,
  Transport,
  type TransportHandle,
  Tuplet,
  tempo,
  useBeat,
  useBeatValue,
  useMusicalTime,
  useRandom,
  useTransport,
  Volume,
} from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { pad, tone } from '../setup/definitions.js';

const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** Messages with their times, less groups, definitions and what all scores begin with. */
async function play(element: ReactNode, duration = 8): Promise<unknown[][]> {
  const score = await renderToScore(element, { duration });
  return score
    .toJSON()
    .bundles.slice(1)
    .flatMap(({ time, messages }) => messages.map((message) => [round(time), ...message]))
    .filter(([, address]) => address !== '/d_recv' && address !== '/g_new');
}

/** When synths begin, and at which frequency. */
const begins = async (element: ReactNode, duration?: number) =>
  (await play(element, duration))
    .filter(([, address]) => address === '/s_new')
    .map((message) => [message[0], message.includes('freq') ? message[message.indexOf('freq') + 1] : 440]);

const times = async (element: ReactNode, duration?: number) =>
  (await begins(element, duration)).map(([time]) => time);

const tick = <Synth def={tone} />;

describe('<At>', () => {
  test('exists from a beat on for a length, and counts its own beats for what is in it', async () => {
    expect(
      await play(
        <Transport bpm={120}>
          <At beat={1} length={2}>
            <Synth def={tone} />
            <At beat={0.5}>
              <Synth def={pad} />
            </At>
          </At>
        </Transport>,
      ),
    ).toEqual([
      [0.5, '/s_new', 'tone', 1001, 1, 1000],
      [0.75, '/s_new', 'pad', 1002, 1, 1000],
      [1.5, '/n_free', 1001],
      [1.5, '/n_set', 1002, 'gate', 0],
    ]);
  });

  test.each([
    [{ beat: -1 }, 'invalid-time', /<At>: beat is -1\. It is a number from 0 up/],
    [{ beat: Number.NaN }, 'invalid-time', /<At>: beat is NaN/],
    [{ beat: 1, length: 0 }, 'invalid-time', /<At>: length is 0\. It is a number of beats over 0/],
    [{ beat: 1, length: -2 }, 'invalid-time', /<At>: length is -2/],
  ])('%j is refused', async (props, code, message) => {
    await expect(play(<At {...props}>{tick}</At>)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('with quant it begins on the grid when it is mounted late, and not in a sequence', async () => {
    function Late({ quant }: { readonly quant?: number }) {
      const beat = useBeatValue(0.75);
      return beat < 2 ? null : (
        <At beat={0.5} length={1} quant={quant}>
          {tick}
        </At>
      );
    }
    expect(await times(<Late quant={4} />)).toEqual([4.5]);
    expect(await times(<Late quant={1} />)).toEqual([2.5]);
    expect(await times(<Late />)).toEqual([]);
    await expect(
      play(
        <Sequence>
          <At length={1} quant={2} />
        </Sequence>,
      ),
    ).rejects.toThrow('Leave quant out');
  });

  test('past the end of where it stands it is refused, as it would never be heard', async () => {
    await expect(
      play(
        <Loop beats={4}>
          <At beat={4}>{tick}</At>
        </Loop>,
      ),
    ).rejects.toMatchObject({
      code: 'invalid-time',
      message: '<At> at beat 4 is past the end: <Loop beats={4}> has 4 beats, so it would never be heard.',
    });
  });
});

describe('<Sequence>', () => {
  test('has its children one after another, also sequences and loops', async () => {
    expect(
      await times(
        <Sequence>
          <At length={1}>{tick}</At>
          <Loop beats={0.5} times={3}>
            {tick}
          </Loop>
          <Sequence>
            <At length={1}>{tick}</At>
            <At length={1}>{tick}</At>
          </Sequence>
          <At beat={6} length={1}>
            {tick}
          </At>
        </Sequence>,
      ),
    ).toEqual([0, 1, 1.5, 2, 2.5, 3.5, 6]);
  });

  test('what stands behind something without an end is refused', async () => {
    await expect(
      play(
        <Sequence>
          <Loop beats={1}>{tick}</Loop>
          <At length={1}>{tick}</At>
        </Sequence>,
      ),
    ).rejects.toMatchObject({
      code: 'invalid-time',
      message: expect.stringMatching(/place 2 never begins.*Give that <At> a length, or that <Loop> times\./),
    });
  });
});

describe('<Loop>, <Tuplet> and <Swing>', () => {
  test('a loop is mounted anew with each pass, so often as it is said', async () => {
    expect(
      await play(
        <Loop beats={2} times={2}>
          <Synth def={pad} />
        </Loop>,
      ),
    ).toEqual([
      [0, '/s_new', 'pad', 1000, 1, 1],
      [2, '/n_set', 1000, 'gate', 0],
      [2, '/s_new', 'pad', 1001, 1, 1],
      [4, '/n_set', 1001, 'gate', 0],
    ]);
  });

  test('loops in loops are a polymetre', async () => {
    expect(
      await times(
        <Loop beats={4}>
          <Loop beats={1.5}>{tick}</Loop>
        </Loop>,
      ),
    ).toEqual([0, 1.5, 3, 4, 5.5, 7]);
  });

  test('three in the time of two are where triplets are', async () => {
    expect(
      await times(
        <Tuplet notes={3} inBeats={2}>
          <Pattern values={[1, 2, 3]}>{() => tick}</Pattern>
        </Tuplet>,
      ),
    ).toEqual([0, 0.6667, 1.3333]);
  });

  test('swing makes every second eighth late', async () => {
    expect(
      await times(
        <Swing grid={0.5} amount={0.6}>
          <Pattern values={[1, 2, 3, 4]} every={0.5}>
            {() => tick}
          </Pattern>
        </Swing>,
      ),
    ).toEqual([0, 0.6, 1, 1.6]);
  });

  test.each([
    [<Loop key="1" beats={0} />, /<Loop>: beats is 0/],
    [<Loop key="2" beats={1} times={-1} />, /<Loop>: times is -1/],
    [<Tuplet key="3" notes={Number.NaN} inBeats={2} />, /<Tuplet>: notes is NaN/],
    [<Swing key="4" amount={1} />, /<Swing>: amount is 1\./],
  ])('what is no length is refused: %#', async (element, message) => {
    await expect(play(element)).rejects.toMatchObject({
      code: 'invalid-time',
      message: expect.stringMatching(message),
    });
  });
});

describe('<Pattern>', () => {
  const nothing = () => null;

  test.each([
    [{ children: nothing }, /<Pattern>: values is undefined\. It is an array/],
    [{ values: 7, children: nothing }, /<Pattern>: values is 7/],
    [{ values: [1] }, /<Pattern> needs a function as its child.*It was given undefined/],
    [{ values: [1], children: <Group /> }, /It was given another object/],
  ])('what cannot be played is refused: %#', async (props, message) => {
    // As JavaScript can write it: types refuse these.
    const element = <Pattern {...(props as unknown as ComponentProps<typeof Pattern>)} />;
    await expect(play(element)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(message),
    });
  });

  test('gives values their beats, rests are not asked for, and a length may reach over the next', async () => {
    expect(
      await play(
        <Pattern values={[300, null, 400]} every={[1, 0.5]} length={2} repeat={2}>
          {(freq) => <Synth def={tone} freq={freq} />}
        </Pattern>,
      ),
    ).toEqual([
      [0, '/s_new', 'tone', 1000, 1, 1, 'freq', 300],
      [1.5, '/s_new', 'tone', 1001, 1, 1, 'freq', 400],
      [2, '/n_free', 1000],
      [2.5, '/s_new', 'tone', 1002, 1, 1, 'freq', 300],
      [3.5, '/n_free', 1001],
      [4, '/s_new', 'tone', 1003, 1, 1, 'freq', 400],
      [4.5, '/n_free', 1002],
      [6, '/n_free', 1003],
    ]);
  });

  test('an endless iterator is asked as time goes, once for each value', async () => {
    let asked = 0;
    function* numbers() {
      for (;;) yield 100 + ++asked;
    }
    const found = await begins(
      <Pattern values={numbers}>{(freq) => <Synth def={tone} freq={freq} />}</Pattern>,
      4,
    );
    expect(found).toEqual([
      [0, 101],
      [1, 102],
      [2, 103],
      [3, 104],
    ]);
    expect(asked).toBeLessThanOrEqual(6);
  });

  test('another function changes what sounds, without another beginning', async () => {
    function Louder() {
      const step = useBeatValue(1);
      return (
        <Pattern values={[300, 400]} every={2}>
          {(freq) => <Synth def={tone} freq={freq} amp={(1 + step) / 10} />}
        </Pattern>
      );
    }
    expect(await play(<Louder />, 3.5)).toEqual([
      [0, '/s_new', 'tone', 1000, 1, 1, 'freq', 300],
      [1, '/n_set', 1000, 'amp', 0.2],
      [2, '/n_free', 1000],
      [2, '/s_new', 'tone', 1001, 1, 1, 'freq', 400, 'amp', 0.3],
      [3, '/n_set', 1001, 'amp', 0.4],
    ]);
  });

  /** Rendered again at each sixteenth, with everything written in the render. */
  function Busy({ children }: { readonly children: () => ReactNode }) {
    useBeatValue(0.25);
    return children();
  }

  test('what is written in a render does not begin again with it', async () => {
    const asked: number[] = [];
    const found = await begins(
      <Busy>
        {() => (
          <Pattern
            values={function* () {
              for (let value = 100; ; value++) {
                asked.push(value);
                yield value;
              }
            }}
            every={() => [0.25, 0.5][asked.length % 2]!}
          >
            {(freq) => <Synth def={tone} freq={freq} />}
          </Pattern>
        )}
      </Busy>,
      4,
    );
    expect(found.slice(0, 6)).toEqual([
      [0, 100],
      [0.5, 101],
      [0.75, 102],
      [1.25, 103],
      [1.5, 104],
      [2, 105],
    ]);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('another step is heard from the next value on, and ends nothing', async () => {
    function Faster() {
      const beat = useBeatValue(1);
      return (
        <Pattern values={[1, 2, 3, 4, 5, 6].map((n) => n * 100)} every={beat < 3 ? 1 : 0.5}>
          {(freq) => <Synth def={tone} freq={freq} />}
        </Pattern>
      );
    }
    expect(await begins(<Faster />)).toEqual([
      [0, 100],
      [1, 200],
      [2, 300],
      [3, 400],
      [3.5, 500],
      [4, 600],
    ]);
  });

  test('one that is mounted late begins at the next grid point, in a part where the part is', async () => {
    function Late({ quant }: { readonly quant?: number }) {
      const beat = useBeatValue(0.75);
      const melody = (
        <Pattern values={[100, 200, 300]} quant={quant}>
          {(freq) => <Synth def={tone} freq={freq} />}
        </Pattern>
      );
      return beat >= 2 ? melody : null;
    }
    expect(await begins(<Late />)).toEqual([
      [2, 100],
      [3, 200],
      [4, 300],
    ]);
    expect(await times(<Late quant={4} />)).toEqual([4, 5, 6]);
    expect(
      await begins(
        <At beat={0} length={8}>
          <Late />
        </At>,
      ),
    ).toEqual([
      [1.5, 200],
      [2, 300],
    ]);
  });

  test('in StrictMode the same is heard: random numbers too', async () => {
    function Walk() {
      const random = useRandom();
      const [first] = useState(() => random.integer(0, 1000));
      return (
        <Pattern
          values={function* () {
            for (;;) yield random.integer(100, 1000);
          }}
          every={() => random.pick([0.25, 0.5])}
        >
          {(freq) => <Synth def={tone} freq={freq} amp={first} />}
        </Pattern>
      );
    }
    const both = (
      <>
        <Walk />
        <Walk />
      </>
    );
    const plain = await renderToScore(both, { duration: 4, seed: 7 });
    const strict = await renderToScore(<StrictMode>{both}</StrictMode>, { duration: 4, seed: 7 });
    const amps = (score: typeof plain) =>
      score
        .toJSON()
        .bundles.flatMap(({ messages }) =>
          messages.flatMap((message) => (message.includes('amp') ? [message.at(-1)] : [])),
        );
    expect(amps(plain).length).toBeGreaterThan(10);
    expect(new Set(amps(plain)).size).toBe(2);
    expect([...new Set(amps(strict))]).toEqual([...new Set(amps(plain))]);
  });
});

describe('<Note>', () => {
  test('is a synth with a pitch, a velocity and a length', async () => {
    expect(await play(<Note def={pad} pitch="A3" velocity={0.5} length={1.5} release={1} />, 2)).toEqual([
      [0, '/s_new', 'pad', 1000, 1, 1, 'freq', 220, 'amp', 0.05, 'release', 1],
      [1.5, '/n_set', 1000, 'gate', 0],
    ]);
  });

  test.each([
    [{ velocity: 1 }, 0.1],
    [{ velocity: 0.5, amp: 0.8 }, 0.4],
    [{ velocity: 0 }, 0],
    [{ amp: 0.7 }, 0.7],
  ])('velocity scales the loudness that the definition or the prop has: %j', async (props, amp) => {
    const [[, , , , , , ...controls]] = (await play(<Note def={pad} {...props} />, 1)) as [unknown[]];
    expect(controls).toEqual(amp === 0.1 ? [] : ['amp', amp]);
  });

  test.each([
    [5, /<Note>: velocity is 5\. It is a number from 0 to 1\. From MIDI, divide by 127: 0\.04\./],
    [-0.1, /<Note>: velocity is -0\.1\. It is a number from 0 to 1\.$/],
    [Number.NaN, /velocity is NaN/],
  ])('velocity %d is refused', async (velocity, message) => {
    await expect(play(<Note def={pad} velocity={velocity} />)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(message),
    });
  });

  test('what is no pitch is refused, with the components above it', async () => {
    const Melody = () => (
      <Loop beats={4}>
        <Note def={pad} pitch="H4" />
      </Loop>
    );
    await expect(play(<Melody />)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('<Note>: pitch is "H4"'),
      componentStack: expect.stringMatching(/^ {4}in Note\n(.*\n)* {4}in Loop\n {4}in Melody( \(.*\))?$/),
    });
  });
});

test.each<[element: ReactNode, message: string]>([
  [<Transport {...{ tempo: 90 }} key="" />, '<Transport> has no prop "tempo". It has: bpm, meter,'],
  [<At {...{ lenght: 4 }} key="" />, '<At> has no prop "lenght". Did you mean "length"?'],
  [
    <Sequence key="">
      <At length={1} {...{ beats: 4 }} />
    </Sequence>,
    '<At> has no prop "beats". Did you mean "beat"?',
  ],
  [<Loop beats={4} {...{ time: 2 }} key="" />, '<Loop> has no prop "time". Did you mean "times"?'],
  [<Sequence {...{ beats: 4 }} key="" />, '<Sequence> has no prop "beats". It has: children.'],
  [<Tuplet notes={3} inBeats={2} {...{ of: 2 }} key="" />, '<Tuplet> has no prop "of".'],
  [<Swing {...{ amout: 0.6 }} key="" />, '<Swing> has no prop "amout". Did you mean "amount"?'],
  [
    <Recording path="a.wav" {...{ channel: 1 }} key="" />,
    '<Recording> has no prop "channel". Did you mean "channels"?',
  ],
  [
    <Buffer frames={4} {...{ chanels: 1 }} key="" />,
    '<Buffer> has no prop "chanels". Did you mean "channels"?',
  ],
  [<Definition def={pad} {...{ name: 'pad' }} key="" />, '<Definition> has no prop "name". It has: def,'],
  [<Volume {...{ db: -6 }} key="" />, '<Volume> has no prop "db". It has: decibels,'],
  [<Bus {...{ channel: 2 }} key="" />, 'useBus has no option "channel". Did you mean "channels"?'],
])('a prop that nothing reads is refused: %#', async (element, message) => {
  await expect(play(element)).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(message),
  });
});

describe('<Transport>', () => {
  /** Something to do with a transport at moments of the root's own, a beat a second. */
  function Operated({
    at,
    act,
  }: {
    readonly at: number;
    readonly act: (transport: TransportHandle) => void;
  }) {
    const transport = useRef<TransportHandle>(null);
    useBeat(1, ({ index }) => {
      if (index === at) act(transport.current!);
    });
    return (
      <Transport bpm={60} ref={transport}>
        <Pattern values={[100, 200, 300, 400, 500, 600, 700, 800]}>
          {(freq) => <Synth def={tone} freq={freq} />}
        </Pattern>
      </Transport>
    );
  }

  test('a new tempo holds from the beat at which it comes', async () => {
    const found = await times(<Operated at={2} act={(transport) => transport.setTempo(120)} />, 4);
    expect(found).toEqual([0, 1, 2, 2.5, 3, 3.5]);
  });

  test('a ramp takes the time of its integral', async () => {
    const found = await times(
      <Transport bpm={tempo([0, 60, 'ramp'], [4, 120])}>
        <Pattern values={[0, 1, 2, 3, 4]}>{() => tick}</Pattern>
      </Transport>,
    );
    expect(found).toEqual([0, 1, 2, 3, 4].map((beat) => round(4 * Math.log(1 + beat / 4))));
  });

  test('seeking brings up what sounds there, and releases what does not', async () => {
    expect(await play(<Operated at={2} act={(transport) => transport.seek(5.5)} />, 4)).toEqual([
      [0, '/s_new', 'tone', 1001, 1, 1000, 'freq', 100],
      [1, '/n_free', 1001],
      [1, '/s_new', 'tone', 1002, 1, 1000, 'freq', 200],
      [2, '/n_free', 1002],
      [2, '/s_new', 'tone', 1003, 1, 1000, 'freq', 600],
      [2.5, '/n_free', 1003],
      [2.5, '/s_new', 'tone', 1004, 1, 1000, 'freq', 700],
      [3.5, '/n_free', 1004],
      [3.5, '/s_new', 'tone', 1005, 1, 1000, 'freq', 800],
    ]);
  });

  test('a loop goes from its end to its beginning', async () => {
    const found = await begins(
      <Transport bpm={60} loop={{ from: 1, to: 3 }}>
        <Pattern values={[100, 200, 300, 400]}>{(freq) => <Synth def={tone} freq={freq} />}</Pattern>
      </Transport>,
      6,
    );
    expect(found.map(([, freq]) => freq)).toEqual([100, 200, 300, 200, 300, 200]);
  });

  test('while it does not play, what it drives stands still, and then goes on', async () => {
    function Stopping() {
      const second = useBeatValue(1);
      return (
        <Transport bpm={60} playing={second < 2 || second >= 5}>
          <Pattern values={[100, 200, 300]} every={1.5}>
            {(freq) => <Synth def={tone} freq={freq} />}
          </Pattern>
        </Transport>
      );
    }
    expect(await play(<Stopping />)).toEqual([
      [0, '/s_new', 'tone', 1001, 1, 1000, 'freq', 100],
      [1.5, '/n_free', 1001],
      [1.5, '/s_new', 'tone', 1002, 1, 1000, 'freq', 200],
      [2, '/n_run', 1000, 0],
      [5, '/n_run', 1000, 1],
      [6, '/n_free', 1002],
      [6, '/s_new', 'tone', 1003, 1, 1000, 'freq', 300],
      [7.5, '/n_free', 1003],
    ]);
  });

  test.each([
    [<Transport key="0" bpm={0} />, 'invalid-time', /over 0, not 0\. To stop, use playing={false}/],
    [<Transport key="1" bpm={Number.NaN} />, 'invalid-time', /over 0, not NaN/],
    [<Transport key="2" bpm={-60} />, 'invalid-time', /over 0, not -60/],
    [<Transport key="3" start={-1} />, 'invalid-time', /a beat is a number from 0 up, not -1/],
    [<Transport key="4" meter={'4/3'} />, 'invalid-time', /"4\/3" is none/],
    [
      <Transport key="5" loop={{ from: 2, to: 1 }} />,
      'invalid-time',
      /from a beat to a later one, not from 2 to 1/,
    ],
    [
      <Transport key="6">
        <Group>
          <Transport />
        </Group>
      </Transport>,
      'invalid-nesting',
      /would follow two tempos/,
    ],
  ])('what is wrong is refused with a reason: %#', async (element, code, message) => {
    await expect(play(element)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('hooks', () => {
  test('useBeat calls at each multiple of its beats, counted where it stands', async () => {
    const calls: unknown[] = [];
    function Counting() {
      useBeat(0.5, ({ beat, index, time }) => calls.push([beat, index, round(time)]));
      return null;
    }
    await play(
      <Transport bpm={120}>
        <At beat={1} length={1.5}>
          <Counting />
        </At>
      </Transport>,
    );
    expect(calls).toEqual([
      [0.5, 1, 0.75],
      [1, 2, 1],
    ]);
  });

  test('useBeatValue goes through values, a new one each so many beats', async () => {
    const Chord = () => <Synth def={tone} freq={useBeatValue(2, [300, 400, 500])} />;
    expect((await play(<Chord />)).map(([time, ...message]) => [time, message.at(-1)])).toEqual([
      [0, 300],
      [2, 400],
      [4, 500],
      [6, 300],
    ]);
  });

  test('effects and callbacks find the musical time of their commit', async () => {
    const seen: unknown[] = [];
    function Chord() {
      const step = useBeatValue(3);
      const { meter } = useTransport();
      const musicalTime = useMusicalTime();
      // biome-ignore lint/correctness/useExhaustiveDependencies: it is called at each step.
      useEffect(() => {
        const { time, beat, bar, beatInBar, bpm } = musicalTime();
        seen.push([round(time), round(beat), bar, round(beatInBar), bpm, meter]);
      }, [step]);
      return null;
    }
    await play(
      <Transport bpm={90} meter="3/4" start={3}>
        <Chord />
      </Transport>,
      4.5,
    );
    expect(seen).toEqual([
      [0, Number.NEGATIVE_INFINITY, 0, 0, 90, '3/4'], // mounted, and not begun
      [0, 3, 1, 0, 90, '3/4'],
      [2, 6, 2, 0, 90, '3/4'],
      [4, 9, 3, 0, 90, '3/4'],
    ]);
  });

  test.each([0, -1, Number.NaN])('useBeat(%d) is refused', async (every) => {
    const Wrong = () => {
      useBeat(every, () => {});
      return null;
    };
    await expect(play(<Wrong />)).rejects.toMatchObject({
      code: 'invalid-time',
      message: `useBeat: every is ${every}. It is a number of beats over 0.`,
    });
  });
});

test('in StrictMode, which renders and mounts twice, the music is the same', async () => {
  function Piece() {
    const [step, setStep] = useState(0);
    useBeat(1, () => setStep((now) => now + 1));
    return (
      <Transport bpm={120}>
        <Sequence>
          <At length={2}>
            <Note def={pad} pitch={60 + step} />
          </At>
          <Loop beats={1} times={2}>
            {tick}
          </Loop>
        </Sequence>
      </Transport>
    );
  }
  const plain = await play(<Piece />, 3);
  expect(
    await play(
      <StrictMode>
        <Piece />
      </StrictMode>,
      3,
    ),
  ).toEqual(plain);
  expect(plain.length).toBeGreaterThan(5);
});

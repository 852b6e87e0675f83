import { type ReactNode, Suspense, use, useEffect, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  At,
  Group,
  Loop,
  Note,
  Sequence,
  Synth,
  Transport,
  useBeat,
  useBuffer,
  useBus,
  useServer,
} from '../../src/index.js';
import { type RenderToScoreOptions, renderToScore, type Score } from '../../src/node.js';
import type { SynthDef } from '../../src/synthdef/index.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { click, player } from './offlineDefs.js';

/** A score's messages with their times, less what all scores begin with and the definitions. */
function messagesOf(score: Score): unknown[][] {
  return score
    .toJSON()
    .bundles.slice(1)
    .flatMap(({ time, messages }) => messages.map((message) => [time, ...message]))
    .filter(([, address]) => address !== '/d_recv');
}

const scoreOf = async (element: ReactNode, options: Partial<RenderToScoreOptions> = {}) =>
  messagesOf(await renderToScore(element, { duration: 4, ...options }));

test('T5: each commit is a bundle at its moment, and what was released ends when its envelope does', async () => {
  const messages = await scoreOf(
    <Transport bpm={120}>
      <Sequence>
        <At length={1}>
          <Note def={pad} pitch="A4" />
        </At>
        <At length={2}>
          <Group>
            <Synth def={pad} freq={300} release={0.5} />
          </Group>
        </At>
      </Sequence>
    </Transport>,
  );
  expect(messages.slice(0, -1)).toEqual([
    [0, '/g_new', 1000, 1, 1],
    [0, '/s_new', 'pad', 1001, 1, 1000],
    [0.5, '/n_set', 1001, 'gate', 0],
    [0.5, '/g_new', 1002, 1, 1000],
    [0.5, '/s_new', 'pad', 1003, 1, 1002, 'freq', 300, 'release', 0.5],
    [1.5, '/n_set', 1002, 'gate', 0],
  ]);
  const [time, ...free] = messages.at(-1)!;
  expect(free).toEqual(['/n_free', 1002]);
  expect(time).toBeGreaterThan(2);
  expect(time).toBeLessThan(2.02);
});

test('T4: a score begins with the default group and a synth that seeds all random numbers', async () => {
  const score = await renderToScore(<Synth def={tone} />, { duration: 1, seed: 7 });
  const [first] = score.toJSON().bundles;
  expect(first).toEqual({
    time: 0,
    messages: [
      ['/g_new', 1, 0, 0],
      ['/d_recv', { base64: expect.any(String) }],
      ['/s_new', 'react-collider-seed', 2, 0, 0],
    ],
  });
});

test('onEnd is called when the envelope of a synth is over, and what it changes happens then', async () => {
  function Echo() {
    const [again, setAgain] = useState(false);
    return (
      <>
        <Synth def={ping} length={0.5} onEnd={() => setAgain(true)} />
        {again && <Synth def={tone} />}
      </>
    );
  }
  const messages = await scoreOf(<Echo />);
  expect(messages.map(([, ...message]) => message)).toEqual([
    ['/s_new', 'ping', 1000, 1, 1, 'length', 0.5],
    ['/s_new', 'tone', 1001, 1, 1],
  ]);
  expect(messages[1]![0]).toBeGreaterThan(0.5);
  expect(messages[1]![0]).toBeLessThan(0.515);
});

test('a synth that stands still does not come to its end', async () => {
  function Paused() {
    const [beat, setBeat] = useState(0);
    const [isOver, setOver] = useState(false);
    useBeat(1, ({ index }) => setBeat(index));
    return (
      <>
        <Group paused={beat === 1 || beat === 2}>
          <Synth def={ping} length={1.5} onEnd={() => setOver(true)} />
        </Group>
        {isOver && <Synth def={tone} />}
      </>
    );
  }
  const messages = await scoreOf(<Paused />, { duration: 6 });
  expect(messages.slice(2, -1)).toEqual([
    [1, '/n_run', 1000, 0],
    [3, '/n_run', 1000, 1],
  ]);
  const [time, ...message] = messages.at(-1)!;
  expect(message).toEqual(['/s_new', 'tone', 1002, 1, 1]);
  expect(time).toBeGreaterThan(3.5);
  expect(time).toBeLessThan(3.515);
});

test('buses are given again when the envelope of the last synth on them is over', async () => {
  function Voice() {
    const bus = useBus({ channels: 2 });
    return <Synth def={pad} out={bus} />;
  }
  const Piece = () => (
    <Loop beats={1}>
      <Voice />
    </Loop>
  );
  const buses = (await scoreOf(<Piece />))
    .filter(([, address]) => address === '/s_new')
    .map((message) => message.at(-1));
  // The first is released at 1 s and sounds on for 50 ms, so the second has other channels, and the third the first's.
  expect(buses).toEqual([4, 6, 4, 6]);
});

test('the same seed gives the same score, another one another', async () => {
  const { default: Random } = await import('./randomPiece.js');
  const first = await renderToScore(<Random />, { duration: 3, seed: 4 });
  const second = await renderToScore(<Random />, { duration: 3, seed: 4 });
  const other = await renderToScore(<Random />, { duration: 3, seed: 5 });
  expect(Buffer.compare(second.toBytes(), first.toBytes())).toBe(0);
  expect(messagesOf(other)).not.toEqual(messagesOf(first));
});

describe('what is waited for', () => {
  const later = <Value,>(value: Value) => new Promise<Value>((resolve) => setTimeout(resolve, 40, value));

  test('a suspended component takes no time of the piece', async () => {
    const freq = later(500);
    const Slow = () => <Synth def={tone} freq={use(freq)} />;
    const messages = await scoreOf(
      <>
        <At beat={1}>
          <Suspense fallback={<Synth def={tone} />}>
            <Slow />
          </Suspense>
        </At>
        <At beat={1.5}>
          <Synth def={tone} freq={600} />
        </At>
      </>,
    );
    // The fallback has no time to be heard in.
    expect(messages).toEqual([
      [1, '/s_new', 'tone', 1000, 1, 1],
      [1, '/n_free', 1000],
      [1, '/s_new', 'tone', 1001, 1, 1, 'freq', 500],
      [1.5, '/s_new', 'tone', 1002, 1, 1, 'freq', 600],
    ]);
  });

  test('a synth with a buffer begins at its beat, when the buffer is there', async () => {
    function Sample() {
      const path = new URL('../engine/soundfile/files/tone.flac', import.meta.url);
      const buffer = useBuffer({ path, fileChannels: [1] });
      return <Synth def={player} buf={buffer} />;
    }
    const messages = await scoreOf(
      <At beat={2}>
        <Sample />
      </At>,
    );
    expect(messages.map(([time, address, ...args]) => [time, address, args[0]])).toEqual([
      [2, '/b_allocReadChannel', 0],
      [2, '/s_new', 'player'],
    ]);
  });

  test('a component that stays suspended is an error that says when', async () => {
    const never = new Promise<number>(() => {});
    const Stuck = () => <Synth def={tone} freq={use(never)} />;
    const piece = (
      <At beat={1}>
        <Suspense>
          <Stuck />
        </Suspense>
      </At>
    );
    await expect(renderToScore(piece, { duration: 2, suspenseTimeout: 0.1 })).rejects.toMatchObject({
      code: 'timeout',
      message:
        'A component has been suspended for 0.1 s at 1.000 s of the piece: what it waits for does not come.',
    });
  });
});

describe('a piece that is rendered until it is silent', () => {
  test('T3: ends when nothing happens any more', async () => {
    const piece = (
      <Transport bpm={60}>
        <At beat={1} length={2}>
          <Synth def={pad} release={1} />
        </At>
      </Transport>
    );
    const { duration } = await renderToScore(piece, { duration: 'until-silent' });
    expect(duration).toBeGreaterThan(4);
    expect(duration).toBeLessThan(4.02);
  });

  test('without an end is an error that says what to do', async () => {
    const piece = (
      <Loop beats={1}>
        <Synth def={click} />
      </Loop>
    );
    await expect(renderToScore(piece, { duration: 'until-silent', longest: 100 })).rejects.toMatchObject({
      code: 'invalid-time',
      message: expect.stringMatching(/^The piece goes on after 100 s, .* Give a duration instead\.$/),
    });
  });
});

describe('what is wrong', () => {
  test('a question to a server that is not there is refused', async () => {
    const answers: unknown[] = [];
    function Asking() {
      const server = useServer();
      useEffect(() => {
        server.request({ type: '/status' }).catch((error) => answers.push(error));
      }, [server]);
      return <Synth def={tone} />;
    }
    await renderToScore(<Asking />, { duration: 1 });
    expect(answers).toEqual([expect.objectContaining({ code: 'unsupported' })]);
    expect(String(answers[0])).toContain('Offline nobody answers /status');
  });

  test.each([
    Number.NaN,
    -1,
    0,
    Number.POSITIVE_INFINITY,
  ])('a duration of %d is refused', async (duration) => {
    await expect(renderToScore(<Synth def={tone} />, { duration })).rejects.toMatchObject({
      code: 'invalid-time',
      message: `The duration to render is ${duration}. It is a number of seconds over 0, or "until-silent".`,
    });
  });

  test('an error in the middle of the piece ends the rendering with it', async () => {
    const Broken = ({ def }: { readonly def: SynthDef }) => <Synth def={def} {...{ frequenzy: 3 }} />;
    const piece = (
      <At beat={1}>
        <Broken def={tone} />
      </At>
    );
    await expect(renderToScore(piece, { duration: 2 })).rejects.toMatchObject({ code: 'unknown-control' });
  });

  test('a buffer whose file is not there ends the rendering, naming the file', async () => {
    function Sample() {
      return <Synth def={player} buf={useBuffer('/nowhere/kick.wav')} />;
    }
    await expect(renderToScore(<Sample />, { duration: 1 })).rejects.toMatchObject({
      code: 'command-failed',
      message: expect.stringContaining('/nowhere/kick.wav'),
    });
  });
});

/** Changes on the grid, by the scores that they give. */

import { type ReactNode, useLayoutEffect, useState } from 'react';
import { expect, test } from 'vitest';
import { useScene } from '../../src/hooks/useServer.js';
import { Loop, Quantize, Synth, Transport, useQuantized } from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { seededRandom } from '../../src/time/random.js';

const steady = (level: number) =>
  synthDef('steady', { freq: 440 }, (c) => Out.ar(0, SinOsc.ar(c.freq).mul(level)));
const [soft, loud] = [steady(0.1), steady(0.2)];

/** Messages with their times, of nodes alone. */
async function play(element: ReactNode, duration: number) {
  const score = await renderToScore(element, { duration });
  return score
    .toJSON()
    .bundles.slice(1)
    .map(({ time, messages }) => ({
      time,
      messages: messages.filter(([address]) => !['/d_recv', '/g_new'].includes(String(address))),
    }))
    .filter(({ messages }) => messages.length > 0);
}

/** Changes its state at times of any kind. */
function Changing({ times, children }: { times: readonly number[]; children: (count: number) => ReactNode }) {
  const { scheduler } = useScene('Changing');
  const [count, setCount] = useState(0);
  useLayoutEffect(() => {
    for (const [index, time] of times.entries()) scheduler.schedule(time, () => setCount(index + 1));
  }, [scheduler, times]);
  return children(count);
}

const random = seededRandom('changes');
const times = Array.from({ length: 100 }, () => random.number(0.1, 100)).sort((a, b) => a - b);

test('100 changes at times by chance are heard on a bar each, those of one bar as one bundle', async () => {
  const found = await play(
    <Transport bpm={120} meter="3/4">
      <Changing times={times}>
        {(count) => (
          <Quantize>
            <Synth def={soft} freq={100 + count} />
            <Synth def={soft} freq={1000 + count} />
          </Quantize>
        )}
      </Changing>
    </Transport>,
    110,
  );
  const changes = found.slice(1);
  const bars = [...new Set(times.map((time) => Math.ceil(time / 1.5) * 1.5))];
  expect(changes.map(({ time }) => Math.round(time * 1e5) / 1e5)).toEqual(bars);
  for (const { time, messages } of changes) {
    const count = times.filter((each) => each <= time).length;
    expect(messages.map(([, , , freq]) => freq)).toEqual([100 + count, 1000 + count]);
  }
});

test('a grid of beats, and a value that waits where it is used', async () => {
  function Inside() {
    return <Changing times={[0.3, 1.1, 2]}>{(count) => <Held freq={100 + count} />}</Changing>;
  }
  function Held({ freq }: { readonly freq: number }) {
    return <Synth def={soft} freq={useQuantized(freq, 0.5)} />;
  }
  const found = await play(
    <Transport bpm={60}>
      <Inside />
    </Transport>,
    4,
  );
  expect(found.map(({ time, messages }) => [time, messages[0]!.at(-1)])).toEqual([
    [0, 100],
    [0.5, 101],
    [1.5, 102],
    [2, 103],
  ]);
});

test('music inside goes on while a change waits, and nothing waits while the transport stands', async () => {
  const changing = (playing: boolean) => (
    <Transport bpm={60} playing={playing}>
      <Changing times={[0.6]}>
        {(count) => (
          <Quantize>
            <Synth def={soft} freq={100 + count} />
            <Loop beats={1} times={6}>
              <Synth def={loud} />
            </Loop>
          </Quantize>
        )}
      </Changing>
    </Transport>
  );
  const begins = (await play(changing(true), 6)).filter(({ messages }) =>
    messages.some(([address, def]) => address === '/s_new' && String(def).startsWith('steady')),
  );
  expect([...new Set(begins.map(({ time }) => time))]).toEqual([0, 1, 2, 3, 4, 5]);
  const sets = (found: Awaited<ReturnType<typeof play>>) =>
    found.filter(({ messages }) => messages.some((message) => message.includes(101))).map(({ time }) => time);
  expect(sets(await play(changing(true), 6))).toEqual([4]);
  expect(sets(await play(changing(false), 6))).toEqual([0.6]);
});

test('with a fade another definition is crossfaded: the old gate closes when the new synth begins', async () => {
  const found = await play(
    <Transport bpm={120}>
      <Changing times={[0.7]}>
        {(count) => (
          <>
            <Quantize fade={0.5}>
              <Synth def={count === 0 ? soft : loud} freq={300} />
            </Quantize>
            <Synth def={soft} />
          </>
        )}
      </Changing>
    </Transport>,
    4,
  );
  const [begin, change] = found;
  const ids = begin!.messages.map(([, , id]) => id);
  expect(found.length).toBe(2);
  expect(change!.time).toBe(2);
  expect(change!.messages).toEqual([
    ['/n_set', ids[0], 'gate', 0],
    [
      '/s_new',
      expect.stringContaining('steady'),
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
      'freq',
      300,
    ],
  ]);
});

test('what is no grid and no fade is refused', async () => {
  await expect(play(<Quantize to={0} />, 1)).rejects.toThrow('<Quantize>: to is 0');
  await expect(play(<Quantize fade={-1} />, 1)).rejects.toThrow('<Quantize>: fade is -1');
});

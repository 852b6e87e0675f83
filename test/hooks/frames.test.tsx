/** Control streams past React: how often they run, that they share bundles, and when what they set happens. */

import { Component, type ReactNode, useRef, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  createRoot,
  type Frame,
  type FrameOptions,
  Synth,
  type SynthHandle,
  useBus,
  useFrame,
  VirtualClock,
} from '../../src/index.js';
import { render } from '../../src/testing/index.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

/** A tone that rises by so many hertz a second. */
function Rising({ by, ...options }: { readonly by: number } & FrameOptions) {
  const ref = useRef<SynthHandle>(null);
  useFrame(({ elapsed }) => ref.current?.set({ freq: 100 + elapsed * by }), options);
  return <Synth ref={ref} def={tone} />;
}

test('what all streams of one rate set in a frame is one bundle, and nothing is rendered', async () => {
  let renders = 0;
  function Bus() {
    const bus = useBus({ rate: 'control' });
    useFrame(({ elapsed }) => bus.set(elapsed), { rate: 4 });
    renders += 1;
    return <Synth def={tone} amp={bus.kr()} />;
  }
  const view = await render(
    [
      <Rising key="a" by={10} rate={4} />,
      <Rising key="b" by={20} rate={4} />,
      <Bus key="c" />,
      <Rising key="d" by={30} rate={2} />,
    ],
    { clock: new VirtualClock(10) },
  );
  await view.advance(0.8);
  expect(view.commits.slice(1)).toEqual([
    {
      time: 10.25,
      messages: [
        ['/c_setn', 0, 1, 0],
        ['/n_set', 1000, 'freq', 100],
        ['/n_set', 1001, 'freq', 100],
      ],
    },
    {
      time: 10.5,
      messages: [
        ['/c_setn', 0, 1, 0.25],
        ['/n_set', 1003, 'freq', 100],
        ['/n_set', 1000, 'freq', 102.5],
        ['/n_set', 1001, 'freq', 105],
      ],
    },
    {
      time: 10.75,
      messages: [
        ['/c_setn', 0, 1, 0.5],
        ['/n_set', 1000, 'freq', 105],
        ['/n_set', 1001, 'freq', 110],
      ],
    },
  ]);
  expect(renders).toBe(1);
  await view.unmount();
  const sent = view.commits.length;
  await view.advance(1);
  expect(view.commits).toHaveLength(sent);
});

test('the newest callback is called, and a new rate begins at once', async () => {
  const seen: [string, Frame][] = [];
  let setRate: (rate: number) => void = () => {};
  function Piece() {
    const [rate, set] = useState(2);
    setRate = set;
    useFrame((frame) => seen.push([`at ${rate}`, frame]), { rate });
    return null;
  }
  const view = await render(<Piece />, { clock: new VirtualClock(10) });
  await view.advance(1);
  await view.act(() => setRate(1));
  await view.advance(1);
  expect(seen).toEqual([
    ['at 2', { time: 10.5, elapsed: 0, delta: 0 }],
    ['at 2', { time: 11, elapsed: 0.5, delta: 0.5 }],
    ['at 1', { time: 12, elapsed: 0, delta: 0 }],
  ]);
});

test('what a callback throws goes to the nearest error boundary, once, and the others go on', async () => {
  class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
    override state = { failed: false };
    static getDerivedStateFromError() {
      return { failed: true };
    }
    override render() {
      return this.state.failed ? <Synth def={tone} freq={13} /> : this.props.children;
    }
  }
  let calls = 0;
  function Broken(): ReactNode {
    useFrame(
      () => {
        calls += 1;
        throw new Error('no sensor');
      },
      { rate: 4 },
    );
    return null;
  }
  const view = await render(
    [
      <Boundary key="a">
        <Broken />
      </Boundary>,
      <Rising key="b" by={10} rate={4} />,
    ],
    { clock: new VirtualClock(10) },
  );
  await view.advance(0.5);
  expect(calls).toBe(1);
  expect(view.lastBundle).toContainEqual(['/n_set', 1000, 'freq', 102.5]);
  expect(view.lastBundle.filter(([address]) => address === '/s_new')).toHaveLength(1);
});

test.each([0, -1, 1001, Number.NaN])('a rate of %d is refused', async (rate) => {
  await expect(render(<Rising by={1} rate={rate} />)).rejects.toThrow(
    `useFrame: rate is ${rate}. It is a number of frames a second, over 0 and up to 1000.`,
  );
});

describe.each(engines)('%s', (engine) => {
  test('live, streams share bundles, exact ones are stamped with their moments, and the last value arrives', async () => {
    const server = await bootForTest(engine);
    const commits: { readonly size: number; readonly time: number | undefined }[] = [];
    let count = () => {};
    const root = createRoot(server, {
      onLate: () => {},
      onCommit: ({ commands, time }) => {
        commits.push({ size: commands.length, time });
        count();
      },
    });
    const next = (wanted: number) =>
      new Promise<void>((resolve) => {
        count = () => {
          if (commits.length >= wanted) resolve();
        };
      });
    await root.render(['a', 'b', 'c'].map((key) => <Rising key={key} by={1} rate={100} />));
    commits.length = 0;
    await next(20);
    expect(commits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => ({ size: 3, time: undefined })));
    await root.render(<Rising key="exact" by={1} rate={100} exact />);
    await root.settled();
    commits.length = 0;
    await next(20);
    const frames = commits.slice(1, 20).map(({ time }) => time! * 100);
    for (const frame of frames) expect(Math.abs(frame - Math.round(frame))).toBeLessThan(0.3);
    expect(new Set(frames.map(Math.round)).size).toBe(frames.length);
    await root.unmount();
  });
});

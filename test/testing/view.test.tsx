import { createRef, useEffect, useState } from 'react';
import { expect, test } from 'vitest';
import { Group, Synth, type SynthHandle, useBeat, useBuffer, VirtualClock } from '../../src/index.js';
import { render } from '../../src/testing/index.js';
import { pad, ping, tone } from '../setup/definitions.js';

const voices = (...names: string[]) => (
  <Group>
    {names.map((name) => (
      <Synth key={name} def={tone} name={name} />
    ))}
  </Group>
);

test('a view shows the messages of the first render, from the first node id on', async () => {
  const view = await render(<Synth def={tone} freq={220} amp={0.2} />);
  expect(view.bundles).toEqual([[['/s_new', 'tone', 1000, 1, 1, 'freq', 220, 'amp', 0.2]]]);
});

test('moving the last synth to the front sends one /n_order', async () => {
  const view = await render(voices('a', 'b', 'c'));
  await view.rerender(voices('c', 'a', 'b'));
  expect(view.lastBundle).toEqual([['/n_order', 0, 1000, 1003]]);
});

test('rendering the same again sends nothing', async () => {
  const view = await render(voices('a', 'b'));
  await view.rerender(voices('a', 'b'));
  expect(view.lastBundle).toEqual([]);
});

test('onEnd runs once when the server frees the synth by itself, and nothing is left to free', async () => {
  const reasons: string[] = [];
  const view = await render(<Synth def={ping} onEnd={(reason) => reasons.push(reason)} />);
  await view.reply('/n_end', 1000, 1, -1, -1, 0);
  await view.unmount();
  expect(reasons).toEqual(['ended']);
  expect(view.lastBundle).toEqual([]);
});

test('act waits for state that is set in effects', async () => {
  let start: () => void = () => {};
  function Piece() {
    const [freq, setFreq] = useState(100);
    const [isStarted, set] = useState(false);
    start = () => set(true);
    useEffect(() => {
      if (isStarted) setFreq(300);
    }, [isStarted]);
    return <Synth def={tone} freq={freq} />;
  }
  const view = await render(<Piece />);
  await view.act(() => start());
  expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 300]]);
});

test('act waits for what is set past React', async () => {
  const ref = createRef<SynthHandle>();
  const view = await render(<Synth def={tone} ref={ref} />);
  await view.act(() => {
    ref.current!.set({ freq: 1 });
    ref.current!.set({ amp: 0.3, freq: 2 });
  });
  expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 2, 'amp', 0.3]]);
});

test('a synth begins when its buffer is loaded, and its component hears of the length then', async () => {
  function Player() {
    const kick = useBuffer('kick.wav');
    return <Synth def={tone} freq={kick} amp={kick.info ? kick.info.frames : 1} />;
  }
  // The definition is there before the buffer.
  const other = <Synth key="other" def={tone} />;
  const view = await render(other);
  await view.rerender([other, <Player key="player" />]);
  expect(view.bundles.slice(1)).toEqual([
    [['/s_new', 'tone', 1001, 1, 1, 'freq', 0, 'amp', 1]],
    [['/n_set', 1001, 'amp', 48000]],
  ]);
});

test('a request that is refused reaches the user as the server would refuse it', async () => {
  function Player() {
    return <Synth def={tone} freq={useBuffer('kick.wav')} />;
  }
  const errors: Error[] = [];
  const view = await render(<Synth def={tone} />, { onError: (error) => errors.push(error) });
  view.answer('/b_allocRead', () => ['/fail', '/b_allocRead', 'File could not be opened', 0]);
  await expect(view.rerender(<Player />)).rejects.toThrow('File could not be opened');
});

test('time stands until it is advanced, and each beat is a bundle of its moment', async () => {
  function Piece() {
    const [step, set] = useState(0);
    useBeat(0.5, ({ index }) => set(index));
    return <Synth def={tone} freq={100 + step} />;
  }
  const view = await render(<Piece />, { clock: new VirtualClock(10) });
  await view.advance(1.1);
  expect(view.commits.slice(1)).toEqual([
    { time: 10.5, messages: [['/n_set', 1000, 'freq', 101]] },
    { time: 11, messages: [['/n_set', 1000, 'freq', 102]] },
  ]);
});

test('advance says what it lacks without a virtual clock', async () => {
  const view = await render(null);
  expect(() => view.advance(1)).toThrow('render it with { clock: new VirtualClock() }');
});

test('unmounting does not wait for the end of a release', async () => {
  const view = await render(<Synth def={pad} />);
  await view.unmount();
  expect(view.lastBundle).toEqual([['/n_set', 1000, 'gate', 0]]);
});

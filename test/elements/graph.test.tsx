/** `<Graph>`: unit generators where a definition would go. */

import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { Graph, Group, useBus } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { DC, LFNoise1, type Signal, SinOsc } from '../../src/synthdef/index.js';
import { render } from '../../src/testing/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const tone = (freq: number) => <Graph freq={freq}>{({ freq }) => SinOsc.ar(freq).mul(0.1)}</Graph>;

describe('<Graph>', () => {
  test('is a synth whose controls are the props', async () => {
    const view = await render(tone(220));
    const [made] = view.bundles.flat().filter(([address]) => address === '/s_new');
    expect(made).toEqual(['/s_new', 'graph', 1000, 1, 1, 'freq', 220]);
  });

  test('the compiler knows the controls', () => {
    const play = (c: { freq: Signal }) => SinOsc.ar(c.freq);
    const wrong = (c: { frq: Signal }) => SinOsc.ar(c.frq);
    const pieces = [
      <Graph key="0" freq={220}>
        {play}
      </Graph>,
      <Graph key="1" freq={220}>
        {/* @ts-expect-error There is no such control. */}
        {wrong}
      </Graph>,
      // @ts-expect-error A text is no value of a control.
      <Graph key="2" freq="220">
        {play}
      </Graph>,
    ];
    expect(pieces).toHaveLength(3);
  });

  test('a changed number is one message, and the same graph written again is none', async () => {
    const view = await render(tone(220));
    await view.rerender(tone(330));
    expect(view.lastBundle).toEqual([['/n_set', 1000, 'freq', 330]]);
    await view.rerender(tone(330));
    expect(view.lastBundle).toEqual([]);
  });

  test('another graph is faded in while the one before fades out', async () => {
    const piece = (amp: number) => <Graph freq={220}>{({ freq }) => SinOsc.ar(freq).mul(amp)}</Graph>;
    const view = await render(piece(0.1));
    await view.rerender(piece(0.2));
    const sent = view.lastBundle.filter(([address]) => address !== '/d_recv');
    expect(sent.map(([address]) => address)).toEqual(['/n_set', '/s_new']);
    expect(sent[0]).toEqual(['/n_set', 1000, 'gate', 0]);
  });

  test('plays to the destination around it', async () => {
    function Piece() {
      const bus = useBus();
      return <Group out={bus}>{tone(220)}</Group>;
    }
    const view = await render(<Piece />);
    const [made] = view.bundles.flat().filter(([address]) => address === '/s_new');
    expect(made!.slice(5)).toEqual(['out', 4, 'freq', 220]);
  });

  test.each<[string, () => ReactNode, string]>([
    ['no function', () => <Graph>{'sound' as never}</Graph>, '<Graph> needs a function as its child'],
    [
      'an unknown control',
      () => <Graph freq={220}>{(c) => SinOsc.ar((c as unknown as { frq: Signal }).frq)}</Graph>,
      'has no control "frq". Did you mean "freq"?',
    ],
  ])('%s is an error', async (_, piece, message) => {
    await expect(render(piece())).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });
});

test.each(
  engines,
)('%s: a graph is heard with as many channels as it gives, also of control rate', async (engine) => {
  const path = join(temporaryFolder(), 'take.wav');
  const piece = (
    <>
      <Graph level={0.25} fade={0}>
        {({ level }) => DC.ar([level, level.mul(-2)])}
      </Graph>
      <Graph fade={0}>{() => LFNoise1.kr(0).mul(0).add(0.125)}</Graph>
    </>
  );
  await renderToFile(piece, { path, engine, duration: 0.2, sampleRate: 48_000 });
  const { channels } = readSound(path);
  expect(channels[0]![8000]).toBeCloseTo(0.375, 4);
  expect(channels[1]![8000]).toBeCloseTo(-0.5, 4);
});

/** Modulators: graphs of unit generators where a number goes. */

import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import {
  ar,
  createRoot,
  drift,
  envelope,
  follow,
  Group,
  kr,
  lfo,
  type Modulator,
  Synth,
  type TreeGroup,
  type TreeSynth,
  useBus,
} from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import { DC, Env, Out, type Signal, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { render } from '../../src/testing/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

/** Plays the value of its control, so that a recording shows the modulator. */
const level = synthDef('level', { out: 0, value: 0, pair: [0, 0] }, (c) => {
  Out.ar(c.out, DC.ar(1).mul([c.value, c.pair.channels[1]!]));
});
const held = synthDef('held', { out: 0, value: 0, gate: 1 }, (c) => Out.ar(c.out, DC.ar(0).add(c.value)));

/** Definitions and controls of a tree, without ids. */
const shapeOf = (node: QueryTreeNode): unknown =>
  'children' in node ? node.children.map(shapeOf) : [node.def.replace(/~.*/, ''), node.controls];

const made = (bundle: readonly (readonly unknown[])[]) => bundle.filter(([address]) => address !== '/d_recv');

describe('commits', () => {
  test('a modulator is a bus and a synth in a group before everything else', async () => {
    const view = await render(<Synth def={level} value={kr(() => DC.kr(0.5))} />);
    const sent = view.bundles.map(made).filter((bundle) => bundle.length > 0);
    expect(sent).toEqual([
      [
        ['/g_new', 1000, 1, 1],
        ['/s_new', 'kr', 1001, 1, 1000],
        ['/s_new', 'level', 1002, 1, 1, 'value', 'c0'],
      ],
    ]);
  });

  test('an equal graph in the next render sends nothing, and a changed control one message', async () => {
    const piece = (rate: number) => <Synth def={level} value={lfo('sine', { rate, range: [0, 1] })} />;
    const view = await render(piece(1));
    await view.rerender(piece(1));
    expect(view.lastBundle).toEqual([]);
    await view.rerender(piece(2));
    expect(view.lastBundle).toEqual([['/n_set', 1001, 'rate', 2]]);
  });

  test('two objects with one graph are two synths, also where one becomes another', async () => {
    const piece = (one: Modulator, other: Modulator) => (
      <>
        <Synth def={level} value={one} />
        <Synth def={level} value={other} />
      </>
    );
    const [a, b, c] = [1, 2, 3].map((rate) => lfo('sine', { rate })) as [Modulator, Modulator, Modulator];
    const view = await render(piece(a, a));
    expect(view.root.counts.synths).toBe(3);
    await view.rerender(piece(b, a));
    expect(view.root.counts.synths).toBe(4);
    await view.rerender(piece(b, c));
    expect(view.root.counts.synths).toBe(4);
    expect(view.lastBundle).toEqual([['/n_set', 1001, 'rate', 3]]);
    await view.rerender(piece(c, c));
    expect(view.root.counts.synths).toBe(3);
  });

  test('a modulator of a modulator is computed before it', async () => {
    const piece = (depth: Modulator | number) => (
      <Synth def={level} value={kr((c) => SinOsc.kr(1).mul(c.depth), { depth })} />
    );
    const view = await render(piece(0.5));
    const inner = lfo('triangle', { rate: 0.1 });
    await view.rerender(piece(inner));
    const [head] = view.root.tree!.children as [TreeGroup];
    const [first, second] = head.children as [TreeSynth, TreeSynth];
    expect(head.children).toHaveLength(2);
    expect(Object.keys(first.controls)).toContain('rate');
    expect(second.controls.depth).toMatch(/^c\d+$/);
    await view.rerender(piece(1));
    expect(view.root.counts.synths).toBe(2);
  });

  test.each<[string, () => ReactNode, string]>([
    ['no function', () => <Synth def={level} value={kr(3 as never)} />, 'kr needs a function'],
    ['an unknown shape', () => <Synth def={level} value={lfo('sin' as never)} />, 'there is no shape "sin"'],
    [
      'a range across 0',
      () => <Synth def={level} value={lfo('sine', { scale: 'exp' })} />,
      'the range [-1, 1] of an exponential scale',
    ],
    [
      'two values for one',
      () => <Synth def={level} value={kr(() => [1, 2].map((value) => DC.kr(value)))} />,
      'control "value" was given 2 values and has room for 1',
    ],
    [
      'an unknown control of its graph',
      () => <Synth def={level} value={kr((c: { rate?: Signal }) => SinOsc.kr(c.rate!))} />,
      'has no control "rate"',
    ],
  ])('%s is an error', async (_, piece, message) => {
    const whole = async () => render(piece());
    await expect(whole()).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  test('a handle takes no modulator, and says where it goes', async () => {
    const ref: { current: { set(controls: object): void } | null } = { current: null };
    await render(<Synth ref={ref as never} def={level} />);
    expect(() => ref.current!.set({ value: lfo('sine') })).toThrow('Pass a modulator as a prop');
  });
});

describe.each(engines)('%s', (engine) => {
  async function record(piece: ReactNode, duration = 0.5) {
    const path = join(temporaryFolder(), 'take.wav');
    await renderToFile(piece, { path, engine, duration, sampleRate: 48_000 });
    return readSound(path);
  }

  test('a control moves as its modulator says, from the first block on', async () => {
    const { channels } = await record(
      <Synth def={level} value={lfo('sine', { rate: 2, range: [0.2, 0.6] })} />,
    );
    for (const at of [0, 4000, 6000, 12_000, 18_000]) {
      const ideal = 0.4 + 0.2 * Math.sin((2 * Math.PI * 2 * at) / 48_000);
      expect(channels[0]![at + 64]).toBeCloseTo(ideal, 2);
    }
  });

  test.each<[string, ReactNode, (at: number) => number]>([
    [
      'audio rate',
      <Synth key="0" def={level} value={ar(() => SinOsc.ar(0, Math.PI / 2).mul(0.3))} />,
      () => 0.3,
    ],
    [
      'a place in an array',
      <Synth key="0" def={level} value={0.3} pair={[0, kr(() => DC.kr(0.3))]} />,
      () => 0.3,
    ],
    [
      'an envelope',
      <Synth key="0" def={level} value={envelope(new Env([0, 1], [1]))} />,
      (at) => at / 48_000,
    ],
  ])('%s', async (_, piece, ideal) => {
    const { channels } = await record(piece);
    for (const at of [4000, 12_000, 20_000]) expect(channels[0]![at]).toBeCloseTo(ideal(at), 2);
  });

  test('a modulator follows the loudness of a bus', async () => {
    function Piece() {
      const bus = useBus();
      return (
        <>
          <Synth def={level} value={0.25} out={bus} />
          <Synth def={level} value={follow(bus, { range: [0, 2] })} />
        </>
      );
    }
    expect((await record(<Piece />)).channels[0]![20_000]).toBeCloseTo(0.5, 2);
  });

  test('drift stays in its range and moves', async () => {
    const { channels } = await record(<Synth def={level} value={drift({ rate: 20, range: [0.1, 0.4] })} />);
    const later = channels[0]!.slice(2000);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(0.0999);
    expect(Math.max(...later)).toBeLessThanOrEqual(0.4001);
    expect(Math.max(...later) - Math.min(...later)).toBeGreaterThan(0.05);
  });

  test('the same object in a thousand controls is one synth, which leaves with the last of them', async () => {
    const server = await freshServer(engine);
    const root = createRoot(server);
    const before = server.controlBuses.numberInUse;
    const shared = kr(() => DC.kr(0.5));
    const piece = (count: number) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: alike.
      Array.from({ length: count }, (_, index) => <Synth key={index} def={held} value={shared} />);
    await root.render(piece(900));
    expect(root.counts).toMatchObject({ groups: 1, synths: 901, buses: 1 });
    await root.render(piece(1));
    await root.settled();
    expect(root.counts).toMatchObject({ groups: 1, synths: 2, buses: 1 });
    await root.render(piece(0));
    await expect.poll(() => root.counts).toMatchObject({ groups: 0, synths: 0, buses: 0 });
    await root.unmount();
    await expect.poll(() => server.controlBuses.numberInUse).toBe(before);
  });

  test('after a reboot modulators are before their synths again, each with its bus', async () => {
    const server = await bootForTest(engine);
    const root = createRoot(server);
    const inner = lfo('sine', { rate: 0.5 });
    await root.render(
      <Group name="voices">
        <Synth def={held} exit="free" value={kr((c) => SinOsc.kr(1).mul(c.depth), { depth: inner })} />
        <Synth def={held} exit="free" value={inner} />
      </Group>,
    );
    await root.settled();
    const shape = async () => (await server.queryTree(server.defaultGroup.id)).children.map(shapeOf);
    const before = await shape();
    expect(before[0]).toHaveLength(2);
    await server.reboot();
    await expect.poll(shape).toEqual(before);
    await root.unmount();
    expect(server.controlBuses.numberInUse).toBe(0);
    await server.quit();
  });

  test('200 switches between numbers, buses and modulators leave the server as the last one says', async () => {
    const server: Server = await freshServer(engine);
    const root = createRoot(server);
    let state = 7;
    const random = (count: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % count;
    };
    const shared = [kr(() => DC.kr(11)), kr(() => DC.kr(12))];
    const kinds = [
      () => ({ prop: random(5), want: 'number' }),
      () => ({ prop: shared[random(2)]!, want: 'map' }),
      () => ({ prop: kr((c) => DC.kr(0).add(c.value), { value: random(3) }), want: 'map' }),
      () => ({ prop: kr((c) => DC.kr(1).mul(c.value), { value: shared[0]! }), want: 'map' }),
    ] as const;
    function Piece({
      voices,
    }: {
      readonly voices: readonly { key: number; prop: number | Modulator | 'bus' }[];
    }) {
      const bus = useBus({ rate: 'control' });
      return (
        <Group>
          {voices.map(({ key, prop }) => (
            <Synth key={key} def={held} exit="free" value={prop === 'bus' ? bus.kr() : prop} />
          ))}
        </Group>
      );
    }
    const before = await server.queryTree(server.defaultGroup.id, { controls: false });
    let last: { key: number; prop: number | Modulator | 'bus'; want: string }[] = [];
    for (let step = 0; step < 200; step++) {
      last = Array.from({ length: 1 + random(3) }, () => random(6))
        .filter((key, index, all) => all.indexOf(key) === index)
        .map((key) =>
          random(5) === 0 ? { key, prop: 'bus' as const, want: 'map' } : { key, ...kinds[random(4)]!() },
        );
      await root.render(<Piece voices={last} />);
    }
    await root.settled();
    await server.sync();
    const { children } = await server.queryTree(server.defaultGroup.id);
    const all = (nodes: readonly QueryTreeNode[]): QueryTreeNode[] =>
      nodes.flatMap((node) => ('children' in node ? [node, ...all(node.children)] : [node]));
    const synths = all(children).filter((node) => !('children' in node)) as {
      def: string;
      controls: Record<string, unknown>;
    }[];
    const consumers = synths.filter(({ def }) => def === 'held');
    const kindsOf = consumers.map(({ controls }) =>
      typeof controls.value === 'string' ? 'map' : controls.value,
    );
    expect(kindsOf).toEqual(last.map(({ prop, want }) => (want === 'map' ? 'map' : prop)));
    // A modulator for each distinct object that is shown, and one inside each that has another one.
    const objects = new Set(last.map(({ prop }) => prop).filter((prop) => typeof prop === 'object'));
    for (const { controls } of [...objects])
      for (const value of Object.values(controls))
        if (typeof value === 'object') objects.add(value as Modulator);
    await expect
      .poll(
        async () =>
          all((await server.queryTree(server.defaultGroup.id)).children).filter(
            (node) => !('children' in node) && node.def !== 'held',
          ).length,
      )
      .toBe(objects.size);
    await root.unmount();
    await expect.poll(() => server.queryTree(server.defaultGroup.id, { controls: false })).toEqual(before);
  });
});

/** Hooks and elements of a server, on real ones. */

import { createContext, StrictMode, use, useRef, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  createRoot,
  Group,
  type GroupHandle,
  AudioServer as ServerElement,
  Synth,
  type SynthHandle,
  useBus,
  useBusValue,
  useNode,
  useNodeTree,
  useReply,
  useServer,
  useStatus,
  useTrigger,
  Volume,
} from '../../src/index.js';
import { boot } from '../../src/node.js';
import type { NodeState, Server, ServerStatus } from '../../src/server/index.js';
import { Impulse, PulseCount, SendReply, SendTrig, synthDef } from '../../src/synthdef/index.js';
import { pad, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

/** Tells its trigger id 7 and the values 1, 2, 3, … twenty times a second. */
const ticker = synthDef('ticker', {}, () => {
  const tick = Impulse.kr(20);
  const count = PulseCount.kr(tick);
  SendTrig.kr(tick, 7, count);
  SendReply.kr({ trig: tick, cmdName: '/count', values: count, replyID: 9 });
});

const volumes = async (server: Server) =>
  (await server.queryTree(server.defaultGroup.id)).children.map((node) =>
    'def' in node ? [node.def, Number(Number(node.controls.volumeAmp ?? -1).toFixed(4))] : node.id,
  );

describe.each(engines)('%s', (engine) => {
  test('status, nodes and buses are rendered as the server tells them', async () => {
    const server = await bootForTest(engine, { heartbeat: { interval: 0.05 } });
    const seen: {
      status?: ServerStatus | undefined;
      node?: NodeState | undefined;
      nodes?: number;
      bus?: readonly number[] | undefined;
    } = {};
    let setPaused: (paused: boolean) => void = () => {};
    function Watcher() {
      const ref = useRef<SynthHandle | null>(null);
      const group = useRef<GroupHandle | null>(null);
      const bus = useBus({ rate: 'control', channels: 2 });
      const [paused, set] = useState(false);
      setPaused = set;
      seen.status = useStatus();
      seen.node = useNode(ref);
      seen.nodes = Object.keys(useNodeTree()).length;
      seen.bus = useBusValue(bus, { interval: 0.02 });
      bus.set(0.25, 0.5);
      return (
        <Group ref={group}>
          <Synth ref={ref} def={tone} paused={paused} />
        </Group>
      );
    }
    const root = createRoot(server);
    await root.render(<Watcher />);
    await expect.poll(() => seen.status?.synths).toBe(1);
    await expect.poll(() => seen.node?.isRunning).toBe(true);
    await expect.poll(() => seen.nodes).toBe(4);
    await expect.poll(() => seen.bus).toEqual([0.25, 0.5]);
    setPaused(true);
    await expect.poll(() => seen.node?.isRunning).toBe(false);
    await root.unmount();
    await server.quit();
    expect(server.lastStatus).toBeUndefined();
  });

  test('<Volume> stands where it is in the tree, changes by one message, and is back after a reboot', async () => {
    const server = await bootForTest(engine);
    const sent: string[][] = [];
    const root = createRoot(server, {
      onCommit: ({ commands }) => sent.push(commands.map(({ type }) => type)),
    });
    const piece = (decibels: number, muted = false) => (
      <>
        <Synth def={pad} />
        <Volume decibels={decibels} muted={muted} />
      </>
    );
    await root.render(piece(-20));
    const expected = (amplitude: number) => [
      ['pad', -1],
      ['volumeAmpControl2', amplitude],
    ];
    expect(await volumes(server)).toEqual(expected(0.1));
    await root.render(piece(-6));
    await root.render(piece(-6, true));
    expect(await volumes(server)).toEqual(expected(0));
    await root.render(piece(20));
    expect(await volumes(server)).toEqual(expected(1.9953));
    expect(sent.slice(1)).toEqual([['/n_set'], ['/n_set'], ['/n_set']]);
    await server.reboot();
    await root.render(piece(20));
    expect(await volumes(server)).toEqual(expected(1.9953));
    await expect(root.render(<Volume decibels={Number.NaN} />)).rejects.toThrow(
      '<Volume>: decibels is NaN. It is a number from -90 to 6.',
    );
    await server.quit();
  });
});

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s', (engine) => {
  test('N25: triggers and replies of synths arrive, each where it is listened for', async () => {
    const server = await bootForTest(engine);
    const triggers: number[][] = [];
    const replies: unknown[][] = [];
    const others: unknown[] = [];
    function Listener() {
      const ref = useRef<SynthHandle | null>(null);
      const silent = useRef<SynthHandle | null>(null);
      useTrigger(ref, ({ node, id, value }) => triggers.push([node, id, value]));
      useTrigger(silent, (trigger) => others.push(trigger));
      useReply('/count', ({ args }) => replies.push([...args]));
      return (
        <>
          <Synth def={ticker} ref={ref} />
          <Synth def={tone} ref={silent} />
        </>
      );
    }
    const root = createRoot(server);
    await root.render(<Listener />);
    await expect.poll(() => triggers.length).toBeGreaterThan(2);
    await expect.poll(() => replies.length).toBeGreaterThan(2);
    expect(triggers.slice(0, 2)).toEqual([
      [1000, 7, 1],
      [1000, 7, 2],
    ]);
    expect(replies[0]).toEqual([1000, 9, 1]);
    expect(others).toEqual([]);
    await root.unmount();
    await server.quit();
  });
});

describe('<AudioServer>', () => {
  test('several in one tree have each its own order; they are opened once and quit at the end, also in StrictMode', async () => {
    const outer = await bootForTest('embedded');
    const opened: Server[] = [];
    const open = async () => {
      const server = await boot({ engine: 'embedded' });
      opened.push(server);
      return server;
    };
    let inside: unknown;
    function Inside({ freq }: { readonly freq: number }) {
      inside = useServer();
      return <Synth def={tone} freq={freq} />;
    }
    const root = createRoot(outer);
    const piece = (freq: number) => (
      <StrictMode>
        <Synth def={pad} />
        <ServerElement key="a" open={open} fallback={<Group name="waiting" />}>
          <Inside freq={freq} />
        </ServerElement>
        <ServerElement key="b" open={open}>
          <Group>
            <Synth def={pad} />
          </Group>
        </ServerElement>
      </StrictMode>
    );
    await root.render(piece(220));
    await expect.poll(() => opened.length).toBe(2);
    const nodes = async (server: Server) => JSON.stringify((await server.queryTree()).children);
    await expect
      .poll(async () => `${await nodes(opened[0]!)}${await nodes(opened[1]!)}`)
      .toMatch(/tone.*pad|pad.*tone/);
    expect(opened).toContain(inside);
    const withTone = inside as Server;
    await root.render(piece(330));
    await expect.poll(() => nodes(withTone)).toContain('"freq":330');
    expect(await nodes(outer)).not.toContain('tone');
    await root.unmount();
    await expect
      .poll(() => opened.map(({ state }) => state), { timeout: 5000 })
      .toEqual(['offline', 'offline']);
    expect(outer.state).toBe('online');
    await outer.quit();
  });

  test('contexts from outside reach in with each new value, and the server that is found inside is the inner one', async () => {
    const outer = await bootForTest('embedded');
    const Pitch = createContext(0);
    let inner: Server | undefined;
    const open = async () => {
      inner = await boot({ engine: 'embedded' });
      return inner;
    };
    let found: unknown;
    function Inside() {
      found = useServer();
      return <Synth def={tone} freq={use(Pitch)} />;
    }
    const root = createRoot(outer);
    const piece = (pitch: number) => (
      <Pitch value={pitch}>
        <ServerElement open={open}>
          <Inside />
        </ServerElement>
      </Pitch>
    );
    await root.render(piece(220));
    const tree = async () => JSON.stringify((await inner?.queryTree())?.children);
    await expect.poll(tree).toContain('"freq":220');
    expect(found).toBe(inner);
    await root.render(piece(330));
    await expect.poll(tree).toContain('"freq":330');
    await root.unmount();
    await expect.poll(() => inner?.state, { timeout: 5000 }).toBe('offline');
    await outer.quit();
  });

  test('what cannot be opened is an error of the tree that it stands in', async () => {
    const outer = await bootForTest('embedded');
    const errors: Error[] = [];
    const root = createRoot(outer, { onError: (error) => errors.push(error) });
    await root
      .render(<ServerElement open={() => boot({ engine: 'scsynth', path: '/nowhere/scsynth' })} />)
      .catch((error: Error) => errors.push(error));
    await expect.poll(() => errors[0]?.message).toContain('scsynth is not at /nowhere/scsynth');
    await root.unmount();
    await outer.quit();
  });
});

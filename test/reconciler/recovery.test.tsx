/** A server that dies is a missing renderer, not a lost piece. */

import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { createRoot, Group, Synth, useBuffer, useBus } from '../../src/index.js';
import { connect } from '../../src/node.js';
import type { Server } from '../../src/server/index.js';
import { pad, tone } from '../setup/definitions.js';
import { becomes, bootForTest, engines } from '../setup/servers.js';

const samples = Float32Array.of(0.1, 0.2, 0.3, 0.4);
let setFreq: (freq: number) => void = () => {};

function Piece() {
  const lfo = useBus({ rate: 'control' });
  const room = useBus({ channels: 2 });
  const wave = useBuffer({ data: samples, channels: 2 });
  const [freq, set] = useState(220);
  setFreq = set;
  lfo.set(7);
  return (
    <>
      <Group name="voices">
        <Synth def={tone} freq={freq} out={room} />
        <Synth def={pad} amp={lfo.kr()} paused />
      </Group>
      <Synth def={tone} out={wave} />
    </>
  );
}

const shape = async (server: Server) => {
  const { children } = await server.queryTree(server.defaultGroup.id);
  return JSON.parse(JSON.stringify(children, (key, value) => (key === 'id' ? undefined : value)));
};

describe.each(engines)('%s', (engine) => {
  test('after a reboot definitions, buffers, buses, nodes and maps are as they were, and React went on', async () => {
    const server = await bootForTest(engine);
    const root = createRoot(server);
    await root.render(<Piece />);
    root.at(Date.now() / 1000, () => setFreq(330));
    await server.sync();
    const before = await shape(server);
    await server.reboot();
    await root.render(<Piece />);
    expect(await shape(server)).toEqual(before);
    expect(before[0].children[0].controls.freq).toBe(330);
    expect(await server.request({ type: '/c_get', indices: [0] })).toMatchObject({ args: [0, 7] });
    expect(await server.request({ type: '/b_getn', number: 0, ranges: [[0, 4]] })).toMatchObject({
      args: [0, 0, 4, ...[0.1, 0.2, 0.3, 0.4].map(Math.fround)],
    });
    await root.unmount();
    expect((await server.queryTree(server.defaultGroup.id)).children).toEqual([]);
  });
});

test.runIf(engines.length > 1)(
  'exchanged for other engines in the middle of a piece, each has the tree that the first had',
  async () => {
    const silences: number[] = [];
    const errors: Error[] = [];
    const server = await bootForTest('embedded');
    const root = createRoot(server, {
      onRecover: (silence) => silences.push(silence),
      onError: (error) => errors.push(error),
    });
    await root.render(<Piece />);
    root.at(Date.now() / 1000 + 0.05, () => setFreq(330));
    await expect.poll(async () => (await shape(server))[0].children[0].controls.freq).toBe(330);
    const before = await shape(server);
    for (const engine of ['scsynth', 'supernova', 'embedded'] as const) {
      await server.reboot({ engine });
      expect(server.engine.kind).toBe(engine);
      await expect.poll(() => silences).toHaveLength(1);
      expect(await shape(server)).toEqual(before);
      silences.length = 0;
    }
    expect(errors).toEqual([]);
    await root.unmount();
  },
);

test.runIf(engines.includes('scsynth'))(
  'after a break of the network the piece of a client is brought up again, as another client of the same server',
  async () => {
    const first = await bootForTest('scsynth');
    const port = Number(first.engine.transport.description.split(':').at(-1));
    const silences: number[] = [];
    const client = await connect({
      port,
      reconnectInterval: 0.05,
      heartbeat: { interval: 0.05, tolerance: 2, patience: 4 },
    });
    const root = createRoot(client, { onRecover: (silence) => silences.push(silence) });
    await root.render(<Piece />);
    await client.sync();
    const before = await shape(client);
    const lost = becomes(client, 'offline');
    process.kill(first.engine.pid!, 'SIGKILL');
    await lost;
    // Somebody boots it again.
    await first.reboot({ options: { port } });
    await expect.poll(() => silences, { timeout: 20_000 }).toHaveLength(1);
    expect(await shape(client)).toEqual(before);
    await root.unmount();
    await client.disconnect();
  },
);

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s, restarting by itself', (engine) => {
  test('killed in the middle of a piece, it is back with the same tree, no user code involved', async () => {
    const server = await bootForTest(engine, { restart: true });
    const root = createRoot(server);
    await root.render(<Piece />);
    await server.sync();
    const before = await shape(server);
    const back = becomes(server, 'online');
    const first = server.engine.pid!;
    process.kill(first, 'SIGKILL');
    await back;
    expect(server.engine.pid).not.toBe(first);
    await root.render(<Piece />);
    expect(await shape(server)).toEqual(before);
    await root.unmount();
  });

  test('killed while it was asked for a definition and a buffer, it is asked again, and nothing is an error', async () => {
    const server = await bootForTest(engine, { restart: true });
    const errors: Error[] = [];
    const root = createRoot(server, { onError: (error) => errors.push(error) });
    const back = becomes(server, 'online');
    process.kill(server.engine.pid!, 'SIGSTOP');
    const rendered = root.render(<Piece />);
    process.kill(server.engine.pid!, 'SIGKILL');
    await rendered;
    expect(server.state).not.toBe('online');
    await back;
    await root.settled();
    expect((await shape(server)).map(({ def }: { def?: string }) => def)).toEqual([undefined, 'tone']);
    expect(errors).toEqual([]);
    await root.unmount();
  });
});

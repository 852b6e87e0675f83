/** A server that dies is a missing renderer, not a lost piece. */

import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { createRoot, Group, Synth, useBuffer, useBus } from '../../src/index.js';
import type { Server, ServerState } from '../../src/server/index.js';
import { pad, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

/** Resolves when the server is in that state. */
const until = (server: Server, wanted: ServerState): Promise<void> =>
  new Promise((resolve) => {
    const end = server.onState((state) => {
      if (state !== wanted) return;
      end();
      resolve();
    });
  });

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

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s, restarting by itself', (engine) => {
  test('killed in the middle of a piece, it is back with the same tree, no user code involved', async () => {
    const server = await bootForTest(engine, { restart: true });
    const root = createRoot(server);
    await root.render(<Piece />);
    await server.sync();
    const before = await shape(server);
    const back = until(server, 'online');
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
    const back = until(server, 'online');
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

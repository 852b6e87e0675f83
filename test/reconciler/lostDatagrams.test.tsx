/** Datagrams that a network loses: the tree is the JSX again soon after. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createRoot, Group, Synth } from '../../src/index.js';
import { connect } from '../../src/node.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import type { NodeId } from '../../src/units.js';
import { pad, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

/** Stands between a client and a server, and loses what it is told to; always the same ones. */
async function openProxy(port: number) {
  const [near, far] = [createSocket('udp4'), createSocket('udp4')];
  near.bind(0, '127.0.0.1');
  far.connect(port, '127.0.0.1');
  await Promise.all([once(near, 'listening'), once(far, 'connect')]);
  const proxy = {
    port: near.address().port,
    loss: 0,
    lost: 0,
    close: () => [near, far].map((one) => one.close()),
  };
  let client: number | undefined;
  let state = 1;
  const isLost = () => {
    state = (state * 48_271) % 2_147_483_647;
    const lost = state / 2_147_483_647 < proxy.loss;
    if (lost) proxy.lost += 1;
    return lost;
  };
  const pass = (packet: Uint8Array, to: Socket, port?: number) => {
    if (isLost()) return;
    if (port === undefined) to.send(packet);
    else to.send(packet, port, '127.0.0.1');
  };
  near.on('message', (packet, from) => {
    client = from.port;
    pass(packet, far);
  });
  far.on('message', (packet) => {
    if (client !== undefined) pass(packet, near, client);
  });
  return proxy;
}

const piece = (step: number) => (
  <Group name="all">
    {[0, 1, 2, 3].map((group) => (
      <Group key={(group * 7 + step) % 5} paused={(group + step) % 6 === 0}>
        {[0, 1, 2].map((place) => (
          <Synth
            key={(place * 5 + step) % 4}
            def={(step + place) % 3 === 0 ? pad : tone}
            freq={100 + ((step * 13 + place * 7) % 50)}
            pan={[0, place]}
            paused={(group + place + step) % 4 === 0}
          />
        ))}
      </Group>
    ))}
    {step % 2 === 0 && <Synth def={tone} freq={step} />}
  </Group>
);

/** Which nodes run: no query tells, so a client that loses nothing listens to the server's notifications. */
function listenToPauses(server: Server): (id: NodeId) => boolean {
  const paused = new Set<number>();
  server.on('/n_off', ({ args }) => paused.add(args[0] as number));
  server.on('/n_on', ({ args }) => paused.delete(args[0] as number));
  return (id) => paused.has(id);
}

/** Definitions and controls in order and whether they are paused, less what is releasing. */
const shapeOf = (nodes: readonly QueryTreeNode[], isPaused: (id: NodeId) => boolean): unknown[] =>
  nodes.flatMap((node): unknown[] => {
    if ('children' in node) return [isPaused(node.id), shapeOf(node.children, isPaused)];
    return node.controls.gate === 0 ? [] : [[node.def, node.controls, isPaused(node.id)]];
  });

describe.runIf(engines.includes('scsynth'))('scsynth behind a network', () => {
  test.each([0.01, 0.1])('that loses %d of all datagrams: within 2 s the tree is the JSX again', {
    timeout: 60_000,
  }, async (loss) => {
    const server = await bootForTest('scsynth');
    const isPaused = listenToPauses(server);
    const proxy = await openProxy(Number(server.engine.transport.description.split(':').at(-1)));
    const remote = await connect({ port: proxy.port });
    const errors: Error[] = [];
    const root = createRoot(remote, { repair: 0.1, onError: (error) => errors.push(error) });
    const reference = createRoot(server);
    await root.render(piece(0));
    await root.render(piece(1));
    proxy.loss = loss;
    const rounds = loss < 0.05 ? 4 : 3;
    for (let round = 0; round < rounds; round++) {
      const before = proxy.lost;
      for (let step = 0; proxy.lost === before || step < 20; step++) {
        void root.render(piece(round * 100 + step)).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (step > 2000) break;
      }
      const last = round * 100 + 7;
      void root.render(piece(last)).catch(() => {});
      await reference.render(piece(last));
      const wanted = async () => shapeOf((await server.queryTree(server.defaultGroup.id)).children, isPaused);
      const actual = async () => shapeOf((await server.queryTree(remote.defaultGroup.id)).children, isPaused);
      const deadline = performance.now() + 2000;
      const differs = async () => JSON.stringify(await actual()) !== JSON.stringify(await wanted());
      while ((await differs()) && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await actual()).toEqual(await wanted());
    }
    expect(proxy.lost).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    proxy.loss = 0;
    await root.unmount({ timeout: 1 });
    await reference.unmount({ timeout: 1 });
    await remote.disconnect();
    await server.quit();
    proxy.close();
  });

  test('a pause whose datagram is lost is made up for, once', { timeout: 60_000 }, async () => {
    const server = await bootForTest('scsynth');
    const isPaused = listenToPauses(server);
    const proxy = await openProxy(Number(server.engine.transport.description.split(':').at(-1)));
    const remote = await connect({ port: proxy.port });
    const runs: unknown[] = [];
    const root = createRoot(remote, {
      repair: 0.05,
      onCommit: ({ commands }) => runs.push(...commands.filter(({ type }) => type === '/n_run')),
    });
    const voice = (paused: boolean) => <Synth def={tone} paused={paused} />;
    await root.render(voice(false));
    const id = root.tree!.children[0]!.element.id!;
    for (const paused of [true, false, true]) {
      runs.length = 0;
      proxy.loss = 1;
      const lost = proxy.lost;
      const rendered = root.render(voice(paused));
      await expect.poll(() => proxy.lost, { interval: 1 }).toBeGreaterThan(lost);
      proxy.loss = 0;
      await rendered;
      await expect.poll(() => isPaused(id), { timeout: 2000, interval: 10 }).toBe(paused);
      // Some comparisons later nothing more was said.
      const before = remote.engine.transport.counts.packetsReceived;
      await expect
        .poll(() => remote.engine.transport.counts.packetsReceived, { timeout: 5000 })
        .toBeGreaterThan(before + 3);
      expect(runs).toHaveLength(2);
    }
    await root.unmount();
    await remote.disconnect();
    await server.quit();
    proxy.close();
  });
});

/** Datagrams that a network loses: the tree is the JSX again soon after. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createRoot, Group, Synth } from '../../src/index.js';
import { connect } from '../../src/node.js';
import type { QueryTreeNode } from '../../src/server/index.js';
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
      <Group key={(group * 7 + step) % 5}>
        {[0, 1, 2].map((place) => (
          <Synth
            key={(place * 5 + step) % 4}
            def={(step + place) % 3 === 0 ? pad : tone}
            freq={100 + ((step * 13 + place * 7) % 50)}
            pan={[0, place]}
          />
        ))}
      </Group>
    ))}
    {step % 2 === 0 && <Synth def={tone} freq={step} />}
  </Group>
);

/** Definitions and controls in order, less what is releasing. */
const shapeOf = (nodes: readonly QueryTreeNode[]): unknown[] =>
  nodes.flatMap((node): unknown[] => {
    if ('children' in node) return [shapeOf(node.children)];
    return node.controls.gate === 0 ? [] : [[node.def, node.controls]];
  });

describe.runIf(engines.includes('scsynth'))('scsynth behind a network', () => {
  test.each([0.01, 0.1])('that loses %d of all datagrams: within 2 s the tree is the JSX again', {
    timeout: 60_000,
  }, async (loss) => {
    const server = await bootForTest('scsynth');
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
      const wanted = async () => shapeOf((await server.queryTree(server.defaultGroup.id)).children);
      const actual = async () => shapeOf((await server.queryTree(remote.defaultGroup.id)).children);
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
});

/** Many clients of one server, and one that loses datagrams. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { connect, freePort } from '../../src/node.js';
import { blip, type QueryTreeNode, type Server, Servers } from '../../src/server/index.js';
import { bootForTest, engines } from '../setup/servers.js';

const portOf = (server: Server) => Number(server.engine.transport.description.split(':')[1]);

type Shape = readonly [id: number, children: readonly Shape[]];
const asked = (node: QueryTreeNode): Shape =>
  'children' in node ? [node.id, node.children.map(asked)] : [node.id, []];
const mirrored = (server: Server, id: number): Shape => [
  id,
  server.tree.children(id as never).map((child) => mirrored(server, child)),
];

describe.runIf(engines.length > 1)('scsynth', () => {
  test('M5 M6: 24 clients create, move and free at once: nothing fails, nothing clashes, all see the same tree', {
    timeout: 300_000,
  }, async () => {
    const owner = await bootForTest('scsynth', { maxLogins: 32, maxNodes: 16_384 });
    const guests = await Promise.all(
      Array.from({ length: 23 }, () =>
        connect({ port: portOf(owner), maxLogins: 32, maxNodes: 16_384, timeout: 10 }),
      ),
    );
    const clients = [owner, ...guests];
    expect(clients.map(({ clientId }) => clientId).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, id) => id),
    );
    const failures: unknown[] = [];
    for (const client of clients) client.on('/fail', ({ args }) => failures.push(args));
    const ids = new Set<number>();
    await Promise.all(
      clients.map(async (client) => {
        const { nodes } = client;
        const own = Array.from({ length: 4 }, () => nodes.group({ action: 'tail' }));
        for (let round = 0; round < 10; round++) {
          client.at(undefined, () => {
            for (const group of own) {
              const first = nodes.group({ target: group });
              const second = nodes.group({ target: first, action: 'after' });
              for (const { id } of [first, second]) {
                if (ids.has(id)) throw new Error(`id ${id} was given twice`);
                ids.add(id);
              }
              second.moveBefore(first);
              second.moveToTail(own[(round + 1) % 4]!);
              if (round % 2) first.free();
            }
          });
          client.buffers.reserve(2);
          client.audioBuses.reserve(2);
          await client.sync();
        }
      }),
    );
    expect(ids.size).toBe(24 * 80);
    const numbers = clients.flatMap((client) => client.buffers.allocator().inUse);
    expect(new Set(numbers).size).toBe(numbers.length);
    const ask = async () => JSON.stringify(asked(await owner.queryTree(undefined, { controls: false })));
    const tree = await ask();
    for (const client of clients) {
      await client.tree.resync();
      expect(JSON.stringify(mirrored(client, 0))).toBe(tree);
    }
    // And what happens from now on is told to each.
    const last = owner.nodes.group({ action: 'tail' });
    guests[5]!.nodes.group({ target: guests[5]!.nodes.groupAt(last.id) });
    await guests[5]!.sync();
    await expect
      .poll(async () => {
        const now = await ask();
        return clients.every((client) => JSON.stringify(mirrored(client, 0)) === now);
      })
      .toBe(true);
    expect(failures).toEqual([]);
    await Promise.all(guests.map((guest) => guest.disconnect()));
    await owner.quit();
  });

  test('L16: a registry frees the nodes of a server of somebody else only when it is asked to', async () => {
    const owner = await bootForTest('scsynth');
    const servers = new Servers();
    const guest = await connect({ port: portOf(owner), servers });
    const group = owner.nodes.group();
    await owner.sync();
    await servers.freeAll();
    expect(await group.query()).toMatchObject({ parent: owner.defaultGroup.id });
    await servers.freeAll({ evenRemote: true });
    await expect(group.query()).rejects.toMatchObject({ code: 'command-failed' });
    await servers.quitAll();
    expect([guest.state, owner.state]).toEqual(['offline', 'online']);
    await owner.quit();
  });

  test('who cannot be registered under a name gives the login back', async () => {
    const port = await freePort('udp', '127.0.0.1');
    const server = await bootForTest('scsynth', { port, maxLogins: 2 });
    const servers = new Servers();
    servers.add(server, 'ours');
    await expect(connect({ port, servers, name: 'ours' })).rejects.toThrow('There is a server named "ours"');
    // It is the only one besides the server's own.
    const guest = await connect({ port });
    expect(guest.state).toBe('online');
    await guest.disconnect();
  });

  test('R6: a blip is heard of by nobody, and over in half a second', async () => {
    const server = await bootForTest('scsynth', { heartbeat: { interval: Number.POSITIVE_INFINITY } });
    const told: unknown[] = [];
    server.on('/n_go', ({ args }) => told.push(args));
    await blip(server, 0);
    await expect.poll(async () => (await server.status()).synths, { interval: 10 }).toBe(1);
    await expect.poll(async () => (await server.status()).synths, { interval: 10 }).toBe(0);
    expect(told).toEqual([]);
    await server.quit();
  });

  test('A5: datagrams that are lost make requests time out by name, and nothing hangs', async () => {
    const owner = await bootForTest('scsynth');
    const proxy = await LossyWire.open(portOf(owner));
    const client = await connect({ port: proxy.port, timeout: 0.4, heartbeat: { interval: 0.1 } });
    proxy.loses = true;
    const took = async (act: () => Promise<unknown>): Promise<number> => {
      const begun = performance.now();
      await act().catch(() => {});
      return performance.now() - begun;
    };
    const alone = await took(() => client.sync());
    const begun = performance.now();
    const outcomes = await Promise.allSettled([
      client.status(),
      client.sync(),
      client.queryTree(),
      client.buffers.alloc(8),
      client.controlBuses.at(3).get(),
    ]);
    // Together, and not one after another.
    expect(performance.now() - begun).toBeLessThan(4 * alone);
    expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.message : ''))).toEqual(
      ['/status', '/sync', '/g_queryTree', '/b_alloc for buffer 1024', '/c_getn'].map((command) =>
        expect.stringContaining(`The server did not answer ${command} within 0.4 s. It last spoke `),
      ),
    );
    expect(client.buffers.numberInUse).toBe(0);
    await expect.poll(() => client.isResponsive).toBe(false);
    proxy.loses = false;
    await expect.poll(() => client.isResponsive).toBe(true);
    expect(await client.status()).toMatchObject({ synths: 0 });
    await client.disconnect();
    proxy.close();
    await owner.quit();
  });
});

/** Passes datagrams on between a client and a server, or loses them. */
class LossyWire {
  loses = false;

  private constructor(
    readonly near: Socket,
    readonly far: Socket,
  ) {}

  static async open(serverPort: number): Promise<LossyWire> {
    const near = createSocket('udp4');
    const far = createSocket('udp4');
    near.bind(0, '127.0.0.1');
    far.connect(serverPort, '127.0.0.1');
    await Promise.all([once(near, 'listening'), once(far, 'connect')]);
    const proxy = new LossyWire(near, far);
    let client = 0;
    near.on('message', (packet, { port }) => {
      client = port;
      if (!proxy.loses) far.send(packet);
    });
    far.on('message', (packet) => {
      if (!proxy.loses) near.send(packet, client, '127.0.0.1');
    });
    return proxy;
  }

  get port(): number {
    return this.near.address().port;
  }

  close(): void {
    this.near.close();
    this.far.close();
  }
}

import { applyPatches, enablePatches } from 'immer';
import { describe, expect, test } from 'vitest';
import { connect } from '../../src/node.js';
import type { NodesById, QueryTreeGroup, QueryTreeNode, Server } from '../../src/server/index.js';
import type { NodeId } from '../../src/units.js';
import { ping } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

type Shape = readonly [id: number, children?: readonly Shape[]];

const asked = (node: QueryTreeNode): Shape =>
  'children' in node ? [node.id, node.children.map(asked)] : [node.id];

const mirrored = (server: Server, id: number): Shape =>
  server.tree.get(id as NodeId)?.isGroup
    ? [id, server.tree.children(id as NodeId).map((child) => mirrored(server, child))]
    : [id];

/** Resolves when the mirror is the server's tree; the time is for a machine that others keep busy. */
async function expectSame(server: Server, ask: () => Promise<QueryTreeGroup>): Promise<void> {
  await expect
    .poll(async () => JSON.stringify(asked(await ask())) === JSON.stringify(mirrored(server, 0)), {
      timeout: 20_000,
      interval: 30,
    })
    .toBe(true);
}

describe.each(engines)('%s', (engine) => {
  test('N19: the mirror follows thousands of nodes that come, move and end at once', {
    timeout: 60_000,
  }, async () => {
    const server = await bootForTest(engine, { maxNodes: 16_384 });
    await server.synthDefs.ensure(ping);
    enablePatches();
    const patched = { nodes: server.tree.snapshot() };
    server.tree.subscribe((_, patches) => {
      patched.nodes = applyPatches(patched.nodes, [...patches]) as NodesById;
    });
    const groups = Array.from({ length: 50 }, () => server.nodes.group({ action: 'tail' }));
    server.at(undefined, () => {
      for (let index = 0; index < 3000; index++) {
        server.nodes.group({ target: groups[index % 50]!, action: index % 3 ? 'head' : 'tail' });
      }
    });
    await server.sync();
    const ask = () => server.queryTree(undefined, { controls: false });
    await expectSame(server, ask);
    expect(Object.keys(server.tree.snapshot())).toHaveLength(3052);
    server.at(undefined, () => {
      for (const group of groups.slice(0, 40)) group.freeAll();
      for (const group of groups.slice(30, 35)) group.free();
      for (let index = 0; index < 100; index++) server.nodes.synth('ping', {}, { target: groups[49]! });
    });
    await server.sync();
    await expectSame(server, ask);
    expect(groups[31]!.isPlaying).toBe(false);
    expect(patched.nodes).toEqual(server.tree.snapshot());
    await server.quit();
  });
});

describe.runIf(engines.length > 1)('scsynth', () => {
  test('after 10,000 notifications in one callback, of which a tenth arrives, it is the server again', {
    timeout: 60_000,
  }, async () => {
    const server = await bootForTest('scsynth', { maxNodes: 16_384, heartbeat: { interval: 0.2 } });
    const told = { count: 0 };
    server.on('/n_go', () => told.count++);
    const group = server.nodes.group();
    await server.sync();
    server.at(undefined, () => {
      for (let index = 0; index < 10_000; index++) server.nodes.group({ target: group, action: 'tail' });
    });
    await server.sync();
    const all = Array.from({ length: 10_000 }, (_, index) => group.id + 1 + index);
    await expect.poll(() => server.tree.children(group.id), { timeout: 20_000, interval: 100 }).toEqual(all);
    expect(told.count).toBeLessThan(10_000);
    group.freeAll();
    await expect
      .poll(() => server.tree.children(group.id).length, { timeout: 20_000, interval: 100 })
      .toBe(0);
    expect(await server.status()).toMatchObject({ groups: 3 });
    await server.quit();
  });

  test('datagrams that are lost on the way are noticed by the counts of /status', async () => {
    const server = await bootForTest('scsynth', { heartbeat: { interval: 0.1 } });
    const { tree } = server;
    await tree.resync();
    const port = Number(server.engine.transport.description.split(':')[1]);
    const guest = await connect({ port });
    await server.unregister(); // hears of nothing, as if all of it were lost
    const group = guest.nodes.group();
    guest.nodes.group({ target: group });
    await guest.sync();
    await expect.poll(() => tree.children(group.id).length, { interval: 30 }).toBe(1);
    await guest.disconnect();
    await server.quit();
  });

  test('N18: a node that another one replaces is gone, and so is what a freed group held', async () => {
    const server = await bootForTest('scsynth');
    const group = server.nodes.group();
    const inside = server.nodes.group({ target: group });
    const ended: string[] = [];
    group.onEnd(() => ended.push('group'));
    inside.onEnd(() => ended.push('inside'));
    await server.sync();
    const heir = server.nodes.group({ target: group, action: 'replace' });
    await Promise.all([group.ended(2), inside.ended(2)]);
    expect(ended.toSorted()).toEqual(['group', 'inside']);
    expect(server.tree.children(server.defaultGroup.id)).toEqual([heir.id]);
    await server.quit();
  });
});

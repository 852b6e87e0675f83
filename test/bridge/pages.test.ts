/** Pages in Chromium on a native server: many at a time, and what becomes of them when something is away. */

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openBridge } from '../../src/bridge/index.js';
import type { Server } from '../../src/server/server.js';
import { builtPage } from '../browser/page.js';
import { engines } from '../setup/servers.js';
import { bridgeForTest } from './bridges.js';

const inside = builtPage('test/browser/inside');

/** A page whose server is behind a bridge, and runs. */
async function connected(url: string): Promise<Page> {
  const { page } = await inside.open({ records: false });
  await page.evaluate(async (address) => {
    window.server = window.createPageServer({ url: address, startOn: 'call' });
    await window.server.start();
  }, url);
  return page;
}

const clientId = (page: Page): Promise<number> =>
  page.evaluate(() => window.server.state.server!.clientId as number);

/** Frequencies of the synths in the groups of each client, in their order. */
async function frequencies(server: Server): Promise<Record<number, unknown[]>> {
  const found: Record<number, unknown[]> = {};
  type Node = {
    id: number;
    def?: string;
    controls?: Record<string, unknown>;
    children?: readonly Node[];
  };
  const visit = ({ id, def, controls, children }: Node): void => {
    const client = Math.floor(id / 2 ** 26);
    if (def) found[client] = [...(found[client] ?? []), controls?.freq];
    for (const child of children ?? []) visit(child);
  };
  visit((await server.queryTree()) as unknown as Node);
  return found;
}

/** The control `level` of each synth that has one. */
async function levels(server: Server): Promise<number[]> {
  type Node = { controls?: Record<string, number>; children?: readonly Node[] };
  const levelsIn = ({ controls, children = [] }: Node): number[] => [
    ...(controls?.level === undefined ? [] : [controls.level]),
    ...children.flatMap(levelsIn),
  ];
  return levelsIn((await server.queryTree()) as unknown as Node);
}

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 20_000 });

/** The numbers of the page of tests that has a hundred synths. */
const HUNDRED = Array.from({ length: 100 }, (_, index) => 200 + index);

describe.runIf(engines.includes('scsynth'))('pages behind a bridge', () => {
  test('ten at once: each has its own nodes, changes its own, and leaves nothing behind', async () => {
    const { server, bridge } = await bridgeForTest();
    const pages = await Promise.all(Array.from({ length: 10 }, () => connected(bridge.url)));
    expect(bridge.pages).toBe(10);
    const ids = await Promise.all(pages.map(clientId));
    expect(new Set([0, ...ids]).size).toBe(11);
    await Promise.all(pages.map((page) => page.evaluate(() => window.show('Context'))));
    await eventually(() => frequencies(server)).toEqual(Object.fromEntries(ids.map((id) => [id, [300]])));
    await pages[4]!.getByRole('button', { name: 'Higher' }).click();
    await eventually(() => frequencies(server)).toEqual(
      Object.fromEntries(ids.map((id, index) => [id, [index === 4 ? 500 : 300]])),
    );
    await pages[0]!.evaluate(() => window.show(undefined));
    await pages[1]!.close();
    await Promise.all(pages.slice(2).map((page) => page.evaluate(() => window.server.close())));
    await eventually(() => bridge.pages).toBe(1);
    await eventually(() => frequencies(server)).toEqual({});
    // Ten tabs on two cores.
  }, 120_000);

  test('two pages with another definition of one name: each hears its own', async () => {
    const { server, bridge } = await bridgeForTest();
    const pages = await Promise.all([connected(bridge.url), connected(bridge.url)]);
    for (const [index, page] of pages.entries()) {
      await page.evaluate((name) => window.show(name), index === 0 ? 'Twin' : 'Twins');
      await eventually(() => levels(server).then((all) => all.length)).toBe(index === 0 ? 1 : 3);
    }
    expect((await levels(server)).toSorted()).toEqual([0.125, 0.25, 0.5]);
  });

  test('scsynth is killed: the page says so, and its tree is back on the next one without a line of its own', async () => {
    const { server, bridge } = await bridgeForTest({}, { restart: true });
    const page = await connected(bridge.url);
    await page.evaluate(() => window.show('Hundred'));
    await eventually(async () => Object.values(await frequencies(server))).toEqual([HUNDRED]);
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      window.server.subscribe(() => seen.push(window.server.state.status));
    });
    const { epoch } = server;
    process.kill(server.engine.pid!, 'SIGKILL');
    await eventually(() => server.epoch > epoch && server.state).toBe('online');
    await eventually(async () => Object.values(await frequencies(server))).toEqual([HUNDRED]);
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen).toEqual(['reconnecting', 'running']);
  });

  test('the bridge is closed and opened again: the tree is back; with another token the page is told why it is not', async () => {
    const { server, bridge } = await bridgeForTest();
    const { port, token } = bridge;
    const page = await connected(bridge.url);
    await page.evaluate(() => window.show('Context'));
    await page.getByRole('button', { name: 'Higher' }).click();
    await eventually(async () => Object.values(await frequencies(server))).toEqual([[500]]);
    const status = () => page.evaluate(() => window.server.state.status);
    await bridge.close();
    await eventually(status).toBe('reconnecting');
    expect(await frequencies(server)).toEqual({});
    const second = await openBridge(server, { port, token });
    await eventually(status).toBe('running');
    await eventually(async () => Object.values(await frequencies(server))).toEqual([[500]]);
    await second.close();
    await using _third = await openBridge(server, { port });
    await eventually(status).toBe('failed');
    expect(await page.evaluate(() => window.server.state.error?.message)).toMatch(
      /^The bridge at localhost:\d+ does not let this page in\. The token is not ours\./,
    );
  });

  test('a page that is suspended is silent, and goes on where it was', async () => {
    const { server, bridge } = await bridgeForTest();
    const page = await connected(bridge.url);
    await page.evaluate(() => window.show('Strict'));
    await eventually(async () => Object.values(await frequencies(server))).toEqual([[440]]);
    const paused = server.next('/n_off');
    await page.evaluate(() => window.server.suspend());
    const group = (await clientId(page)) * 2 ** 26 + 1;
    expect((await paused).args[0]).toBe(group);
    expect(await page.evaluate(() => window.server.state.status)).toBe('suspended');
    const goesOn = server.next('/n_on');
    await page.evaluate(() => window.server.resume());
    expect((await goesOn).args[0]).toBe(group);
    expect(await page.evaluate(() => window.server.state.status)).toBe('running');
  });

  test('an address where no bridge is says what to start', async () => {
    const { page } = await inside.open({ records: false });
    const message = await page.evaluate(async () => {
      const server = window.createPageServer({ url: 'ws://localhost:9/?token=x', startOn: 'call' });
      await server.start().catch(() => {});
      return `${server.state.status}: ${server.state.error?.message}`;
    });
    expect(message).toMatch(/^failed: No bridge answers at localhost:9 .*npx react-collider bridge$/);
  });
});

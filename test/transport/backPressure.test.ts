/** A server that is busy loses nothing of what it is sent. */

import { createElement, createRef, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { createRoot, Group, Synth, type SynthHandle } from '../../src/index.js';
import type { Server } from '../../src/server/index.js';
import { bootForTest, engines } from '../setup/servers.js';
import { still, stillSynths } from './stillSynths.js';

const SYNTHS = 10_000;

/** Stops the server's process for a while, at once. */
function pause(server: Server, milliseconds: number): Promise<void> {
  const { pid } = server.engine;
  process.kill(pid!, 'SIGSTOP');
  return new Promise((resolve) => {
    setTimeout(() => {
      process.kill(pid!, 'SIGCONT');
      resolve();
    }, milliseconds);
  });
}

const synthsOf = async (server: Server): Promise<number> => (await server.status()).synths;

/** What was rendered has a moment that may be ahead still. */
const countBecomes = (server: Server, count: number): Promise<void> =>
  expect.poll(() => synthsOf(server), { timeout: 30_000 }).toBe(count);

describe.runIf(engines.includes('scsynth'))('scsynth', () => {
  test.each([
    'udp',
    'tcp',
  ] as const)('by %s, ten thousand synths in one render arrive and leave, also while it stands still for 0.4 s', {
    timeout: 120_000,
  }, async (protocol) => {
    const server = await bootForTest('scsynth', { protocol, maxNodes: 16_384 });
    const errors: Error[] = [];
    // Whether they are there in time is measured in test/listen: here the machine may be busy.
    const root = createRoot(server, {
      latency: 0.2,
      onError: (error) => errors.push(error),
      onLate: () => {},
    });
    await root.render(stillSynths(1));
    await root.render(stillSynths(SYNTHS));
    await countBecomes(server, SYNTHS);
    await root.render(stillSynths(0));
    await countBecomes(server, 0);
    const mounted = root.render(stillSynths(SYNTHS));
    await pause(server, 400);
    await mounted;
    await countBecomes(server, SYNTHS);
    const removed = root.render(stillSynths(0));
    await pause(server, 400);
    await removed;
    await countBecomes(server, 0);
    expect(errors).toEqual([]);
    await root.unmount();
    await server.quit();
  });

  test('five thousand commits ahead of their times all happen', { timeout: 60_000 }, async () => {
    const server = await bootForTest('scsynth');
    const start = Date.now() / 1000 + 0.5;
    const sending = pause(server, 400);
    for (let index = 0; index < 5000; index++)
      server.send([{ type: '/c_set', values: [[index, index + 1]] }], start + index * 0.0004);
    await sending;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const values: unknown[] = [];
    for (let first = 0; first < 5000; first += 1000) {
      const { args } = await server.request({ type: '/c_getn', ranges: [[first, 1000]] });
      values.push(...args.slice(2));
    }
    expect(values).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1));
    await server.quit();
  });

  test('five thousand commits of a root ahead of their times all happen, also while it stands still', {
    timeout: 60_000,
  }, async () => {
    const server = await bootForTest('scsynth', { maxNodes: 16_384 });
    const errors: Error[] = [];
    const root = createRoot(server, { onError: (error) => errors.push(error), onLate: () => {} });
    const show: ((isShown: boolean) => void)[] = [];
    function Voice({ index }: { readonly index: number }) {
      const [isShown, set] = useState(false);
      show[index] = set;
      return isShown && createElement(Synth, { def: still!, freq: index } as never);
    }
    const indices = Array.from({ length: 5000 }, (_, index) => index);
    const groups = Array.from({ length: 100 }, (_, key) =>
      createElement(
        Group,
        { key },
        indices.slice(key * 50, (key + 1) * 50).map((index) => createElement(Voice, { key: index, index })),
      ),
    );
    await root.render([createElement(Synth, { key: 'loads', def: still! } as never), ...groups]);
    await root.settled();
    const start = Date.now() / 1000 + 4;
    for (const index of indices) {
      if (index === 2500) void pause(server, 400);
      root.at(start + index * 0.0002, () => show[index]!(true));
    }
    await expect.poll(() => synthsOf(server), { timeout: 30_000, interval: 200 }).toBe(5001);
    expect(errors).toEqual([]);
    await root.unmount({ timeout: 0 });
    await server.quit();
  });

  test('while it stands still, values that are set past React supersede each other', async () => {
    const server = await bootForTest('scsynth');
    const root = createRoot(server);
    const ref = createRef<SynthHandle>();
    await root.render(createElement(Synth, { ref, def: still!, freq: 1 } as never));
    const sent = server.engine.transport.counts.packetsSent;
    const paused = pause(server, 400);
    for (let freq = 0; freq < 5000; freq++) {
      ref.current!.set({ freq });
      await undefined;
    }
    await paused;
    await root.settled();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await server.request({ type: '/s_get', id: ref.current!.id!, controls: ['freq'] })).toMatchObject({
      args: [ref.current!.id, 'freq', 4999],
    });
    expect(server.engine.transport.counts.packetsSent - sent).toBeLessThan(300);
    await root.unmount();
    await server.quit();
  });

  test('a thousand small commits in a row wait for it rather than overrun it', async () => {
    const server = await bootForTest('scsynth');
    const paused = pause(server, 400);
    for (let index = 0; index < 1000; index++)
      server.send([{ type: '/c_set', values: [[index, index + 1]] }]);
    await paused;
    await server.sync();
    const { args } = await server.request({ type: '/c_getn', ranges: [[0, 1000]] });
    expect(args.slice(2)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    await server.quit();
  });
});

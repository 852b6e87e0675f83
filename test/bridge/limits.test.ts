/** How much a page may send. */

import { expect, test } from 'vitest';
import { Allowance } from '../../src/bridge/rate.js';
import { engines } from '../setup/servers.js';
import { bridgeForTest } from './bridges.js';
import { pageForTest } from './rawPage.js';

test('so much is allowed at once, then as much as time brings, and a debt has to be paid off', () => {
  let now = 100;
  const allowance = new Allowance({ perSecond: 10, atOnce: 20 }, () => now);
  expect(allowance.take(20)).toBe(0);
  expect(allowance.take(5)).toBeCloseTo(0.5);
  now += 0.5;
  expect(allowance.take(0)).toBe(0);
  expect(allowance.take(1)).toBeCloseTo(0.1);
  now += 1000;
  expect(allowance.take(20)).toBe(0);
  expect(allowance.take(1)).toBeCloseTo(0.1);
});

test.runIf(engines.includes('scsynth'))(
  'a page that sends too fast is slowed down, which is told, and nothing of it is lost',
  async () => {
    const packets = { perSecond: 1000, atOnce: 100 };
    const { bridge, events } = await bridgeForTest({ limits: { packets } });
    const page = await pageForTest(bridge.url);
    for (let id = 1; id <= 1100; id++) page.send('/sync', id);
    const answered: unknown[] = [];
    while (answered.length < 1100)
      answered.push((await page.next(({ address }) => address === '/synced')).args[0]);
    expect(answered).toEqual(Array.from({ length: 1100 }, (_, index) => index + 1));
    expect(events.all.filter(({ type }) => type === 'slowed').length).toBeGreaterThanOrEqual(1);
    expect(events.all.filter(({ type }) => type === 'refused')).toEqual([]);
  },
);

test.runIf(engines.includes('supernova'))(
  'supernova stands behind a bridge as well, and is not sent what it would not read',
  async () => {
    const { server, bridge } = await bridgeForTest({}, {}, 'supernova');
    const page = await pageForTest(bridge.url);
    const clientId = await page.register();
    expect(clientId).toBeGreaterThan(0);
    expect(page.words[0]).toMatchObject({ engine: { kind: 'supernova' }, maxPacketSize: 32_768 });
    page.send('/p_new', clientId * 2 ** 26 + 1000, 0, 0);
    await page.sync(1);
    expect((await server.queryTree()).children.map(({ id }) => id)).toContain(clientId * 2 ** 26 + 1000);
    page.socket.send(new Uint8Array(32_772));
    expect((await page.refusal()).reason).toContain('the server takes 32768');
  },
);

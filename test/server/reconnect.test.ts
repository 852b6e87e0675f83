import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { connect, freePort } from '../../src/node.js';
import { becomes, bootForTest, engines } from '../setup/servers.js';

test.runIf(engines.includes('scsynth'))(
  'a server that stays away is looked for by one attempt after the other',
  async () => {
    const port = await freePort('udp', '127.0.0.1');
    const server = await bootForTest('scsynth', { port });
    const guest = await connect({
      port,
      reconnectInterval: 0.05,
      timeout: 0.35,
      heartbeat: { interval: 0.1 },
    });
    await server.quit();
    // Somebody else has the port, who does not answer; each attempt comes from a socket of its own.
    const deaf = createSocket('udp4');
    onTestFinished(async () => {
      deaf.close();
      await guest.disconnect();
    });
    deaf.bind(port, '127.0.0.1');
    await once(deaf, 'listening');
    const ports: number[] = [];
    while (new Set(ports).size < 6) {
      const [, { port: from }] = (await once(deaf, 'message')) as [Buffer, { port: number }];
      if (ports.at(-1) !== from) ports.push(from);
    }
    // Each asks several times; none of them goes on when the next has begun.
    expect(ports).toHaveLength(6);
  },
);

test('a server that is told to quit while it is rebooted ends, and is no process of ours any more', async () => {
  const server = await bootForTest(engines[0]!, { restart: true });
  const booting = becomes(server, 'booting');
  const rebooted = expect(server.reboot()).rejects.toMatchObject({ code: 'server-offline' });
  await booting;
  await server.quit();
  await rebooted;
  expect(server.state).toBe('offline');
  await server.engine.exited;
});

test.runIf(engines.includes('scsynth'))(
  'a server that was left while it was away is looked for no more',
  async () => {
    const port = await freePort('udp', '127.0.0.1');
    const server = await bootForTest('scsynth', { port });
    const settings = { port, reconnectInterval: 0.05, timeout: 0.35, heartbeat: { interval: 0.1 } };
    const [gone, kept] = [await connect(settings), await connect(settings)];
    const lost = [gone, kept].map((guest) => becomes(guest, 'offline'));
    await server.quit();
    await Promise.all(lost);
    await gone.disconnect();
    const back = becomes(kept, 'online');
    await server.reboot();
    await back;
    expect(gone.wasQuitRequested).toBe(true);
    expect(gone.state).toBe('offline');
    await kept.disconnect();
  },
);

import { expect, test } from 'vitest';
import { createRoot } from '../../src/index.js';
import { bootForTest, engines } from '../setup/servers.js';
import { stillSynths } from '../transport/stillSynths.js';

test.runIf(engines.includes('scsynth')).each(['udp', 'tcp'] as const)(
  'by %s, ten thousand synths of one render are there before their moment, 0.2 s later',
  async (protocol) => {
    const server = await bootForTest('scsynth', { protocol, maxNodes: 16_384 });
    const late: string[] = [];
    server.engine.onOutput((line) => {
      if (line.startsWith('late')) late.push(line);
    });
    const root = createRoot(server, { latency: 0.2 });
    await root.render(stillSynths(1));
    await root.render(stillSynths(10_000));
    await expect.poll(async () => (await server.status()).synths).toBe(10_000);
    expect(late).toEqual([]);
    await root.unmount();
    // What it prints is read to its end.
    await server.quit();
    expect(late).toEqual([]);
  },
);

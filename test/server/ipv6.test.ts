import { describe, expect, inject, test } from 'vitest';
import { boot, connect, freePort } from '../../src/node.js';
import type { Server } from '../../src/server/index.js';
import { tone } from '../setup/definitions.js';

describe.skipIf(inject('missing').length > 0)('IPv6', () => {
  const playsAt = async (server: Server) => {
    await server.synthDefs.ensure(tone);
    const synth = server.nodes.synth(tone.name, { freq: 333 });
    await server.sync();
    expect(await synth.get('freq')).toEqual([333]);
  };

  test('supernova is booted at ::1, and found there by another client', async () => {
    const port = await freePort();
    await using server = await boot({ engine: 'supernova', bindAddress: '::1', port, maxLogins: 2 });
    await playsAt(server);
    await using client = await connect({ host: '::1', port, maxLogins: 2, timeout: 5 });
    await playsAt(client);
  });

  test('scsynth is booted at ::1 by TCP', async () => {
    await using server = await boot({ engine: 'scsynth', protocol: 'tcp', bindAddress: '::1' });
    await playsAt(server);
  });

  test('scsynth by UDP says what listens on IPv6 instead, before it is started', async () => {
    await expect(boot({ engine: 'scsynth', bindAddress: '::1' })).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining("take protocol: 'tcp', supernova"),
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boot } from '../../src/node.js';
import type { Server } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { engines } from '../setup/servers.js';
import { cases } from './cases.js';
import { rounded, type Target, targets, Wire } from './wire.js';

const kindOf = (target: Target) =>
  target === 'supernova' || target === 'embedded' ? target : ('scsynth' as const);

describe.each(targets.filter((target) => engines.includes(kindOf(target))))('%s', (target) => {
  let server: Server;
  let wire: Wire;

  beforeAll(async () => {
    server = await boot({
      engine: kindOf(target),
      protocol: target === 'scsynth by TCP' ? 'tcp' : 'udp',
      maxLogins: 1,
    });
  });

  afterAll(() => server.quit());

  beforeEach(async () => {
    if (server.state === 'offline') await server.reboot();
    wire = new Wire(server, target, temporaryFolder());
    await wire.begin();
  });

  for (const { id, title, run, expected, except } of cases) {
    const exception = except?.[target];
    if (exception && !('expected' in exception)) continue;
    // A machine that others use may be too busy for real time once.
    test(`${id} ${exception ? `otherwise (${exception.reason})` : title}`, { retry: 1 }, async () => {
      expect(rounded(await run(wire))).toEqual(exception ? exception.expected : expected);
    });
  }
});

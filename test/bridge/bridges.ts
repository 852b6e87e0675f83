/** Bridges in front of real servers, for tests. */

import { afterAll } from 'vitest';
import { type Bridge, type BridgeOptions, openBridge } from '../../src/bridge/index.js';
import { type BootOptions, freePort } from '../../src/node.js';
import type { Server } from '../../src/server/server.js';
import { bootForTest } from '../setup/servers.js';
import { Events } from './rawPage.js';

export interface BridgeForTest {
  readonly server: Server;
  readonly bridge: Bridge;
  readonly events: Events;
}

/** A bridge with a server of its own, until the tests of the file are over. */
export async function bridgeForTest(
  options: BridgeOptions = {},
  boot: BootOptions = {},
  engine: 'scsynth' | 'supernova' = 'scsynth',
): Promise<BridgeForTest> {
  const port = await freePort('udp', '127.0.0.1');
  const server = await bootForTest(engine, { port, maxLogins: 16, ...boot });
  const events = new Events();
  const bridge = await openBridge(server, { port: 0, onEvent: events.listen, ...options });
  afterAll(() => bridge.close());
  return { server, bridge, events };
}

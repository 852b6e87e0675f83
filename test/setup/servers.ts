/** Real servers for tests: each boots one, and ends it when the tests of the file are over. */

import { afterAll, inject } from 'vitest';
import { type BootOptions, boot } from '../../src/node.js';
import type { Server, ServerState } from '../../src/server/index.js';
import type { Parts } from '../../src/server/parts.js';

export type TestEngine = 'scsynth' | 'supernova' | 'embedded';

/** The engines that this machine can run; in CI that is all of them. */
export const engines: readonly TestEngine[] =
  inject('missing').length === 0 ? ['scsynth', 'supernova', 'embedded'] : ['embedded'];

const running = new Set<Server>();

afterAll(async () => {
  await Promise.all([...running].map((server) => server.quit()));
});

/** Boots a server that quits by itself at the end of the test file. */
export async function bootForTest(engine: TestEngine, options: BootOptions = {}): Promise<Server> {
  const server = await boot({ engine, env: process.env, ...options });
  running.add(server);
  return server;
}

const shared = new Map<TestEngine, Server>();

/** A server as if it were new, with default options: the same one for all tests of a file. */
export async function freshServer(engine: TestEngine): Promise<Server> {
  const known = shared.get(engine);
  if (known?.state === 'online') {
    await known.reset();
    return known;
  }
  const server = await bootForTest(engine);
  shared.set(engine, server);
  return server;
}

/** The connection inside of a client. */
export const connectionOf = (server: Server): Parts['connection'] =>
  (Reflect.get(server, 'parts') as Parts).connection;

/** Resolves when the server comes to be in that state. */
export const becomes = (server: Server, wanted: ServerState): Promise<void> =>
  new Promise((resolve) => {
    const end = server.onState((state) => {
      if (state !== wanted) return;
      end();
      resolve();
    });
  });

import { type BridgedEngine, connectBridge } from '../engine/browser/connectBridge.js';
import type { Engine } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { defaultServerOptions } from '../server/options.js';
import { Server } from '../server/server.js';
import type { PageServerOptions } from './pageServer.js';

/** Milliseconds from a connection that failed to the next. */
const RECONNECT_EVERY_MS = 500;

/**
 * Connects to a server behind a bridge, as a client of its own.
 *
 * @throws SuperColliderError `not-allowed`, `too-many-clients`, `timeout`, `transport-closed`, `invalid-option`.
 */
export async function openBridged(options: PageServerOptions): Promise<Server> {
  const { url = '', latency, timeout, heartbeat } = options;
  const engine = await connectBridge({ url, timeout });
  const given = { ...defaultServerOptions, ...engine.options };
  const openEngine = async (): Promise<Engine> => {
    const next = await connectBridge({ url, timeout });
    const changed = changedOption(engine, next);
    if (changed === undefined) return next;
    await next.quit();
    throw new SuperColliderError(
      'not-allowed',
      `The server behind the bridge is another one: its ${changed} is ${next.options[changed]}, it was ${engine.options[changed]}. Load the page again.`,
    );
  };
  try {
    return await Server.open(engine, {
      options: given,
      openEngine,
      latency,
      timeout,
      heartbeat,
      owned: false,
    });
  } catch (error) {
    await engine.quit();
    throw error;
  }
}

/**
 * Connects again and again until the server is back, or is not wanted any more.
 *
 * @throws SuperColliderError `not-allowed` when the bridge does not let the page in any more.
 */
export async function reconnectUntil(server: Server, isWanted: () => boolean): Promise<void> {
  while (isWanted() && server.state !== 'online') {
    try {
      await server.reconnect();
    } catch (error) {
      if (error instanceof SuperColliderError && error.code === 'not-allowed') throw error;
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_EVERY_MS));
    }
  }
  if (!isWanted()) await server.disconnect();
}

/** An option of which the client's parts depend, and which is not what it was. */
const changedOption = (
  before: BridgedEngine,
  now: BridgedEngine,
): keyof BridgedEngine['options'] | undefined =>
  (Object.keys(before.options) as (keyof BridgedEngine['options'])[]).find(
    (name) => before.options[name] !== now.options[name],
  );

/** How a page gets its server: the embedded engine in an AudioWorklet, or a native one behind a bridge. */

import { bootInPage } from '../engine/browser/bootInPage.js';
import { type BridgedEngine, connectBridge } from '../engine/browser/connectBridge.js';
import type { Engine } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { type ServerOptions, serverOptions } from '../server/options.js';
import { Server } from '../server/server.js';
import type { PageServerOptions } from './pageServer.js';

/** Milliseconds from a connection that failed to the next. */
const RECONNECT_EVERY_MS = 500;

/** Boots the engine in the page. @throws SuperColliderError `boot-failed`. */
export async function openEmbedded(options: PageServerOptions, context: AudioContext): Promise<Server> {
  const { latency, timeout, heartbeat } = options;
  const given = serverOptions({ ...optionsOfServer(options), sampleRate: context.sampleRate });
  const openEngine = (): Promise<Engine> => bootInPage({ ...options, context });
  const engine = await openEngine();
  try {
    return await Server.open(engine, { options: given, openEngine, latency, timeout, heartbeat });
  } catch (error) {
    await engine.quit();
    throw error;
  }
}

/**
 * Connects to a server behind a bridge, as a client of its own.
 *
 * @throws SuperColliderError `not-allowed`, `too-many-clients`, `timeout`, `transport-closed`, `bad-option`.
 */
export async function openBridged(options: PageServerOptions): Promise<Server> {
  const { url = '', latency, timeout, heartbeat } = options;
  const engine = await connectBridge({ url, timeout });
  const given = serverOptions({ ...engine.options });
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
  if (!isWanted()) await leave(server);
}

/** Ends a server of the page's own, and leaves another one. */
export const leave = (server: Server): Promise<void> =>
  server.isOwner ? server.quit() : server.disconnect();

/** An option of which the client's parts depend, and which is not what it was. */
const changedOption = (
  before: BridgedEngine,
  now: BridgedEngine,
): keyof BridgedEngine['options'] | undefined =>
  (Object.keys(before.options) as (keyof BridgedEngine['options'])[]).find(
    (name) => before.options[name] !== now.options[name],
  );

const SERVER_OPTIONS = [
  'outputChannels',
  'inputChannels',
  'audioBusChannels',
  'controlBusChannels',
  'buffers',
  'maxNodes',
  'maxSynthDefs',
  'memorySize',
  'wireBuffers',
] as const;

/** Those of our options that are the server's; the allocators are made of them. */
function optionsOfServer(options: PageServerOptions): Partial<ServerOptions> {
  const given = SERVER_OPTIONS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}

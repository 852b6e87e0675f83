import { startPageEngine } from '../engine/browser/startPageEngine.js';
import type { Engine } from '../engine/engine.js';
import type { ServerOptions } from '../server/options.js';
import { Server } from '../server/server.js';
import { serverOptions } from '../server/serverOptions.js';
import type { PageServerOptions } from './pageServer.js';

/** Boots the engine in the page. @throws SuperColliderError `boot-failed`. */
export async function openEmbedded(options: PageServerOptions, context: AudioContext): Promise<Server> {
  const { latency, timeout, heartbeat } = options;
  const given = serverOptions({ ...optionsOfServer(options), sampleRate: context.sampleRate });
  const openEngine = (): Promise<Engine> => startPageEngine({ ...options, context });
  const engine = await openEngine();
  try {
    const fullPath = (path: string) => new URL(path, document.baseURI).href;
    return await Server.open(engine, { options: given, openEngine, latency, timeout, heartbeat, fullPath });
  } catch (error) {
    await engine.quit();
    throw error;
  }
}

const SERVER_OPTIONS = [
  'numOutputBusChannels',
  'numInputBusChannels',
  'numAudioBusChannels',
  'numControlBusChannels',
  'numBuffers',
  'maxNodes',
  'maxSynthDefs',
  'memSize',
  'numWireBufs',
] as const;

/** Those of our options that are the server's; the allocators are made of them. */
function optionsOfServer(options: PageServerOptions): Partial<ServerOptions> {
  const given = SERVER_OPTIONS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}

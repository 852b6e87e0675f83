import type { Engine } from '../engine/engine.js';
import { defaultServerOptions, Server } from '../server/index.js';
import { memoryPair } from '../transport/memory.js';
import { FarEnd } from './farEnd.js';

export interface MemoryServer {
  readonly server: Server;
  readonly farEnd: FarEnd;
}

/** A server client as an app has it, connected by a wire of memory to the far end of a test. */
export async function openMemoryServer(): Promise<MemoryServer> {
  const [near, far] = memoryPair();
  const farEnd = new FarEnd(far);
  const engine: Engine = {
    kind: 'scsynth',
    description: 'the far end of a test',
    transport: near,
    abilities: {
      maxPacketSize: near.maxPacketSize,
      maxScheduledBundleSize: near.maxPacketSize,
      diskStreaming: true,
      failReplies: true,
      parallelGroups: false,
      orderPreservesList: true,
      queriesTrailingArrays: true,
      maxBusesPerQuery: 4096,
    },
    sampleRate: 48_000,
    numOutputBusChannels: 2,
    pid: undefined,
    exited: new Promise(() => {}),
    onOutput: () => () => {},
    quit: async () => {
      await near.close();
      return { code: 0, signal: undefined, lastOutput: [], wasRequested: true };
    },
  };
  // Nobody is there who could fall silent.
  const server = await Server.open(engine, {
    options: defaultServerOptions,
    heartbeat: { interval: Number.POSITIVE_INFINITY },
  });
  return { server, farEnd };
}

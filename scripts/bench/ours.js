/** This package as an app uses it: a root on a server, by UDP. */

import { createRoot, flushSync } from '../../dist/index.js';
import { boot } from '../../dist/node.js';
import { defaultServerOptions, Server } from '../../dist/server/index.js';
import { connectUdp } from '../../dist/transport/udp.js';

export { boot, flushSync };

/** A server where the sink is. */
export async function openOurs(sink) {
  const server = await openServer(sink);
  return {
    flushSync,
    server,
    createRoot: (options) => createRoot(server, options),
    /** Resolves when the sink has read everything, so that nothing of one run waits for its turn in the next. */
    settle: () => server.sync(),
  };
}

async function openServer(sink) {
  const transport = await connectUdp({ port: sink.port });
  const engine = {
    kind: 'scsynth',
    description: 'a sink',
    transport,
    abilities: {
      maxPacketSize: 65_507,
      maxScheduledBundleSize: 65_507,
      diskStreaming: true,
      failReplies: true,
      parallelGroups: false,
      orderAnywhere: true,
    },
    sampleRate: 48_000,
    outputChannels: 2,
    pid: undefined,
    exited: new Promise(() => {}),
    onOutput: () => () => {},
    quit: async () => {
      await transport.close();
      return { code: 0, signal: undefined, lastOutput: [], asked: true };
    },
  };
  return Server.open(engine, { options: defaultServerOptions });
}

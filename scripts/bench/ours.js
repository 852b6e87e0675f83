/** This package as an app uses it: a root on a server, by UDP. */

import { createRoot, flushSync } from '../../dist/index.js';
import { boot } from '../../dist/node.js';
import { defaultServerOptions, Server } from '../../dist/server/index.js';
import { connectUdp } from '../../dist/transport/udp.js';

export { boot, flushSync };

/** A server where the sink is. */
export async function openOurs(sink) {
  const server = await openServer(await connectUdp({ port: sink.port }));
  return {
    flushSync,
    server,
    createRoot: (options) => createRoot(server, options),
    /** Resolves when the sink has read everything, so that nothing of one run waits for its turn in the next. */
    settle: () => server.sync(),
  };
}

/** What bundles begin with; questions are messages. */
const NUMBER_SIGN = 0x23;

/** The same, but that no commit leaves: what it costs without system calls. */
export async function openUnsent(sink) {
  const socket = await connectUdp({ port: sink.port });
  const server = await openServer({
    description: socket.description,
    maxPacketSize: socket.maxPacketSize,
    counts: socket.counts,
    send: (packet) => {
      if (packet[0] !== NUMBER_SIGN) socket.send(packet);
    },
    listen: (events) => socket.listen(events),
    close: () => socket.close(),
  });
  return { flushSync, createRoot: (options) => createRoot(server, options), settle: () => server.sync() };
}

async function openServer(transport) {
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
      orderPreservesList: true,
    },
    sampleRate: 48_000,
    numOutputBusChannels: 2,
    pid: undefined,
    exited: new Promise(() => {}),
    onOutput: () => () => {},
    quit: async () => {
      await transport.close();
      return { code: 0, signal: undefined, lastOutput: [], asked: true };
    },
  };
  // The largest tree has a hundred thousand synths.
  return Server.open(engine, { options: { ...defaultServerOptions, maxNodes: 131_072 } });
}

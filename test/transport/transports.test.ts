import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { memoryPair } from '../../src/transport/memory.js';
import { connectTcp, TcpTransport } from '../../src/transport/tcp.js';
import type { Transport } from '../../src/transport/transport.js';
import { connectUdp } from '../../src/transport/udp.js';
import { WorkletTransport } from '../../src/transport/worklet.js';
import { behavesAsTransport, type FarEnd, Inbox } from './behaviour.js';

function farEnd(transport: Transport): FarEnd {
  const inbox = new Inbox();
  transport.listen({ onPacket: inbox.put, onError: () => {}, onClose: () => {} });
  return {
    send: (packet) => transport.send(packet),
    received: (count) => inbox.received(count),
    close: () => transport.close(),
  };
}

behavesAsTransport(
  'memory',
  async () => {
    const [near, far] = memoryPair();
    return { near, far: farEnd(far) };
  },
  true,
);

/** Both families of addresses on this machine's loopback. */
const LOOPBACKS = [
  { host: '127.0.0.1', type: 'udp4' },
  { host: '::1', type: 'udp6' },
] as const;

for (const { host, type } of LOOPBACKS) {
  behavesAsTransport(
    `udp to ${host}`,
    async () => {
      const socket = createSocket(type);
      socket.bind(0, host);
      await once(socket, 'listening');
      const near = await connectUdp({ host, port: socket.address().port });
      const inbox = new Inbox();
      let client = 0;
      socket.on('message', (packet, { port }) => {
        client = port;
        inbox.put(packet);
      });
      let isOpen = true;
      // The far end learns the port from a first packet, as a server does.
      const hello = once(socket, 'message');
      near.send(new Uint8Array(4));
      await hello;
      inbox.packets.length = 0;
      Object.assign(near.counts, { packetsSent: 0, bytesSent: 0 });
      return {
        near,
        far: {
          send: (packet) => socket.send(packet, client, host),
          received: (count) => inbox.received(count),
          close: async () => {
            if (isOpen) await new Promise<void>((resolve) => socket.close(() => resolve()));
            isOpen = false;
          },
        },
      };
    },
    false,
  );

  behavesAsTransport(
    `tcp to ${host}`,
    async () => {
      const server = createServer();
      server.listen(0, host);
      await once(server, 'listening');
      const accepted = once(server, 'connection');
      const near = await connectTcp({ host, port: (server.address() as AddressInfo).port });
      const [socket] = (await accepted) as [Socket];
      const far = farEnd(new TcpTransport(socket, 'tcp, accepted'));
      return {
        near,
        far: {
          ...far,
          close: async () => {
            await far.close();
            if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
          },
        },
      };
    },
    true,
  );
}

behavesAsTransport(
  'worklet',
  async () => {
    const { port1, port2 } = new MessageChannel();
    return { near: new WorkletTransport(port1), far: farEnd(new WorkletTransport(port2)) };
  },
  true,
);

test('a UDP packet to nobody is a counted error, and the transport stays in use', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  const transport = await connectUdp({ port });
  const refused = new Promise<Error>((resolve) => {
    transport.listen({ onPacket: () => {}, onError: resolve, onClose: () => {} });
  });
  transport.send(new Uint8Array(8));
  // The refusal of the first comes with the second.
  const again = setInterval(() => transport.send(new Uint8Array(8)), 5);
  expect(await refused).toMatchObject({ code: 'transport-closed', cause: { code: 'ECONNREFUSED' } });
  clearInterval(again);
  expect(transport.counts.errors).toBeGreaterThan(0);
  transport.send(new Uint8Array(8));
  await transport.close();
});

test('TCP frames are put together from chunks that begin and end anywhere', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const near = await connectTcp({ port: (server.address() as AddressInfo).port });
  const inbox = new Inbox();
  near.listen({ onPacket: inbox.put, onError: () => {}, onClose: () => {} });
  const [socket] = (await accepted) as [Socket];
  socket.setNoDelay(true);
  const stream = Buffer.concat(
    [1, 2, 3].flatMap((number) => [Buffer.from([0, 0, 0, 4 * number]), Buffer.alloc(4 * number, number)]),
  );
  for (const byte of stream)
    await new Promise<void>((resolve) => socket.write(Buffer.from([byte]), () => resolve()));
  expect((await inbox.received(3)).map((packet) => [...packet])).toEqual([
    [1, 1, 1, 1],
    Array(8).fill(2),
    Array(12).fill(3),
  ]);
  await near.close();
  socket.destroy();
  server.close();
});

test('a TCP frame of absurd length is an error and ends the connection', async () => {
  const server = createServer((socket) => socket.write(Buffer.from('ffffffff00000000', 'hex')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = await connectTcp({ port: (server.address() as AddressInfo).port });
  const error = new Promise<Error>((resolve) => {
    near.listen({ onPacket: () => {}, onError: resolve, onClose: () => {} });
  });
  expect((await error).message).toContain('A TCP frame claims -1 bytes');
  await near.close();
  server.close();
});

test('TCP keeps trying while the server starts, and says where it tried when none comes', async () => {
  await expect(connectTcp({ port: 1, timeout: 0.2 })).rejects.toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('Nothing accepted a TCP connection at 127.0.0.1:1 within 0.2 s'),
  });
});

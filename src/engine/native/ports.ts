/**
 * Ports on this machine: finds a free one, and checks for one in use.
 *
 * The check comes before a server starts. A server that finds its port in use wipes the shared memory of the
 * server that has it.
 */

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { SuperColliderError } from '../../errors.js';
import { errnoOf, networkError } from '../../transport/networkError.js';
import { resolveHost } from '../../transport/resolveHost.js';

/** A protocol under OSC packets. */
export type Protocol = 'udp' | 'tcp';

/** A port that nobody has; scsynth itself never says which one it took for port 0. */
export async function freePort(protocol: Protocol = 'udp', host = '127.0.0.1'): Promise<number> {
  try {
    return await bind(protocol, host, 0);
  } catch (cause) {
    throw networkError('Listening', { protocol: protocol.toUpperCase(), host, port: 0 }, cause);
  }
}

/** @throws SuperColliderError `port-in-use`. */
export async function checkPort(protocol: Protocol, host: string, port: number): Promise<void> {
  try {
    await bind(protocol, host, port);
  } catch (cause) {
    if (errnoOf(cause) !== 'EADDRINUSE')
      throw networkError('Listening', { protocol: protocol.toUpperCase(), host, port }, cause);
    throw new SuperColliderError(
      'port-in-use',
      `Port ${port} (${protocol} at ${host}) is in use by another program (${(cause as NodeJS.ErrnoException).code}), perhaps a server that was left behind. ` +
        'Take another --port, leave it out for a free one, or quit that program.',
      { cause },
    );
  }
}

async function bind(protocol: Protocol, host: string, port: number): Promise<number> {
  const { address, type } = await resolveHost(host, port);
  return new Promise((resolve, reject) => {
    if (protocol === 'udp') {
      const socket = createSocket(type);
      socket.once('error', (error) => {
        socket.close();
        reject(error);
      });
      socket.bind({ port, address, exclusive: true }, () => {
        const { port: bound } = socket.address();
        socket.close(() => resolve(bound));
      });
    } else {
      const server = createServer();
      server.once('error', reject);
      server.listen({ port, host: address, exclusive: true }, () => {
        const bound = server.address();
        server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : port));
      });
    }
  });
}

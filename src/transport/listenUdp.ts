/** A UDP socket that others send to. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { SuperColliderError } from '../errors.js';

/**
 * Opens a socket; port 0 = a free one.
 *
 * @param what - Who is to be heard, for the message.
 * @throws SuperColliderError `port-in-use` when another program has the port, or the address is none of this machine.
 */
export async function listenUdp(what: string, port: number, host: string): Promise<Socket> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, host);
    await once(socket, 'listening');
  } catch (cause) {
    socket.close();
    throw new SuperColliderError(
      'port-in-use',
      `${what} cannot be heard on ${host}:${port}: ${(cause as Error).message}. Another program may have the port.`,
      { cause },
    );
  }
  // Ignores ECONNREFUSED: an unreachable peer must not close the socket.
  socket.on('error', () => {});
  return socket;
}

/** A UDP socket that others send to. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { networkError } from './networkError.js';
import { resolveHost } from './resolveHost.js';

/**
 * Opens a socket; port 0 = a free one.
 *
 * @param what - Who is to be heard, for the message.
 * @throws SuperColliderError `port-in-use` when another program has the port; `invalid-option` when the address is none of this
 *   machine; `not-allowed` for ports that the system keeps.
 */
export async function listenUdp(what: string, port: number, host: string): Promise<Socket> {
  const { address, type } = await resolveHost(host, port);
  const socket = createSocket(type);
  try {
    socket.bind(port, address);
    await once(socket, 'listening');
  } catch (cause) {
    socket.close();
    throw networkError(`Listening for ${what}`, { protocol: 'UDP', host, port }, cause);
  }
  // Ignores ECONNREFUSED: an unreachable peer must not close the socket.
  socket.on('error', () => {});
  return socket;
}

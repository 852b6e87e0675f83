/**
 * OSC by UDP: one datagram a packet.
 *
 * The socket is connected, so that a packet leaves within `send`, while an unconnected socket waits for the
 * next tick. Only this server's datagrams come in.
 */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { checkPacket } from './checkPacket.js';
import { Counts } from './counts.js';
import { hostAndPort, networkError, type Place } from './networkError.js';
import { PacedTransport } from './paced.js';
import { resolveHost } from './resolveHost.js';
import type { ServerAddress, Transport, TransportEvents } from './transport.js';

/** The largest payload of a UDP datagram over IPv4. */
export const UDP_MAX_PACKET = 65_507;

/** A thousand replies may come within one audio callback; the default of Linux loses about half of them. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

export interface UdpOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  readonly port: number;
  /** Largest packet; supernova takes 32768 bytes. @default 65507 */
  readonly maxPacketSize?: number;
}

/**
 * A socket for one server, which is never sent more than it holds while it is busy. Nothing is sent by connecting,
 * so a missing server is not noticed here.
 *
 * @throws SuperColliderError `invalid-option` for a host without an address, and what the system says of it.
 */
export async function connectUdp({
  host = '127.0.0.1',
  port,
  maxPacketSize = UDP_MAX_PACKET,
}: UdpOptions): Promise<Transport> {
  const place = { protocol: 'UDP', host, port };
  const { address, type } = await resolveHost(host, port);
  const socket = createSocket({ type, recvBufferSize: RECEIVE_BUFFER });
  try {
    socket.connect(port, address);
    await once(socket, 'connect');
  } catch (cause) {
    socket.close();
    throw networkError('Connecting', place, cause);
  }
  return new PacedTransport(new UdpTransport(socket, place, maxPacketSize));
}

class UdpTransport implements Transport {
  readonly counts = new Counts();
  readonly description: string;
  readonly address: ServerAddress;
  readonly #socket: Socket;
  readonly #onSent = (error: Error | null) => {
    if (error && this.#closed === undefined) this.#failed(error);
  };
  #events: TransportEvents | undefined;
  #closed: string | undefined;

  constructor(
    socket: Socket,
    readonly place: Place,
    readonly maxPacketSize: number,
  ) {
    this.address = { host: place.host, port: place.port, protocol: 'udp' };
    this.description = `udp ${hostAndPort(place.host, place.port)}`;
    this.#socket = socket;
    socket.on('message', (packet) => {
      this.counts.received(packet.length);
      this.#events?.onPacket(packet);
    });
    socket.on('error', (error) => this.#failed(error));
  }

  send(packet: Uint8Array): void {
    checkPacket(this, packet, this.#closed);
    this.counts.sent(packet.length);
    try {
      this.#socket.send(packet, this.#onSent);
    } catch (cause) {
      throw networkError('Sending', this.place, cause);
    }
  }

  listen(events: TransportEvents): void {
    this.#events = events;
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = 'by us';
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  /** ECONNREFUSED says that nobody listens there now. Datagrams of a server that boots later still arrive. */
  #failed(error: Error): void {
    this.counts.errors += 1;
    this.#events?.onError(networkError('Sending', this.place, error));
  }
}

/**
 * OSC by TCP as SuperCollider speaks it: each packet after its length, an int32, big endian.
 */

import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import { checkPacket } from './checkPacket.js';
import { Counts } from './counts.js';
import { errnoOf, hostAndPort, networkError, type Place } from './networkError.js';
import { checkPlace } from './resolveHost.js';
import type { ServerAddress, Transport, TransportEvents } from './transport.js';

/** A frame over this is taken for garbage, as one of random bytes would be 2 GB. */
const MAX_FRAME = 64 * 1024 * 1024;
const RETRY_INTERVAL_MS = 50;

export interface TcpOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  readonly port: number;
  /** Seconds to go on trying while a server is still starting. @default 5 */
  readonly timeout?: Seconds;
}

/**
 * A connection to a server.
 *
 * @throws SuperColliderError `timeout` when nobody listens there until the deadline; at once what the system says of a
 *   host that cannot be reached by waiting.
 */
export async function connectTcp({ host = '127.0.0.1', port, timeout = 5 }: TcpOptions): Promise<Transport> {
  checkPlace(host, port);
  const place = { protocol: 'TCP', host, port };
  const deadline = performance.now() + timeout * 1000;
  for (;;) {
    try {
      return new TcpTransport(await connectOnce(host, port), `tcp ${hostAndPort(host, port)}`, place);
    } catch (cause) {
      const errno = errnoOf(cause) ?? '';
      // Nothing of these changes by waiting.
      if (FINAL.has(errno)) throw networkError('Connecting', place, cause);
      if (performance.now() + RETRY_INTERVAL_MS > deadline) {
        if (!STARTING.has(errno)) throw networkError('Connecting', place, cause);
        throw new SuperColliderError(
          'timeout',
          `Nothing accepted a TCP connection at ${hostAndPort(host, port)} within ${timeout} s (${errno}). Is a server running there with -t ${port}?`,
          { cause },
        );
      }
    }
    await delay(RETRY_INTERVAL_MS);
  }
}

/** Errors of a server that is still starting. */
const STARTING: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT']);
const FINAL: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EINVAL',
  'EACCES',
  'EPERM',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ERR_SOCKET_BAD_PORT',
]);

function connectOnce(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

/** A transport over a socket that is connected; for the accepting side too. */
export class TcpTransport implements Transport {
  readonly counts = new Counts();
  readonly maxPacketSize = MAX_FRAME;
  readonly address: ServerAddress;
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  #events: TransportEvents | undefined;
  #closed: string | undefined;

  constructor(
    socket: Socket,
    readonly description: string,
    readonly place: Place = placeOf(socket),
  ) {
    this.address = { host: place.host, port: place.port, protocol: 'tcp' };
    this.#socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#failed(error));
    socket.on('close', () => {
      if (this.#closed !== undefined) return;
      this.#closed = 'by the other end';
      this.#events?.onClose('the other end closed the connection');
    });
  }

  send(packet: Uint8Array): void {
    checkPacket(this, packet, this.#closed);
    this.counts.sent(packet.length);
    const frame = new Uint8Array(4 + packet.length);
    new DataView(frame.buffer).setInt32(0, packet.length);
    frame.set(packet, 4);
    this.#socket.write(frame);
  }

  listen(events: TransportEvents): void {
    this.#events = events;
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = 'by us';
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.end();
      this.#socket.destroySoon();
    });
  }

  #read(chunk: Uint8Array): void {
    try {
      for (const packet of this.#frames.read(chunk)) {
        this.counts.received(packet.length);
        if (this.#closed !== 'by us') this.#events?.onPacket(packet);
      }
    } catch (error) {
      // After a wrong length nothing that follows can be made out.
      this.#failed(error as Error);
      this.#socket.destroy();
    }
  }

  #failed(error: Error): void {
    this.counts.errors += 1;
    this.#events?.onError(networkError('The connection', this.place, error));
  }
}

const placeOf = ({ remoteAddress, remotePort }: Socket): Place => ({
  protocol: 'TCP',
  host: remoteAddress ?? 'the other end',
  port: remotePort ?? 0,
});

/** Puts packets together from chunks that begin and end anywhere. */
class FrameReader {
  #pending: Uint8Array = new Uint8Array();

  read(chunk: Uint8Array): Uint8Array[] {
    const bytes = this.#pending.length === 0 ? chunk : concatenate(this.#pending, chunk);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const packets: Uint8Array[] = [];
    let at = 0;
    while (at + 4 <= bytes.length) {
      const size = view.getInt32(at);
      if (size < 0 || size > MAX_FRAME) {
        throw new SuperColliderError(
          'invalid-osc',
          `A TCP frame claims ${size} bytes; ${MAX_FRAME} is the most that is believed. The connection is closed.`,
        );
      }
      if (at + 4 + size > bytes.length) break;
      packets.push(bytes.slice(at + 4, at + 4 + size));
      at += 4 + size;
    }
    this.#pending = bytes.slice(at);
    return packets;
  }
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

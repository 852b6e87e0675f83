/**
 * The common interface of transports: OSC packets out, OSC packets in, each whole and in order of arrival.
 *
 * A transport knows nothing of a packet's content. It never throws out of a socket handler: errors arrive at
 * `onError` and are counted. The transport stays in use until `onClose`.
 */

export interface TransportEvents {
  /** A whole packet arrived. The bytes are the listener's own; they are not reused. */
  onPacket(packet: Uint8Array): void;
  /** Something went wrong that was nobody's call: a socket error, a frame too large. */
  onError(error: Error): void;
  /** The other end, or the system, closed it. Not called for our own `close()`. */
  onClose(reason: string): void;
}

/** Counts of packets and bytes. */
export interface TransportCounts {
  /** Packets that were sent. */
  readonly packetsSent: number;
  /** Packets that were received. */
  readonly packetsReceived: number;
  /** Bytes that were sent. */
  readonly bytesSent: number;
  /** Bytes that were received. */
  readonly bytesReceived: number;
  /** Errors of the socket. */
  readonly errors: number;
}

/** The place of a server in a network. */
export interface ServerAddress {
  /** Name or address of the machine, such as `127.0.0.1`. */
  readonly host: string;
  /** Port that the server listens on. */
  readonly port: number;
  /** Protocol under the OSC packets. */
  readonly protocol: 'udp' | 'tcp';
}

/** A connection that carries OSC packets. */
export interface Transport {
  /** For people: `udp 127.0.0.1:57110`. */
  readonly description: string;
  /** The place of the other end; `undefined` where it is in this process or behind a bridge. */
  readonly address?: ServerAddress | undefined;
  /** Largest packet in bytes that arrives whole; larger ones throw `packet-too-large` in `send`. */
  readonly maxPacketSize: number;
  /** Counts since the start. */
  readonly counts: TransportCounts;
  /** Packets that wait because the other end is busy. @default 0: it holds everything */
  readonly backlog?: number;
  /**
   * Sends one packet. The bytes are read before `send` returns, so the caller may reuse them.
   *
   * @throws SuperColliderError `packet-too-large`, or `transport-closed` after `close` or `onClose`.
   */
  send(packet: Uint8Array): void;
  /** Sets the listener of packets, errors and the end. A second call replaces the first listener. */
  listen(events: TransportEvents): void;
  /** Closes it; afterwards nothing is delivered. Closing twice is the same as once. */
  close(): Promise<void>;
}

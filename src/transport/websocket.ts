/**
 * OSC to a bridge by WebSocket: the page's own, one binary frame a packet.
 */

import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import { BRIDGE_PROTOCOL, type BridgeHello, type BridgeWord, finalBridgeCodes } from './bridgeProtocol.js';
import { checkPacket } from './checkPacket.js';
import { Counts } from './counts.js';
import type { Transport, TransportEvents } from './transport.js';

export interface WebSocketOptions {
  /** The address that the bridge printed at its start: `ws://localhost:57180/?token=…`. */
  readonly url: string;
  /** Seconds until the bridge must have said hello. @default 5 */
  readonly timeout?: Seconds | undefined;
}

/** A connection to a bridge, and what the bridge said at first. */
export interface BridgeConnection {
  readonly transport: WebSocketTransport;
  readonly hello: BridgeHello;
}

/**
 * Connects to a bridge.
 *
 * @throws SuperColliderError `invalid-option` for an invalid address, `not-allowed` when the bridge does not let
 *   this page in, `too-many-clients`.
 * @throws SuperColliderError `timeout` and `transport-closed` when no bridge replies there, or the server is
 *   away.
 */
export function connectWebSocket({ url, timeout = 5 }: WebSocketOptions): Promise<BridgeConnection> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(url);
    const place = placeOf(url);
    const fail = (error: SuperColliderError): void => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
      reject(error);
    };
    const timer = setTimeout(
      () =>
        fail(new SuperColliderError('timeout', `The bridge at ${place} did not answer within ${timeout} s.`)),
      timeout * 1000,
    );
    socket.onclose = ({ code, reason }) => fail(refusedBy(place, code, reason));
    socket.onmessage = ({ data }) => {
      const word = wordOf(data);
      if (word?.type !== 'hello' || word.protocol !== BRIDGE_PROTOCOL) {
        fail(
          new SuperColliderError(
            'transport-closed',
            `What answers at ${place} is no bridge, or one of another version of react-collider.`,
          ),
        );
        return;
      }
      clearTimeout(timer);
      resolve({ transport: new WebSocketTransport(socket, place, word.maxPacketSize), hello: word });
    };
  });
}

export class WebSocketTransport implements Transport {
  readonly description: string;
  readonly counts = new Counts();
  readonly #socket: WebSocket;
  readonly #lineListeners = new Set<(line: string) => void>();
  #events: TransportEvents | undefined;
  #closed: string | undefined;
  #early: Uint8Array[] = [];

  constructor(
    socket: WebSocket,
    place: string,
    readonly maxPacketSize: number,
  ) {
    this.#socket = socket;
    this.description = `bridge ${place}`;
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => this.#end(reason || closeWords(code));
  }

  send(packet: Uint8Array): void {
    checkPacket(this, packet, this.#closed);
    this.#socket.send(packet as Uint8Array<ArrayBuffer>);
    this.counts.sent(packet.length);
  }

  listen(events: TransportEvents): void {
    this.#events = events;
    const early = this.#early;
    this.#early = [];
    for (const packet of early) events.onPacket(packet);
  }

  /** Calls with each line that the server prints; returns the function that ends it. */
  onLine(listener: (line: string) => void): () => void {
    this.#lineListeners.add(listener);
    return () => this.#lineListeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = 'by us';
    this.#early = [];
    await new Promise<void>((resolve) => {
      this.#socket.onclose = () => resolve();
      this.#socket.close(1000);
    });
  }

  #receive(data: unknown): void {
    if (this.#closed !== undefined) return;
    if (data instanceof ArrayBuffer) {
      const packet = new Uint8Array(data);
      this.counts.received(packet.length);
      if (this.#events) this.#events.onPacket(packet);
      else this.#early.push(packet);
      return;
    }
    const word = wordOf(data);
    if (word?.type === 'output') {
      for (const listener of [...this.#lineListeners]) listener(word.line);
      return;
    }
    this.counts.errors += 1;
    this.#events?.onError(
      new SuperColliderError(
        'invalid-osc',
        `${this.description}: what came is neither OSC nor a word of the bridge.`,
      ),
    );
  }

  #end(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#events?.onClose(reason);
  }
}

function openSocket(url: string): WebSocket {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch (cause) {
    throw new SuperColliderError(
      'invalid-option',
      `"${url}" is no address of a bridge. It looks like ws://localhost:57180/?token=…; the bridge prints it at its start.`,
      { cause },
    );
  }
  socket.binaryType = 'arraybuffer';
  return socket;
}

/** An address without its token: it is shown and kept in logs. */
const placeOf = (url: string): string => new URL(url).host;

function wordOf(data: unknown): BridgeWord | undefined {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as BridgeWord) : undefined;
  } catch {
    return undefined;
  }
}

function refusedBy(place: string, code: number, reason: string): SuperColliderError {
  if (finalBridgeCodes.includes(code))
    return new SuperColliderError(
      'not-allowed',
      `The bridge at ${place} does not let this page in. ${reason}`,
    );
  if (code === 4503)
    return new SuperColliderError(
      'too-many-clients',
      `The bridge at ${place} takes no more pages: ${reason}`,
    );
  const words = reason
    ? `The bridge at ${place} cannot let this page in at the moment: ${reason}`
    : `No bridge answers at ${place} (${closeWords(code)}). Start one with: npx react-collider bridge`;
  return new SuperColliderError('transport-closed', words);
}

/** Browsers say nothing else of a connection that could not be made. */
const closeWords = (code: number): string =>
  code === 1006 ? 'the connection could not be made, or was lost' : `closed with code ${code}`;

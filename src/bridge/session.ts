/**
 * A page at the bridge: a client of the server by a socket of its own.
 *
 * With a socket of its own, the server gives the page a client id and replies to it alone.
 */

import type { WebSocket } from 'ws';
import { decodePacket } from '../osc/decode.js';
import { encodePacket } from '../osc/encode.js';
import type { ReceivedMessage } from '../osc/message.js';
import { partition } from '../server/allocators.js';
import type { ServerOptions } from '../server/options.js';
import { bridgeCodes } from '../transport/bridgeProtocol.js';
import type { Transport } from '../transport/transport.js';
import type { ClientId } from '../units.js';
import type { PageRights } from './commandArguments.js';
import type { BridgeEvent } from './events.js';
import { inspectPacket, type Refusal } from './inspectPacket.js';
import { Allowance, type PageLimits } from './rate.js';

export interface SessionSettings {
  readonly page: number;
  readonly transport: Transport;
  readonly options: ServerOptions;
  readonly maxLogins: number;
  readonly limits: PageLimits;
  readonly folder: string | undefined;
  readonly mayQuit: boolean;
  readonly onEvent: (event: BridgeEvent) => void;
  readonly onQuit: () => void;
  /** The page gave its login back and stays. Resolves when what it leaves behind is gone. */
  readonly onLogout: (clientId: number, buffers: readonly number[]) => Promise<unknown>;
}

/** Packets that wait for a server that does not read; beyond, the page is sent away. */
const MAX_WAITING = 20_000;
/** Bytes that wait for a page that does not read. */
const MAX_UNREAD = 64 * 1024 * 1024;
/** `/done /notify id maxLogins` has 40 bytes. */
const NOTIFY_DONE_AT_MOST = 48;
const LETTER_D = 0x64;
/** A reason in a closing frame has at most 123 bytes. */
const MAX_REASON_LENGTH = 123;

/** Closes a connection with a reason for people, cut to what a closing frame holds. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  let words = reason;
  while (Buffer.byteLength(words) > MAX_REASON_LENGTH) words = `${words.slice(0, -2)}…`;
  socket.close(code, words);
}

export class Session {
  readonly #socket: WebSocket;
  readonly #settings: SessionSettings;
  readonly #packets: Allowance;
  readonly #bytes: Allowance;
  readonly #refusals: Allowance;
  readonly #buffers = new Set<number>();
  #rights: PageRights;
  #isSlowed = false;
  /** Resolves when what it left behind by logging out is gone. */
  cleared: Promise<unknown> = Promise.resolve();
  #resume: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: WebSocket, settings: SessionSettings) {
    this.#socket = socket;
    this.#settings = settings;
    this.#packets = new Allowance(settings.limits.packets);
    this.#bytes = new Allowance(settings.limits.bytes);
    this.#refusals = new Allowance(settings.limits.refusals);
    const { options, folder, mayQuit } = settings;
    const { numBuffers, numAudioBusChannels, numControlBusChannels } = options;
    this.#rights = {
      clientId: undefined,
      ownBuffers: [0, 0],
      buffers: numBuffers,
      numAudioBusChannels,
      numControlBusChannels,
      folder,
      mayQuit,
    };
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    settings.transport.listen({
      onPacket: (packet) => this.#answer(packet),
      // That nobody listens there any more is seen by who watches the server.
      onError: () => {},
      onClose: () => {},
    });
  }

  /** Its number among the server's clients, once it has registered. */
  get clientId(): number | undefined {
    return this.#rights.clientId;
  }

  /** Buffers that it has made. */
  get buffers(): readonly number[] {
    return [...this.#buffers];
  }

  /** Sends the page away. */
  close(code: number, reason: string): void {
    closeWith(this.#socket, code, reason);
  }

  /** Nothing is received any more. */
  end(): void {
    clearTimeout(this.#resume);
    this.#socket.removeAllListeners('message');
  }

  #receive(bytes: Buffer, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#keepRate(bytes.length);
    if (!isBinary) {
      this.#refuse([{ address: '/bridge', reason: 'it came as text; OSC goes in binary frames' }]);
      return;
    }
    const { transport, onQuit } = this.#settings;
    if (bytes.length > transport.maxPacketSize) {
      const reason = `a packet of ${bytes.length} bytes is too large; the server takes ${transport.maxPacketSize}`;
      this.#refuse([{ address: '/bridge', reason }]);
      return;
    }
    const { refusals, buffersMade, quits } = inspectPacket(bytes, this.#rights);
    if (refusals.length > 0) {
      this.#refuse(refusals);
      return;
    }
    if (quits) {
      onQuit();
      return;
    }
    for (const number of buffersMade) this.#buffers.add(number);
    transport.send(bytes);
    if ((transport.backlog ?? 0) > MAX_WAITING)
      this.close(bridgeCodes.tooBusy, `The server does not answer: ${MAX_WAITING} packets wait for it.`);
  }

  /** Each refusal is answered as the server answers what fails, and told. */
  #refuse(refusals: readonly Refusal[]): void {
    for (const { address, reason, buffer } of refusals) {
      this.#settings.onEvent({ type: 'refused', page: this.#settings.page, what: address, reason });
      const words = `the bridge refused it: ${reason}`;
      this.#send(
        encodePacket(buffer === undefined ? ['/fail', address, words] : ['/fail', address, words, buffer]),
      );
      if (this.#refusals.take(1) === 0) continue;
      const { atOnce } = this.#settings.limits.refusals;
      this.close(
        bridgeCodes.tooManyRefusals,
        `More than ${atOnce} of its packets were refused, the last: ${reason}`,
      );
      return;
    }
  }

  #answer(packet: Uint8Array): void {
    if (packet.length <= NOTIFY_DONE_AT_MOST && packet[1] === LETTER_D) this.#lookForClientId(packet);
    this.#send(packet);
  }

  #send(packet: Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(packet, { binary: true });
    if (this.#socket.bufferedAmount > MAX_UNREAD)
      this.close(bridgeCodes.tooBusy, `The page does not read: ${MAX_UNREAD / 2 ** 20} MB wait for it.`);
  }

  /** `/done /notify id`: from then on it is known what is the page's own. Without an id nothing is any more. */
  #lookForClientId(packet: Uint8Array): void {
    const { address, args } = decodePacket(packet) as ReceivedMessage;
    const clientId = args[1];
    if (address !== '/done' || args[0] !== '/notify') return;
    if (typeof clientId !== 'number') {
      this.#loggedOut();
      return;
    }
    const { options, maxLogins, page, onEvent } = this.#settings;
    const { buffers } = partition(options, clientId as ClientId, maxLogins);
    this.#rights = { ...this.#rights, clientId, ownBuffers: [buffers.start, buffers.size] };
    onEvent({ type: 'registered', page, clientId });
  }

  /** The server may give the id to another client now, so that nobody would know whose its nodes are. */
  #loggedOut(): void {
    const { clientId } = this.#rights;
    if (clientId === undefined) return;
    const { buffers } = this;
    this.#buffers.clear();
    this.#rights = { ...this.#rights, clientId: undefined, ownBuffers: [0, 0] };
    // What it makes under another id comes after that.
    this.#socket.pause();
    this.cleared = this.#settings.onLogout(clientId, buffers).finally(() => this.#socket.resume());
  }

  /** Reads no further until what came too fast has been paid off. */
  #keepRate(bytes: number): void {
    const wait = Math.max(this.#packets.take(1), this.#bytes.take(bytes));
    if (wait === 0) {
      this.#isSlowed = false;
      return;
    }
    if (!this.#isSlowed) {
      const { packets, bytes: size } = this.#settings.limits;
      const reason = `more than ${packets.perSecond} packets or ${size.perSecond} bytes a second`;
      this.#settings.onEvent({ type: 'slowed', page: this.#settings.page, reason });
    }
    this.#isSlowed = true;
    if (this.#socket.isPaused) clearTimeout(this.#resume);
    this.#socket.pause();
    this.#resume = setTimeout(() => this.#socket.resume(), wait * 1000);
  }
}

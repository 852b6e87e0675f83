/**
 * A bridge from pages to a native server of this machine: pages speak WebSocket, servers UDP.
 *
 * It listens on the loopback address only. It admits pages that come from an allowed origin and know its
 * token. It passes on the commands that `commandRules.ts` allows. Each page is a client of its own.
 */

import { once } from 'node:events';
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { AccessGuard } from '../loopback/accessGuard.js';
import type { Server } from '../server/server.js';
import { type BridgeWord, bridgeCodes } from '../transport/bridgeProtocol.js';
import { networkError } from '../transport/networkError.js';
import type { Transport } from '../transport/transport.js';
import { connectUdp } from '../transport/udp.js';
import { clearAfter, logOut } from './clearAfter.js';
import type { BridgeEvent } from './events.js';
import { checkServer, helloOf } from './hello.js';
import type { PageLimits } from './rate.js';
import { closeWith, Session } from './session.js';

/** Options of `openBridge`. */
export interface BridgeOptions {
  /** Port of the WebSocket; 0 = a free one. @default 57180 */
  readonly port?: number | undefined;
  /** The token that pages must have in the address. @default 128 random bits, in hexadecimal digits */
  readonly token?: string | undefined;
  /** Origins of pages that may connect besides those of this machine, such as `https://example.org`. @default none */
  readonly origins?: readonly string[] | undefined;
  /**
   * The only folder whose files pages may have the server read and write. Give the server the same `restrictedPath`.
   * @default none: no file commands
   */
  readonly files?: string | undefined;
  /** Lets pages end the server. @default false */
  readonly allowQuit?: boolean | undefined;
  /** The amount that each page may send. @default 5,000 packets and 16 MB a second, and 20 refused ones */
  readonly limits?: Partial<PageLimits> | undefined;
  /** Told of all that happens. @default nobody */
  readonly onEvent?: ((event: BridgeEvent) => void) | undefined;
  /** A page has sent a `/quit` that is allowed. @default ends the server */
  readonly onQuit?: (() => void) | undefined;
}

/** An open bridge. */
export interface Bridge extends AsyncDisposable {
  /** The address for pages: `ws://localhost:57180/?token=…`. */
  readonly url: string;
  /** The port of the WebSocket. */
  readonly port: number;
  /** The token in the address for pages. */
  readonly token: string;
  /** Pages that are connected. */
  readonly pages: number;
  /** Sends all pages away, takes away what they have left on the server, and stops listening. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 57_180;
/** A frame beyond this is not even read; up to here a packet that is too large is refused with a reason. */
const MAX_FRAME_BYTES = 1024 * 1024;
/** Milliseconds that pages have for their side of the good-bye. */
const GOOD_BYE_MS = 1000;

const LIMITS: PageLimits = {
  packets: { perSecond: 5_000, atOnce: 10_000 },
  bytes: { perSecond: 16 * 2 ** 20, atOnce: 32 * 2 ** 20 },
  refusals: { perSecond: 20, atOnce: 200 },
};

/**
 * Opens a bridge in front of a server, which must be scsynth or supernova by UDP, with a port that was given.
 *
 * The server may be rebooted or reconnected while the bridge is open: the bridge informs the pages, and they
 * connect again. The bridge itself is one of its clients.
 *
 * @throws SuperColliderError `invalid-option` for a server that it cannot stand in front of, `port-in-use`.
 */
export async function openBridge(server: Server, options: BridgeOptions = {}): Promise<Bridge> {
  checkServer(server);
  const bridge = new OpenBridge(server, options);
  await bridge.listen(options.port ?? DEFAULT_PORT);
  return bridge;
}

interface PageRefusal {
  readonly code: number;
  readonly reason: string;
}

class OpenBridge implements Bridge {
  readonly #guard: AccessGuard;
  readonly #server: Server;
  readonly #options: BridgeOptions;
  readonly #http: HttpServer;
  readonly #sockets: WebSocketServer;
  readonly #sessions = new Set<Session>();
  /** Pages from when they come until nothing of them is left, which the end of the bridge waits for. */
  readonly #serving = new Set<Promise<void>>();
  readonly #ends: (() => void)[];
  #lastPage = 0;
  #closing: Promise<void> | undefined;

  constructor(server: Server, options: BridgeOptions) {
    this.#server = server;
    this.#options = { ...options, ...(options.files !== undefined && { files: resolve(options.files) }) };
    this.#guard = new AccessGuard({ token: options.token, origins: options.origins, localPages: true });
    this.#http = createServer((_, response) => {
      response.writeHead(426, { 'Content-Type': 'text/plain', Upgrade: 'websocket' });
      response.end('This is a bridge of react-collider: pages connect to it by WebSocket.\n');
    });
    this.#sockets = new WebSocketServer({
      server: this.#http,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      clientTracking: true,
    });
    // `listen` reports errors while it listens; each socket has its own listener.
    this.#sockets.on('error', () => {});
    this.#sockets.on('connection', (socket, request) => this.#admit(socket, request));
    this.#ends = [
      server.onLifecycle((event) => {
        if (event.type === 'offline') this.#serverLost(event.reason);
        if (event.type === 'online') this.#tell({ type: 'server back' });
      }),
      server.onOutput(({ line }) => this.#say({ type: 'output', line })),
    ];
  }

  get token(): string {
    return this.#guard.token;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://localhost:${this.port}/?token=${this.token}`;
  }

  get pages(): number {
    return this.#sessions.size;
  }

  async listen(port: number): Promise<void> {
    this.#http.listen(port, '127.0.0.1');
    try {
      await once(this.#http, 'listening');
    } catch (cause) {
      this.#stopHearing();
      throw networkError('Listening for pages', { protocol: 'WebSocket', host: '127.0.0.1', port }, cause);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#stopHearing();
    const closed = once(this.#http, 'close');
    this.#http.close();
    for (const socket of this.#sockets.clients) closeWith(socket, bridgeCodes.goingAway, 'The bridge ends.');
    this.#sockets.close();
    const late = setTimeout(() => {
      for (const socket of this.#sockets.clients) socket.terminate();
    }, GOOD_BYE_MS);
    await closed;
    clearTimeout(late);
    await Promise.all(this.#serving);
  }

  #stopHearing(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #admit(socket: WebSocket, request: IncomingMessage): void {
    // A frame that is too large, or none at all: the socket closes itself.
    socket.on('error', () => {});
    const { origin } = request.headers;
    const refusal = this.#accessRefusal(request) ?? this.#fullness();
    if (refusal) {
      this.#tell({ type: 'turned away', origin, reason: refusal.reason });
      closeWith(socket, refusal.code, refusal.reason);
      return;
    }
    const page = ++this.#lastPage;
    this.#tell({ type: 'connected', page, origin });
    socket.pause();
    const serving = this.#serve(socket, page).finally(() => this.#serving.delete(serving));
    this.#serving.add(serving);
  }

  #accessRefusal(request: IncomingMessage): PageRefusal | undefined {
    const refusal = this.#guard.refusal(request, this.port);
    if (!refusal) return undefined;
    const { status, reason } = refusal;
    return { code: status === 401 ? bridgeCodes.wrongToken : bridgeCodes.wrongOrigin, reason };
  }

  #fullness(): PageRefusal | undefined {
    // One login is the bridge's own.
    const most = this.#server.maxLogins - 1;
    if (this.#server.state !== 'online')
      return { code: bridgeCodes.serverGone, reason: 'The server is not there at the moment.' };
    if (this.#sessions.size < most) return undefined;
    return { code: bridgeCodes.tooManyPages, reason: `${most} pages are connected, as many as may be.` };
  }

  async #serve(socket: WebSocket, page: number): Promise<void> {
    const server = this.#server;
    const { epoch, options, maxLogins } = server;
    const {
      files,
      allowQuit = false,
      limits,
      onQuit = () => void server.quit({ force: true }),
    } = this.#options;
    let failure = '';
    socket.on('error', ({ message }) => {
      failure = message;
    });
    const left = new Promise<[code: number, reason: Buffer]>((resolve) => {
      socket.once('close', (...end) => resolve(end));
    });
    const { maxPacketSize } = server.abilities;
    let transport: Transport;
    try {
      transport = await connectUdp({ port: options.port, maxPacketSize });
    } catch (cause) {
      // Such as EMFILE: this page cannot be served, and the others can.
      const reason = `There is no socket for this page: ${(cause as Error).message}`;
      this.#tell({ type: 'left', page, code: bridgeCodes.tooBusy, reason });
      closeWith(socket, bridgeCodes.tooBusy, reason);
      return;
    }
    const session = new Session(socket, {
      page,
      transport,
      options,
      maxLogins,
      limits: { ...LIMITS, ...limits },
      folder: files,
      mayQuit: allowQuit,
      onEvent: (event) => this.#tell(event),
      onQuit,
      onLogout: (...left) => this.#clear(page, transport, epoch, ...left),
    });
    this.#sessions.add(session);
    send(socket, helloOf(server));
    socket.resume();
    const [code, reason] = await left;
    this.#sessions.delete(session);
    session.end();
    this.#tell({ type: 'left', page, code, reason: reason.toString() || failure });
    try {
      await session.cleared;
      const { clientId, buffers } = session;
      if (clientId === undefined) return;
      if (await this.#clear(page, transport, epoch, clientId, buffers)) await logOut(transport, clientId);
    } finally {
      await transport.close();
    }
  }

  /** False when no work was left: a server that was booted again has no node or buffer of the page. */
  async #clear(
    page: number,
    transport: Transport,
    life: number,
    clientId: number,
    buffers: readonly number[],
  ): Promise<boolean> {
    if (this.#server.state !== 'online' || this.#server.epoch !== life) return false;
    const cleared = await clearAfter(this.#server, transport, clientId, buffers);
    this.#tell({ type: 'cleared', page, ...cleared });
    return true;
  }

  #serverLost(
    reason: { readonly signal: string | undefined; readonly code: number | undefined } | undefined,
  ): void {
    const how = reason ? (reason.signal ?? `exit code ${reason.code}`) : 'it does not answer';
    this.#tell({ type: 'server lost', reason: how });
    for (const session of this.#sessions)
      session.close(bridgeCodes.serverGone, `The server is gone (${how}).`);
  }

  #say(word: BridgeWord): void {
    for (const socket of this.#sockets.clients) send(socket, word);
  }

  #tell(event: BridgeEvent): void {
    this.#options.onEvent?.(event);
  }
}

function send(socket: WebSocket, word: BridgeWord): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(word));
}

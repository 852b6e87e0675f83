/**
 * The inspector's page by HTTP, and what it shows by WebSocket, to browsers of this machine that have the token.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { AccessGuard, targetOf } from '../../loopback/accessGuard.js';
import { networkError } from '../../transport/networkError.js';
import type { Inspection } from '../inspection/inspection.js';
import type { FromServer, ToServer } from '../protocol.js';
import { pageFiles } from './pageFiles.js';

/** Options of a page that is served on 127.0.0.1. */
export interface ServeOptions {
  /** Port of the page; 0 = a free one. @default 0 */
  readonly port?: number | undefined;
  /** Token that the page's address must have. @default a random one */
  readonly token?: string | undefined;
  /** Origins of other pages that may show it by `<Inspector url>`, such as `http://localhost:5173`. @default none */
  readonly origins?: readonly string[] | undefined;
  /** Called with who was not let in, and why. */
  readonly onRefused?: ((reason: string) => void) | undefined;
}

export interface Served {
  /** The page's address, with its token. */
  readonly url: string;
  close(): Promise<void>;
}

/** Questions are small; a message by hand may hold some samples. */
const MAX_BYTES = 1_000_000;
/** A page that does not read for so many bytes is gone: it gets the picture again when it comes back. */
const MAX_BUFFERED = 32_000_000;

/** Policy of the page: it loads its own files, and connects to this server. */
const SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Serves an inspection on 127.0.0.1.
 *
 * @throws SuperColliderError `port-in-use` when another program has the port.
 */
export async function serve(inspection: Inspection, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, onRefused = () => {} } = options;
  const guard = new AccessGuard({ token: options.token, origins: options.origins });
  const files = pageFiles();
  const http = createServer((request, response) => answer(request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BYTES });
  const ownPort = (): number => (http.address() as AddressInfo).port;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const refusal = guard.hostRefusal(request, ownPort());
    if (refusal) {
      onRefused(refusal.reason);
      response.writeHead(refusal.status, { 'Content-Type': 'text/plain' }).end(refusal.reason);
      return;
    }
    const file = files.get(targetOf(request).pathname);
    if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file here.');
      return;
    }
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Security-Policy': SECURITY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = guard.refusal(request, ownPort());
    if (refusal) {
      onRefused(refusal.reason);
      socket.on('error', () => {}); // who was refused may be gone already
      socket.end(
        `HTTP/1.1 ${refusal.status} Refused\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${refusal.reason}\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => show(inspection, webSocket));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause) => {
      reject(networkError('Serving the inspector', { protocol: 'HTTP', host: '127.0.0.1', port }, cause));
    });
    http.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${ownPort()}/#${guard.token}`,
    close: async () => {
      for (const client of sockets.clients) client.close(1001, 'The inspector was closed.');
      sockets.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}

function show(inspection: Inspection, socket: WebSocket): void {
  const viewer = inspection.connect((message: FromServer) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED) socket.close(1013, 'The page reads too slowly.');
    else socket.send(JSON.stringify(message));
  });
  socket.on('message', (data) => {
    const message = readMessage(String(data));
    if (message) void viewer.receive(message);
    else socket.close(1007, 'A message was no question.');
  });
  socket.on('error', () => socket.close());
  socket.on('close', () => viewer.close());
}

/** Reads the frame of a page's message; `ask` is checked by whoever answers. */
function readMessage(text: string): ToServer | undefined {
  try {
    const message = JSON.parse(text) as Partial<ToServer> | null;
    const isQuestion =
      typeof message?.id === 'number' && typeof message.type === 'string' && typeof message.ask === 'object';
    return isQuestion && message.ask !== null ? (message as ToServer) : undefined;
  } catch {
    return undefined;
  }
}

/** The other end of React's DevTools: listens for a backend, as the standalone window does, and takes its messages. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Message {
  readonly event: string;
  readonly payload: unknown;
}

export async function openFrontend() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const messages: Message[] = [];
  let changed = () => {};
  let backend: WebSocket | undefined;
  server.on('connection', (socket) => {
    backend = socket;
    socket.on('message', (data) => {
      messages.push(JSON.parse(String(data)) as Message);
      changed();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    send: (event: string, payload: unknown) => backend!.send(JSON.stringify({ event, payload })),
    /** The first message that is it, also one that came already. */
    async message<Found>(find: (message: Message) => Found | undefined): Promise<Found> {
      for (let at = 0; ; at++) {
        while (at >= messages.length)
          await new Promise<void>((resolve) => {
            changed = resolve;
          });
        const found = find(messages[at]!);
        if (found !== undefined) return found;
      }
    },
    /** What it says of an element. */
    async inspect(id: number | undefined): Promise<{ readonly type: string; readonly value: object }> {
      this.send('inspectElement', { id, rendererID: 1, requestID: 1, forceFullData: true, path: null });
      return this.message(({ event, payload }) =>
        event === 'inspectedElement' ? (payload as { type: string; value: object }) : undefined,
      );
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

const ADD = 1;
const ROOT = 11;
const ADD_SUSPENSE = 8;

/**
 * Elements that a message of operations adds: their ids by what they are called.
 *
 * @see printOperationsArray in react-devtools-shared/src/utils.js
 */
export function added({ event, payload }: Message): Map<string, number> {
  const elements = new Map<string, number>();
  if (event !== 'operations') return elements;
  const operations = payload as number[];
  const names: string[] = [''];
  let at = 3;
  const end = at + operations[2]!;
  while (at < end) {
    const length = operations[at]!;
    names.push(String.fromCodePoint(...operations.slice(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  // Adding comes first; what is done to elements that are there is of no interest here.
  for (;;) {
    if (operations[at] === ADD_SUSPENSE) at += 6 + 4 * Math.max(0, operations[at + 5]!);
    else if (operations[at] === ADD) {
      const isRoot = operations[at + 2] === ROOT;
      if (!isRoot) elements.set(names[operations[at + 5]!]!, operations[at + 1]!);
      at += isRoot ? 7 : 8;
    } else break;
  }
  return elements;
}

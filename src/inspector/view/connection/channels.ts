/** The ways to an inspection: by a WebSocket, and within the same page. */

import type { FromServer, ToServer } from '../../protocol.js';
import type { Channel, ChannelEvents } from './connection.js';

/** An inspection that runs in the page itself. */
export interface Inspectable {
  connect(send: (message: FromServer) => void): { receive(message: ToServer): Promise<void>; close(): void };
}

/** Milliseconds after which a lost connection is tried again. */
const RETRY_MS = 1000;

/**
 * By a WebSocket, which is opened again whenever it is lost.
 *
 * @param url - With its token: `ws://127.0.0.1:41237/?token=…`
 */
export function webSocketChannel(url: string, events: ChannelEvents): Channel {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let wasOpen = false;
  const open = (): void => {
    socket = new WebSocket(url);
    socket.onopen = () => {
      wasOpen = true;
      events.onStatus('open');
    };
    socket.onmessage = ({ data }) => events.onMessage(JSON.parse(String(data)) as FromServer);
    socket.onclose = ({ reason }) => {
      if (isClosed) return;
      // A browser does not tell why a WebSocket was not let in.
      const why =
        reason ||
        (wasOpen
          ? 'The program that shows the server is gone.'
          : 'Nobody answers, or the token in the address is not the one that was printed.');
      events.onStatus('lost', why);
      timer = setTimeout(open, RETRY_MS);
    };
  };
  open();
  return {
    send: (message) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

/** Within the same page. */
export function directChannel(inspection: Inspectable, events: ChannelEvents): Channel {
  let isClosed = false;
  const pending: FromServer[] = [];
  let isOpen = false;
  const viewer = inspection.connect((message) => {
    if (isClosed) return;
    if (isOpen) events.onMessage(message);
    else pending.push(message);
  });
  // Who opens it is not made yet.
  queueMicrotask(() => {
    if (isClosed) return;
    isOpen = true;
    events.onStatus('open');
    for (const message of pending.splice(0)) events.onMessage(message);
  });
  return {
    send: (message) => void viewer.receive(message),
    close: () => {
      isClosed = true;
      viewer.close();
    },
  };
}

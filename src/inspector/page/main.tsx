/** The inspector as a page of its own; the token is behind the `#` of its address, which browsers tell nobody. */

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { webSocketChannel } from '../view/connection/channels.js';
import { Connection } from '../view/connection/connection.js';
import { InspectorFrame } from '../view/inspector.js';

const token = location.hash.slice(1);
const url = `ws://${location.host}/?token=${encodeURIComponent(token)}`;
const connection = new Connection((events) => webSocketChannel(url, events));

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <main>
      <InspectorFrame connection={connection} />
    </main>
  </StrictMode>,
);

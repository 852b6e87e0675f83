/**
 * A keyboard to be played with the mouse and with the keys A to K, in a page.
 *
 * Shows: a server in a page, a start button, and components that return a button and, beside it, the sound of it.
 *
 * Run: npx vite examples/web-keyboard       Stop: Ctrl-C
 */

import { StrictMode } from 'react';
import { ServerProvider } from 'react-collider/browser';
import { createRoot } from 'react-dom/client';
import { Keyboard } from './keyboard.js';

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ServerProvider startOn="call">
      <Keyboard />
    </ServerProvider>
  </StrictMode>,
);

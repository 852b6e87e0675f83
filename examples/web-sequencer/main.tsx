/**
 * A drum machine with eight steps in a page: a grid to click, a tempo, and meters of what is heard.
 *
 * Shows: state of the page that is heard at the next step, beats that the server carries out on their samples, and
 * meters without an AnalyserNode.
 *
 * Run: npx vite examples/web-sequencer       Stop: Ctrl-C
 */

import { StrictMode } from 'react';
import { ServerProvider } from 'react-collider/browser';
import { createRoot } from 'react-dom/client';
import { Sequencer } from './sequencer.js';

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ServerProvider startOn="call">
      <Sequencer />
    </ServerProvider>
  </StrictMode>,
);

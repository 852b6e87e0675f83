/** A Vite app with a piece in its page, as a user has it: its files are edited while it plays. */

import { createPageServer, ServerProvider, Sound } from 'react-collider/browser';
import { createRoot } from 'react-dom/client';
import { Piece } from './Piece.js';

export const server = createPageServer({ startOn: 'call', sampleRate: 48_000 });
Object.assign(window, { server });

createRoot(document.querySelector('#root')!).render(
  <ServerProvider server={server}>
    <Sound>
      <Piece />
    </Sound>
  </ServerProvider>,
);

/**
 * A page that plays on scsynth itself: with its plugins, its sound device and its other clients.
 *
 * Shows: `<ServerProvider url>` with the address that a bridge prints, and what a page can say while the bridge, or the
 * server behind it, is away.
 *
 * Run: npx react-collider bridge                       and paste what it prints
 *      npx vite examples/web-bridge                    Stop: Ctrl-C
 */

import { StrictMode, useState } from 'react';
import { ServerProvider } from 'react-collider/browser';
import { createRoot } from 'react-dom/client';
import { Drone } from './drone.js';

function Page() {
  const [url, setUrl] = useState(() => new URLSearchParams(location.search).get('bridge') ?? '');
  if (url === '') {
    return (
      <form action={(form) => setUrl(String(form.get('address')))}>
        <label>
          Address of the bridge <input name="address" size={60} placeholder="ws://localhost:57180/?token=…" />
        </label>
        <button type="submit">Connect</button>
      </form>
    );
  }
  return (
    <ServerProvider url={url}>
      <Drone />
    </ServerProvider>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);

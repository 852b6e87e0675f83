/** Small pages for tests, one at a time: `show` renders one by its name. */

import { type ComponentType, createElement, StrictMode } from 'react';
import { createPageServer, type PageServer, renderToAudioBuffer } from 'react-collider/browser';
import { createRoot } from 'react-dom/client';
import {
  Beats,
  Boundaries,
  Context,
  Hundred,
  Many,
  Sample,
  Server,
  Strict,
  Suspended,
  Twin,
  Twins,
  Unguarded,
} from './pieces.js';
import { DURATION, Rendered } from './rendered.js';

const pieces: Readonly<Record<string, ComponentType>> = {
  Beats,
  Boundaries,
  Context,
  Hundred,
  Many,
  Sample,
  Server,
  Strict,
  Suspended,
  Twin,
  Twins,
  Unguarded,
};

declare global {
  interface Window {
    server: PageServer;
    createPageServer: typeof createPageServer;
    /** The samples of the first piece of `rendered.tsx`, a channel after the other, in base 64. */
    render: (sound: string) => Promise<string>;
    show: (name: string | undefined) => void;
  }
}

window.server = createPageServer({ startOn: 'call', sampleRate: 48_000 });
window.createPageServer = createPageServer;

const root = createRoot(document.querySelector('#root')!);

window.show = (name) => {
  root.render(name && createElement(StrictMode, null, createElement(pieces[name]!)));
};

window.render = async (sound) => {
  const rendered = await renderToAudioBuffer(<Rendered sound={sound} />, { duration: DURATION });
  const bytes = [0, 1].flatMap((channel) => [...new Uint8Array(rendered.getChannelData(channel).buffer)]);
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
};

/** Small pages for tests, one at a time: `show` renders one by its name. */

import { type ComponentType, createElement, StrictMode } from 'react';
import { createPageServer, type PageServer } from 'react-collider/browser';
import { createRoot } from 'react-dom/client';
import { Beats, Boundaries, Context, Hundred, Many, Sample, Server, Strict, Suspended } from './pieces.js';

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
};

declare global {
  interface Window {
    server: PageServer;
    createPageServer: typeof createPageServer;
    show: (name: string | undefined) => void;
  }
}

window.server = createPageServer({ startOn: 'call', sampleRate: 48_000 });
window.createPageServer = createPageServer;

const root = createRoot(document.querySelector('#root')!);

window.show = (name) => {
  root.render(name && createElement(StrictMode, null, createElement(pieces[name]!)));
};

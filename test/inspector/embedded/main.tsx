/** A page that plays by itself, and shows with an inspector what it plays. */

import 'react-collider/inspector.css';
import { StrictMode, useState } from 'react';
import {
  createPageServer,
  type PageServer,
  ServerProvider,
  Sound,
  Synth,
  useServerState,
} from 'react-collider/browser';
import { CommitLog, Inspector } from 'react-collider/inspector';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
import { createRoot } from 'react-dom/client';

declare global {
  interface Window {
    server: PageServer;
  }
}

const sine = synthDef('sine', { freq: 440, amp: 0.05 }, ({ freq, amp }) => {
  Out.ar(0, SinOsc.ar(freq).mul(amp));
});

const commits = new CommitLog();
const server = createPageServer({ root: { onCommit: commits.add } });
window.server = server;

function Tone() {
  const [freq, setFreq] = useState(300);
  return (
    <>
      <button type="button" onClick={() => setFreq((before) => before + 100)}>
        Higher
      </button>
      <Sound>
        <Synth def={sine} freq={freq} />
      </Sound>
    </>
  );
}

function Shown() {
  const state = useServerState();
  const [isShown, setShown] = useState(true);
  return (
    <>
      <label>
        <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} /> Inspector
      </label>
      <div style={{ height: 500 }}>
        {isShown && state.server && <Inspector server={state.server} root={server.root} commits={commits} />}
      </div>
    </>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ServerProvider server={server}>
      <Tone />
      <Shown />
    </ServerProvider>
  </StrictMode>,
);

/**
 * Makes the pictures of docs/inspector.md: a piece plays, its inspector is opened in Chromium, and views are taken in
 * light and dark. Run it after a build: `node scripts/inspectorPictures.js`.
 */

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createElement as h } from 'react';
import { Group, Synth, useBeatValue, useBus } from 'react-collider';
import { CommitLog, openInspector } from 'react-collider/inspector/node';
import { boot, createRoot } from 'react-collider/node';
import { DoneAction, Env, EnvGen, In, Out, Pan2, RLPF, Saw, SinOsc, synthDef } from 'react-collider/synthdef';

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));

const voice = synthDef('voice', { freq: 220, cutoff: 1200, amp: 0.05, pan: 0, out: 0, gate: 1 }, (c) => {
  const envelope = EnvGen.kr(Env.asr(0.01, 1, 0.3), { gate: c.gate, doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Pan2.ar(RLPF.ar(Saw.ar(c.freq), c.cutoff, 0.3).mul(envelope).mul(c.amp), c.pan));
});
const sweep = synthDef('sweep', { bus: 0, rate: 1 }, (c) => {
  Out.kr(c.bus, SinOsc.kr(c.rate).range(400, 3000));
});
const room = synthDef('room', { in: 0, mix: 0.3 }, (c) => {
  Out.ar(0, In.ar(c.in, 2).mul(c.mix));
});

const Voice = ({ freq, pan }) => h(Synth, { def: voice, freq, pan });

function Chord() {
  const root = useBeatValue(1, [110, 98, 87.3, 98]);
  const voices = [1, 1.25, 1.5].map((ratio, index) =>
    h(Voice, { key: ratio, freq: root * ratio, pan: index - 1 }),
  );
  return h(Group, { name: 'chord' }, voices);
}

function Echo() {
  const beat = useBeatValue(0.5, [0, 1, 2, 3]);
  return beat % 2 === 1 ? h(Synth, { key: beat, def: voice, freq: 440 + beat * 110, amp: 0.03 }) : null;
}

function Piece() {
  const cutoff = useBus({ rate: 'control', channels: 1 });
  const wet = useBus({ rate: 'audio', channels: 2 });
  return h(
    Group,
    { name: 'piece' },
    h(Synth, { def: sweep, bus: cutoff, rate: 0.3 }),
    h(Chord),
    h(Echo),
    h(Synth, { def: voice, name: 'lead', freq: 330, cutoff: cutoff.kr(), out: wet }),
    h(Synth, { def: room, in: wet, mix: 0.8 }),
  );
}

/**
 * The colors, file and view of each picture, and for how many seconds the view is filled.
 *
 * @type {readonly (readonly ['light' | 'dark', string, string, number])[]}
 */
const views = [
  ['light', 'tree', 'Tree', 1],
  ['dark', 'tree-dark', 'Tree', 1],
  ['light', 'timeline', 'Timeline', 3],
  ['dark', 'signals', 'Signals', 18],
  ['light', 'synthdefs', 'Synthdefs', 1],
  ['dark', 'load', 'Load', 25],
];

const server = await boot();
const commits = new CommitLog();
const root = createRoot(server, { latency: 0.1, onCommit: commits.add });
await root.render(h(Piece));
const inspector = await openInspector({ server, root, commits });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [colorScheme, name, view, seconds] of views) {
  const page = await browser.newPage({
    colorScheme,
    viewport: { width: 1040, height: view === 'Signals' ? 700 : 600 },
  });
  await page.goto(inspector.url);
  await page.getByRole('treeitem').filter({ hasText: 'lead' }).click();
  await page.getByRole('tab', { name: view }).click();
  if (view === 'Synthdefs') await page.getByRole('radio', { name: 'voice' }).check();
  await page.waitForTimeout(seconds * 1000);
  await page.screenshot({ path: `${folder}inspector-${name}.png`, timeout: 120_000 });
  await page.close();
}
await browser.close();
await inspector.close();
await root.unmount();
await server.quit();

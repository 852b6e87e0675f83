/** Saves that are heard on the grid: each is in one bundle with the beat of the piece itself. */

import { expect, test } from 'vitest';
import { DevSession } from './devSession.js';

const piece = (level: number, imports = '', before = '', after = '') => `
import { useState } from 'react';
import { Synth, Transport, useBeat${imports} } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
const tone = synthDef('tone', { freq: 440, bar: 0 }, (c) => { Out.ar(0, SinOsc.ar(c.freq).mul(0.05)); });
function Counted() {
  const [bar, setBar] = useState(0);
  useBeat(4, ({ index }) => setBar(index % 64));
  return <Synth def={tone} freq={${level}} bar={bar} />;
}
export default function Piece() {
  return <Transport bpm={960}>${before}<Counted />${after}</Transport>;
}
`;

test.each([
  ['with --quant 4', ['--quant', '4'], ['', '', '']],
  ['with a <Quantize> in the piece', [], [', Quantize', '<Quantize>', '</Quantize>']],
])('saves at any time are stamped on a bar, %s', async (_, options, [imports, before, after]) => {
  const session = new DevSession();
  session.save('piece.tsx', piece(300, imports, before, after));
  session.start('--engine', 'embedded', '--latency', '0.2', ...options);
  await session.next('ready');
  for (let save = 1; save <= 12; save++) {
    await session.edit('piece.tsx', piece(300 + save, imports, before, after));
  }
  await session.stop();
  const commits = session.events.filter(({ event }) => event === 'commit');
  const saves = commits.filter(({ messages }) =>
    messages!.some((message) => /^\/n_set.* freq 3/.test(message)),
  );
  expect(saves.length).toBe(12);
  // The count of bars changes on the bar alone: a bundle with both is of one moment, the bar.
  for (const { messages } of saves)
    expect(messages!.filter((message) => message.includes(' bar '))).toHaveLength(1);
});

/** Edited definitions that are faded into each other, on the embedded engine: what is heard of it. */

import { expect, test } from 'vitest';
import { largestClick } from './clicks.js';
import { DevSession, synthsOf } from './devSession.js';

const piece = (level: number, more = '') => `
import { Synth } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
const tone = synthDef('tone', { freq: 440 }, (c) => { Out.ar(0, SinOsc.ar(c.freq).mul(${level})); });
export default function Piece() {
  return <><Synth def={tone} freq={330} />${more}</>;
}
`;

/** Plays, edits the definition, and gives what the edit sent and the largest click of the recording. */
async function edit(...options: readonly string[]) {
  const session = new DevSession();
  session.save('piece.tsx', piece(0.1));
  session.start('--engine', 'embedded', '--latency', '0', '--record', 'take.wav', ...options);
  const [before] = synthsOf((await session.next('ready')).nodes!);
  const { messages, nodes } = await session.edit('piece.tsx', piece(0.15));
  // The old synth is gone when the server has freed it: another edit asks for the tree.
  let now = synthsOf(nodes!);
  for (let run = 0; now.length > 1; run++) {
    const { nodes: next } = await session.edit('piece.tsx', piece(0.15, `{/* ${run} */}`));
    now = synthsOf(next!);
  }
  await session.stop();
  return {
    before: before!,
    messages: messages!,
    now,
    click: largestClick(session.path('take.wav'), 0, 330, 0.02),
  };
}

test('the old synth fades out while the new one fades in, with its controls, and no click is heard', async () => {
  const { before, messages, now, click } = await edit('--crossfade', '0.3');
  expect(before.controls).toEqual({ freq: 330, gate: 1 });
  expect(messages).toEqual([
    `/n_set ${before.id} gate 0`,
    expect.stringMatching(/^\/s_new tone \d+ \d \d+ freq 330$/),
  ]);
  expect(now).toEqual([{ ...before, id: now[0]!.id }]);
  // The slope of the fade is heard as little as this, depending on the phase at which it begins.
  expect(click).toBeLessThan(5e-4);
});

test('without it the new one takes its place at once, which clicks', async () => {
  const { before, messages, click } = await edit();
  expect(messages).toEqual([expect.stringMatching(`^/s_new tone \\d+ 4 ${before.id} freq 330$`)]);
  expect(click).toBeGreaterThan(1e-3);
});

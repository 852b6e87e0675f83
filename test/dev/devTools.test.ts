/** React's DevTools at a dev session: they see the piece, and edits go on. */

import { expect, onTestFinished, test } from 'vitest';
import { added, openFrontend } from '../setup/devToolsFrontend.js';
import { DevSession, synthsOf } from './devSession.js';

const piece = (freq: number) => `import { Group, Synth } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
const tone = synthDef('tone', { freq: 440 }, (c) => { Out.ar(0, SinOsc.ar(c.freq).mul(0.05)); });
function Voice() { return <Synth def={tone} freq={${freq}} />; }
export default function Piece() { return <Group name="voices"><Voice /></Group>; }
`;

test('the tree arrives, elements can be inspected, and a save is an edit', async () => {
  const frontend = await openFrontend();
  const session = new DevSession();
  onTestFinished(async () => {
    await session.stop();
    frontend.close();
  });
  session.save('piece.tsx', piece(330));
  session.start('--engine', 'embedded', '--latency', '0', '--devtools', String(frontend.port));
  const elements = await frontend.message((message) => {
    const tree = added(message);
    return tree.has('Voice') ? tree : undefined;
  });
  expect([...elements.keys()]).toEqual(expect.arrayContaining(['Piece', 'Group', 'Voice', 'Synth']));
  const [before] = synthsOf((await session.next('ready')).nodes!);

  const { messages } = await session.edit('piece.tsx', piece(550));
  expect(messages).toEqual([`/n_set ${before!.id} freq 550`]);
  expect(await frontend.inspect(elements.get('Synth'))).toMatchObject({
    type: 'full-data',
    value: { props: { data: { freq: 550 } } },
  });

  // What tries to connect to DevTools for ever keeps nobody waiting.
  expect(await session.stop()).toBe(130);
  expect(session.events.at(-1)).toEqual({ event: 'exit', exitCode: 130 });
});
